using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Who sees mail (V11): its owner, those who took part, a team, everyone.</summary>
[TakesLong]
public sealed class SharingTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    // The owner has the mailbox, the manager took part, the member is in the team, the reader is none of these.
    private const Roles Owner = Roles.Owner, TookPart = Roles.Manager, Mate = Roles.Member, Outsider = Roles.Reader;

    public async ValueTask InitializeAsync()
    {
        foreach (var roles in new[] { Owner, TookPart, Mate, Outsider }) await Rapport.ActorAsync(roles);
        await Rapport.RunJobsAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Visibility.Owner, null, "", "")]
    [InlineData(Visibility.Participants, null, "Manager", "Manager, Member, Reader")]
    [InlineData(Visibility.Team, null, "Member", "Member")]
    [InlineData(Visibility.Everyone, null, "Manager, Member, Reader", "Manager, Member, Reader")]
    [InlineData(Visibility.Owner, Visibility.Team, "Member", "Member")]
    [InlineData(Visibility.Owner, Visibility.Participants, "Manager", "Manager, Member, Reader")]
    [InlineData(Visibility.Everyone, Visibility.Owner, "", "")]
    [InlineData(Visibility.Everyone, Visibility.Participants, "Manager", "Manager, Member, Reader")]
    [InlineData(Visibility.Team, Visibility.Everyone, "Manager, Member, Reader", "Manager, Member, Reader")]
    public async Task No_page_answer_or_file_gives_the_text_away_to_whom_it_is_not_for(Visibility mailbox, Visibility? conversation, string read, string outlined)
    {
        // What is looked for is another word of the mail than what is asked for, which pages repeat.
        var (text, subject) = ($"quillwort{mailbox}{conversation}", $"Tamarisk{mailbox}{conversation}");
        var team = await TeamAsync(Mate);
        var (box, thread, ids) = await TakeAsync(text, subject, Asked);
        var owner = await Rapport.ActorAsync(Owner);
        await ShareAsync(box, new(mailbox, mailbox == Visibility.Team ? team : null), owner);
        if (conversation is { } other)
            Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ShareConversation>().RunAsync(thread, new(other, other == Visibility.Team ? team : null), owner, Ct)));

        var places = await PlacesAsync(Owner, AllPlaces(ids), text, subject, path => Nothing.Add(Shape(path, ids)));
        Assert.True(places.Count(p => p.Text) >= 12, $"Its owner meets the text only in {string.Join(", ", places.Where(p => p.Text).Select(p => p.Path))}");
        foreach (var roles in new[] { TookPart, Mate, Outsider })
        {
            // Whoever may not know of it asks everywhere; the others where its owner found it.
            var found = await PlacesAsync(roles, outlined.Contains(roles.ToString(), StringComparison.Ordinal) ? places.Select(p => p.Path) : AllPlaces(ids), text, subject);
            var (reads, sees) = (read.Contains(roles.ToString(), StringComparison.Ordinal), outlined.Contains(roles.ToString(), StringComparison.Ordinal));
            Assert.True(reads == found.Exists(p => p.Text), $"{roles} {(reads ? "reads it nowhere" : "reads it at " + string.Join(' ', found.Where(p => p.Text).Select(p => p.Path)))}");
            Assert.True(sees == found.Exists(p => p.Subject), $"{roles} {(sees ? "sees it nowhere" : "sees it at " + string.Join(' ', found.Where(p => p.Subject).Select(p => p.Path)))}");
        }
    }

    [Fact]
    public async Task Whoever_leaves_a_team_sees_no_more_of_it_with_the_next_click()
    {
        var team = await TeamAsync(Mate);
        var (box, thread, _) = await TakeAsync("marigold", "Leaving", "toadflax");
        await ShareAsync(box, new(Visibility.Team, team), await Rapport.ActorAsync(Owner));
        var (owner, mate) = (await Rapport.SignedInAsync(Owner), await Rapport.SignedInAsync(Mate));
        Assert.Contains("marigold", await mate.GetStringAsync($"/conversations/{thread}", Ct));

        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitAsync($"/teams/{team}", "team", ("Input.Name", "Nobody's"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mate.GetAsync($"/conversations/{thread}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mate.GetAsync($"/api/conversations/{thread}", Ct)).StatusCode);
        Assert.DoesNotContain("Leaving", await mate.GetStringAsync("/find?q=toadflax", Ct));
    }

    [Fact]
    public async Task It_is_said_who_sees_a_conversation_and_why()
    {
        var (box, thread, _) = await TakeAsync("gentian", "Reasons");
        await ShareAsync(box, new(Visibility.Participants), await Rapport.ActorAsync(Owner));
        var owner = await Rapport.SignedInAsync(Owner);
        var sight = await owner.GetFromJsonAsync<JsonElement>($"/api/conversations/{thread}/readers", Ct);
        var said = sight.GetProperty("members").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!, m => (m.GetProperty("reads").GetInt32(), m.GetProperty("outlines").GetInt32(), string.Join(' ', m.GetProperty("because").EnumerateArray())));
        Assert.Equal((1, 0), (said["Ada Harbour"].Item1, said["Ada Harbour"].Item2));
        Assert.StartsWith("It came into their mailbox Mail about", said["Ada Harbour"].Item3, StringComparison.Ordinal);
        Assert.Equal((1, 0, "Took part."), said["Manager Harbour"]);
        Assert.Equal((0, 1, ""), said["Reader Harbour"]);

        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitAsync($"/conversations/{thread}/readers", $"/do/conversations/{thread}/share", ("with", "everyone"))).StatusCode);
        Assert.Contains("Ada Harbour shares this conversation with everyone.", await (await Rapport.SignedInAsync(Mate)).GetStringAsync($"/conversations/{thread}/readers", Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await (await Rapport.SignedInAsync(Outsider)).GetAsync($"/conversations/{ConversationId.From(default)}/readers", Ct)).StatusCode);
    }

    [Fact]
    public async Task What_comes_later_into_a_conversation_is_shared_as_was_said_of_it()
    {
        var (box, thread, _) = await TakeAsync("bryony", "Later");
        var owner = await Rapport.ActorAsync(Owner);
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ShareConversation>().RunAsync(thread, new(Visibility.Everyone), owner, Ct)));
        await TakeAsync(box, owner, new TestMail("later-2", "Lena Brandt <lena@hafenwerk.example>", "owner@harbourline.example") { InReplyTo = ["bryony"], Subject = "Re: Later", Text = "And the bryony too?" });
        var detail = await Rapport.InScopeAsync(async s => await s.GetRequiredService<ConversationDetails>().FindAsync(thread, null, 50, await Rapport.ActorAsync(Mate), Ct));
        Assert.Equal(2, detail!.Messages.Count);
        Assert.Equal(2, detail.Row.Count);
    }

    [Fact]
    public async Task A_member_who_joins_reads_what_they_took_part_in_before()
    {
        var (owner, address) = (await Rapport.ActorAsync(Owner), SignedInClients.EmailOf(Roles.Manager | Roles.Reader));
        var box = await MailboxAsync(owner, "Joining");
        await ShareAsync(box, new(Visibility.Participants), owner);
        await TakeAsync(box, owner, new TestMail("joining", $"Somebody <{address}>", "Lena Brandt <lena@hafenwerk.example>") { Subject = "Joining", Text = "The tansy is ours." });
        var newcomer = await Rapport.ActorAsync(Roles.Manager | Roles.Reader);
        Assert.Empty(await ReadAsync("joining", newcomer));
        await Rapport.RunJobsAsync();
        Assert.Equal(["The tansy is ours."], await ReadAsync("joining", newcomer));
    }

    [Fact]
    public async Task A_conversation_is_found_by_no_subject_that_only_somebody_elses_mail_in_it_has()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Owner), await Rapport.ActorAsync(Mate));
        var (hers, his) = (await MailboxAsync(owner, "Hers"), await MailboxAsync(mate, "His"));
        var outsider = await Rapport.ActorAsync(Outsider);
        await TakeAsync(hers, owner, new TestMail("cornel-1", "Lena Brandt <lena@hafenwerk.example>", "owner@harbourline.example") { Subject = "Cornelian" });
        Assert.Equal("1 0 0", await FoundAsync("Cornelian", owner, mate, outsider));
        await TakeAsync(his, mate, new TestMail("cornel-2", "Lena Brandt <lena@hafenwerk.example>", "member@harbourline.example") { InReplyTo = ["cornel-1"], Subject = "Hawthorn" });
        await ShareAsync(his, new(Visibility.Everyone), mate);
        Assert.Equal("0 0", await FoundAsync("Cornelian", mate, outsider));
        Assert.Equal("1 1 1", await FoundAsync("Hawthorn", owner, mate, outsider));
    }

    private async Task<string> FoundAsync(string words, params Actor[] readers)
    {
        var counts = new List<int>();
        foreach (var by in readers) counts.Add((await Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindAsync(SearchKind.Conversation, SearchQuery.Parse(words), by, 20, Ct))).Count);
        return string.Join(' ', counts);
    }

    private const string Asked = "nightjar";
    private static int teams;

    // What is nothing to the owner, who sees everything, is nothing to anybody: it is asked for once, as the first of all.
    private static readonly HashSet<string> Nothing = [];

    private sealed record Place(string Path, bool Text, bool Subject);

    private sealed record Known(IReadOnlyList<string> Ids, string Interaction, string Conversation, string Party);

    // Every route that can be read, with every id that has to do with the mail, and every place that is asked by words.
    private List<string> AllPlaces(Known known)
    {
        var routes = Rapport.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(e => e.RoutePattern).Where(p => p.Parameters.Count <= 2 && !p.RawText!.Contains("_content", StringComparison.Ordinal) && !p.RawText.Contains("_framework", StringComparison.Ordinal) && !p.RawText.StartsWith("/enter", StringComparison.Ordinal))
            .Select(p => "/" + p.RawText!.TrimStart('/')).Distinct().ToList();
        var paths = routes.SelectMany(r => r.Contains('{', StringComparison.Ordinal) ? known.Ids.Select(id => Filled(r, id)) : [r]).Distinct().ToList();
        string[] asked = [$"?q={Asked}", $"?q={Asked}&partial=true", $"?q={Asked}s&partial=true", $"?words={Asked}", $"?interaction={known.Interaction}", $"?conversation={known.Conversation}&party={known.Party}", $"?waiting=true", "?kind=automatic", "?kind=unsure"];
        return [.. new[] { paths, paths.Where(p => !p.Contains("/source", StringComparison.Ordinal)).SelectMany(p => asked.Where(a => Fits(p, a)).Select(a => p + a)) }.SelectMany(p => p).Where(p => !Nothing.Contains(Shape(p, known)))];
    }

    private static string Shape(string path, Known known) => known.Ids.Select((id, i) => (id, i)).Aggregate(path, (shape, id) => shape.Replace(id.id, $"{{{id.i}}}", StringComparison.Ordinal));

    private static bool Fits(string path, string asked) =>
        asked.StartsWith("?q", StringComparison.Ordinal) ? path.Contains("find", StringComparison.Ordinal) || path.Contains("suggest", StringComparison.Ordinal) || path.EndsWith("parties", StringComparison.Ordinal) || path.EndsWith("customers", StringComparison.Ordinal)
        : asked.StartsWith("?w", StringComparison.Ordinal) ? path.Contains("parties", StringComparison.Ordinal) || path.Contains("conversations", StringComparison.Ordinal)
        : asked.StartsWith("?kind", StringComparison.Ordinal) ? path.EndsWith("conversations", StringComparison.Ordinal)
        : path.EndsWith("/new", StringComparison.Ordinal) || path.EndsWith("/record", StringComparison.Ordinal) || path.Contains("find", StringComparison.Ordinal) || path.EndsWith("conversations", StringComparison.Ordinal);

    private static string Filled(string route, string id)
    {
        var first = route.IndexOf('{', StringComparison.Ordinal);
        var filled = route[..first] + id + route[(route.IndexOf('}', first) + 1)..];
        return filled.IndexOf('{', StringComparison.Ordinal) is var second and >= 0 ? filled[..second] + "0" + filled[(filled.IndexOf('}', second) + 1)..] : filled;
    }

    private async Task<List<Place>> PlacesAsync(Roles roles, IEnumerable<string> paths, string text, string subject, Action<string>? missing = null)
    {
        var client = await Rapport.SignedInAsync(roles);
        var places = new List<Place>();
        foreach (var path in paths)
        {
            using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.True((int)response.StatusCode < 500, $"{path} answers {(int)response.StatusCode} to {roles}");
            if (response.StatusCode == HttpStatusCode.NotFound) missing?.Invoke(path);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType == "text/event-stream") continue;
            var body = await response.Content.ReadAsStringAsync(Ct);
            var name = response.Content.Headers.ContentDisposition?.ToString() ?? "";
            var (has, about) = (body.Contains($"the {text} ", StringComparison.Ordinal) || body.Contains($"{text}.txt", StringComparison.Ordinal) || name.Contains(text, StringComparison.Ordinal), body.Contains(subject, StringComparison.Ordinal));
            if (has || about) places.Add(new(path, has, about));
        }
        return places;
    }

    private async Task<(MailboxId Box, ConversationId Thread, Known Known)> TakeAsync(string text, string subject, string asked = "word")
    {
        var owner = await Rapport.ActorAsync(Owner);
        var box = await MailboxAsync(owner, $"Mail about {text.Length} things, {++teams}");
        var boundary = "\r\n--edge\r\nContent-Type: ";
        var mail = new TestMail(text, "Lena Brandt <lena@hafenwerk.example>", "owner@harbourline.example, manager@harbourline.example")
        {
            Subject = $"{subject} {asked}s",
            Date = Rapport.Clock.GetUtcNow().AddDays(-2),
            More = ["MIME-Version: 1.0"],
        }.Raw();
        var raw = System.Text.Encoding.UTF8.GetString(mail.Bytes.Span);
        raw = raw[..raw.IndexOf("Content-Type", StringComparison.Ordinal)] + $"Content-Type: multipart/mixed; boundary=edge\r\n{boundary}text/plain; charset=utf-8\r\n\r\nCould you send the {text} {asked} by Friday?\r\n\r\nOn Monday Ada wrote:\r\n> the {text} of old{boundary}text/plain; name=\"{text}.txt\"\r\nContent-Disposition: attachment; filename=\"{text}.txt\"\r\n\r\nthe {text} itself\r\n--edge--\r\n";
        var taken = await Rapport.InScopeAsync(s => s.GetRequiredService<TakeMail>().RunAsync(box, [new("test.eml", System.Text.Encoding.UTF8.GetBytes(raw))], owner, Ct));
        Assert.Equal(1, taken.Value.Read);
        await Rapport.RunJobsAsync();
        return await Rapport.InDatabaseAsync(async db =>
        {
            var said = await db.Set<Interaction>().SingleAsync(i => i.MessageId == text, Ct);
            var party = await db.Set<ContactPoint>().Where(c => c.Value == "lena@hafenwerk.example").Select(c => c.Party).SingleAsync(Ct);
            var organization = await db.Set<Affiliation>().Where(a => a.Person == party).Select(a => a.Organization).SingleAsync(Ct);
            return (box, said.Conversation, new Known([said.Id.ToString(), said.Conversation.ToString(), party.ToString(), organization.ToString(), said.Intake.ToString()!, box.ToString()], said.Id.ToString(), said.Conversation.ToString(), party.ToString()));
        });
    }

    private async Task<TeamId> TeamAsync(params Roles[] roles)
    {
        var members = new List<MemberId>();
        foreach (var one in roles) members.Add((await Rapport.ActorAsync(one)).Id);
        var owner = await Rapport.ActorAsync(Owner);
        return (await Rapport.InScopeAsync(s => s.GetRequiredService<FormTeam>().RunAsync(new($"Team {++teams}", members), owner, Ct))).Value;
    }

    private Task<MailboxId> MailboxAsync(Actor of, string name) => Rapport.InScopeAsync(async s => (await s.GetRequiredService<OpenMailbox>().RunAsync(name, of, Ct)).Value);

    private async Task ShareAsync(MailboxId box, Sharing with, Actor by) => Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ShareMailbox>().RunAsync(box, with, by, Ct)));

    private Task<Result<MailTaken>> TakeAsync(MailboxId box, Actor by, TestMail mail) => Rapport.InScopeAsync(s => s.GetRequiredService<TakeMail>().RunAsync(box, [mail.Raw()], by, Ct));

    private Task<List<string>> ReadAsync(string messageId, Actor by) => Rapport.InDatabaseAsync(db => db.InteractionsFor(by).Where(i => i.MessageId == messageId).Select(i => i.Text).ToListAsync(Ct));
}
