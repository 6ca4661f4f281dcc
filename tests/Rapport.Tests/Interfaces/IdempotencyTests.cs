using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Interfaces;

/// <summary>A POST with an Idempotency-Key is done once, and whoever repeats it gets the same answer.</summary>
public sealed class IdempotencyTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_same_answer_comes_again_with_its_place_and_a_secret_in_it_is_nowhere_in_the_database()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (first, again) = (await TokenAsync(owner, "one", "phone"), await TokenAsync(owner, "one", "phone"));
        var (body, repeated) = (await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal((HttpStatusCode.Created, body, first.Headers.Location), (again.StatusCode, repeated, again.Headers.Location));
        var secret = JsonElement.Parse(body).GetProperty("token").GetString()!;
        var kept = await Rapport.InDatabaseAsync(db => db.Set<IdempotentAnswer>().AsNoTracking().Where(a => a.Body != null).Select(a => a.Body!).ToListAsync(Ct));
        Assert.NotEmpty(kept);
        Assert.All(kept, bytes => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(bytes)));
    }

    [Fact]
    public async Task Many_at_once_make_one_and_the_others_hear_that_it_is_under_way_or_get_its_answer()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TokenAsync(owner, "many", "rush")));
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1, await NamedAsync(owner, "rush"));
    }

    [Fact]
    public async Task What_was_refused_is_refused_again_and_another_body_is_another_request()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (first, again) = (await TokenAsync(owner, "bad", ""), await TokenAsync(owner, "bad", ""));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, await CodeAsync(first)), (again.StatusCode, await CodeAsync(again)));
        Assert.Equal("idempotency.reused", await CodeAsync(await TokenAsync(owner, "bad", "good now")));
        Assert.Equal("idempotency.key", await CodeAsync(await TokenAsync(owner, new string('k', 201), "long")));
    }

    [Fact]
    public async Task A_key_is_its_callers_own_even_where_two_have_one_name()
    {
        var (reader, member) = (await Rapport.ActorAsync(Roles.Reader), await Rapport.ActorAsync(Roles.Member));
        await Rapport.InDatabaseAsync(async db =>
        {
            foreach (var each in await db.Set<Member>().Where(m => m.Id == reader.Id || m.Id == member.Id).ToListAsync(Ct)) each.Rename("Sam Same");
            return await db.SaveAsync(reader, Ct);
        });
        var one = await TokenAsync(await Rapport.SignedInAsync(Roles.Reader), "shared", "theirs");
        var other = await TokenAsync(await Rapport.SignedInAsync(Roles.Member), "shared", "theirs");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (one.StatusCode, other.StatusCode));
        Assert.NotEqual(await one.Content.ReadAsStringAsync(Ct), await other.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task One_that_was_killed_half_way_is_not_done_again_and_says_so()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(HttpStatusCode.Created, (await TokenAsync(owner, "killed", "half")).StatusCode);
        var before = await NamedAsync(owner, "half");
        await Rapport.InDatabaseAsync(db => db.Set<IdempotentAnswer>().ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, (int?)null).SetProperty(a => a.Body, (byte[]?)null), Ct));
        Assert.Equal("idempotency.under-way", await CodeAsync(await TokenAsync(owner, "killed", "half")));
        Rapport.Clock.Advance(Idempotency.Longest + TimeSpan.FromSeconds(1));
        Assert.Equal("idempotency.interrupted", await CodeAsync(await TokenAsync(owner, "killed", "half")));
        Assert.Equal(before, await NamedAsync(owner, "half"));
        Rapport.Clock.Advance(Idempotency.Kept);
        Assert.Equal(HttpStatusCode.Created, (await TokenAsync(await Rapport.SignedInAsync(Roles.Owner), "killed", "half")).StatusCode);
    }

    private static async Task<HttpResponseMessage> TokenAsync(HttpClient client, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = JsonContent.Create(new { name, scope = "read" }) };
        request.Headers.Add(Idempotency.Header, key);
        return await client.SendAsync(request, Ct);
    }

    private static async Task<int> NamedAsync(HttpClient client, string name) =>
        JsonElement.Parse(await client.GetStringAsync("/api/tokens", Ct)).EnumerateArray().Count(token => token.GetProperty("name").GetString() == name);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)).GetProperty("code").GetString();
}
