using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Tests.Conversations;
using Rapport.Tests.Updates;
using Audience = Rapport.Updates.Audience;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Interfaces;

/// <summary>Whoever changes what they read may say which version that was, wherever the description says so, and nowhere in vain.</summary>
public sealed class VersionTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    private IEnumerable<(string Method, string Path)> Checked => Rapport.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ChecksVersion>() is not null)
        .Select(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], "/" + e.RoutePattern.RawText!.Trim('/').Replace("{place:int}", "{step}", StringComparison.Ordinal)));

    [Fact]
    public async Task Every_change_that_is_said_to_look_at_the_version_refuses_another_one()
    {
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        var ids = await ThingsAsync(program);
        var wrong = new List<string>();
        Assert.True(Checked.Count() > 60);
        foreach (var (method, path) in Checked)
        {
            var filled = ids.Where(i => path.StartsWith(i.Key, StringComparison.Ordinal)).OrderByDescending(i => i.Key.Length).Aggregate(path, (at, id) => at.Replace("{id}", id.Value, StringComparison.Ordinal));
            foreach (var part in new[] { "point", "place", "step", "on", "member", "tag" }) filled = filled.Replace($"{{{part}}}", ids[part], StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new(method), filled) { Headers = { { "If-Match", "\"4711\"" } } };
            if (method == "PUT") request.Content = JsonContent.Create(Body(path));
            var answer = await program.SendAsync(request, Ct);
            var said = await answer.Content.ReadAsStringAsync(Ct);
            if (answer.StatusCode != HttpStatusCode.PreconditionFailed || !said.Contains("changed.meanwhile", StringComparison.Ordinal)) wrong.Add($"{method} {filled}: {(int)answer.StatusCode} {said}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_description_names_what_looks_at_the_version_and_nothing_else()
    {
        using var document = JsonDocument.Parse(await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync("/openapi/v1.json", Ct));
        var described = from path in document.RootElement.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        where operation.Value.GetProperty("responses").TryGetProperty("412", out _)
                        select $"{operation.Name.ToUpperInvariant()} {path.Name.Replace("{place}", "{step}", StringComparison.Ordinal)}";
        Assert.Equal(Checked.Select(c => $"{c.Method} {c.Path}").Select(c => c.Contains("/steps/", StringComparison.Ordinal) ? c : c.Replace("{place}", "{step}", StringComparison.Ordinal)).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_the_version_that_was_read_it_is_changed_and_its_reader_is_told_when_it_was_changed_before()
    {
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        var view = await (await program.PostAsJsonAsync("/api/conversation-views", new { name = "Versioned", query = "tag=a" }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var (path, read) = ($"/api/conversation-views/{view.GetProperty("id").GetString()}", view.GetProperty("version").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync("One"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await ChangeAsync("Other"));
        Assert.Equal("One", await Rapport.InDatabaseAsync(db => db.Set<SavedView>().Where(v => v.Query == "view=all&tag=a").Select(v => v.Name).SingleAsync(Ct)));

        async Task<HttpStatusCode> ChangeAsync(string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { name }), Headers = { { "If-Match", $"\"{read}\"" } } };
            return (await program.SendAsync(request, Ct)).StatusCode;
        }
    }

    // What cannot be left out.
    private static object Body(string path) => path switch
    {
        "/api/parties/{id}" => new { name = "Vera Version" },
        "/api/mailboxes/{id}/connection" => new { address = "notices@ours.example", reading = new { host = "127.0.0.1", port = 9, security = "none", user = "ada" } },
        "/api/members/{id}/roles" => new { roles = new[] { "member" } },
        "/api/answer-times" => new { times = Array.Empty<object>() },
        _ => new { },
    };

    // One of each, by the beginning of the paths that change it.
    private async Task<Dictionary<string, string>> ThingsAsync(HttpClient program)
    {
        var (me, box) = (await MeAsync(), await BoxAsync());
        var works = await CustomerAsync("Versioned Works");
        var person = await PersonAsync("Vera Version", "vera@version.example", works);
        await TakeAsync(box, me, new TestMail("version-1", "Vera Version <vera@version.example>", "notices@ours.example") { Text = "I will send you the drawings on Friday.", Date = Rapport.Clock.GetUtcNow().AddHours(-1) });
        await Rapport.RunJobsAsync();
        var conversation = (await ConversationOfAsync("version-1")).Id;
        var commitment = (await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "Send the drawings", person, null), me, Ct))).Value;
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new("Versioned", [me.Id]), me, Ct))).Value;
        var notice = await SendAsync("Versioned crane", new Audience { People = [person] });
        var draft = Ids.New<DraftId>(Rapport.Clock);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsJsonAsync($"/api/drafts/{draft}", new { subject = "Begun" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsJsonAsync($"/api/mailboxes/{box}/outbox", new { name = "Versions" }, Ct)).StatusCode);
        var provider = await WithAsync<KeepMailProvider, Result<MailProviderId>>(d => d.MakeAsync(new("Versioned", "client", "secret", "https://id.example.com/authorize", "https://id.example.com/token", "mail offline_access"), me, Ct));
        return new()
        {
            ["/api/parties/"] = person.ToString(), ["/api/conversations/"] = conversation.ToString(), ["/api/commitments/"] = commitment.ToString(), ["/api/notices/"] = notice.ToString(),
            ["/api/teams/"] = team.ToString(), ["/api/members/"] = me.Id.ToString(), ["/api/mailboxes/"] = box.ToString(), ["/api/drafts/"] = draft.ToString(), ["/api/mail-providers/"] = provider.Value.ToString(),
            ["/api/relationships/"] = await OfAsync<Relationship>(r => r.Customer == works, r => r.Id.ToString()),
            ["/api/commitment-proposals/"] = await OfAsync<Proposal>(p => p.State == ProposalState.Open, p => p.Id.ToString()),
            ["/api/serves-links/"] = await MadeAsync("/api/serves-links", new { provider = works.ToString(), customer = person.ToString(), with = "plans" }),
            ["/api/texts/"] = await MadeAsync("/api/texts", new { name = "Versioned", text = "Hello" }),
            ["/api/conversation-views/"] = await MadeAsync("/api/conversation-views", new { name = "Walked", query = "tag=b" }),
            ["/api/webhooks/"] = await MadeAsync("/api/webhooks", new { name = "Walked", url = "https://program.example.com/" }),
            ["point"] = await OfAsync<ContactPoint>(c => c.Party == person, c => c.Id.ToString()), ["place"] = await OfAsync<Affiliation>(a => a.Person == person, a => a.Id.ToString()),
            ["step"] = "1", ["on"] = commitment.ToString(), ["member"] = me.Id.ToString(), ["tag"] = "crane",
        };

        Task<string> OfAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which, Func<T, string> id) where T : class => Rapport.InDatabaseAsync(async db => id(await db.Set<T>().AsNoTracking().Where(which).FirstAsync(Ct)));

        async Task<string> MadeAsync(string path, object body)
        {
            var answer = await program.PostAsJsonAsync(path, body, Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
        }
    }
}
