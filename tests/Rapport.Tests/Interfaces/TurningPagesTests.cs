using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Rapport.Kernel;

namespace Rapport.Tests.Interfaces;

public class TurningPagesTests(RapportFixture rapport) : ProductTests(rapport)
{
    private const int AtFirst = 24, OnAPage = 5, MeanwhileEach = 2;

    private static readonly Gen<int[]> Draws = Gen.Int[0, 400].Array[AtFirst * 4];

    [Theory]
    [InlineData("/api/parties?sort=name")]
    [InlineData("/api/parties?sort=tier")]
    [InlineData("/api/parties?sort=lastContact")]
    [InlineData("/api/conversations?waiting=false")]
    [InlineData("/api/commitments?part=open")]
    public async Task Whatever_is_added_meanwhile_nothing_comes_twice_and_nothing_that_was_there_is_missed(string list)
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var drawn = new Queue<int>(Draws.Single());
        for (var i = 0; i < AtFirst; i++) await AddAsync(client, list, drawn.Dequeue());
        var (there, _) = await PageAsync(client, list, 200, null);
        Assert.InRange(there.Count, AtFirst, 199);

        var (seen, after) = (new List<Guid>(), (string?)null);
        do
        {
            (var page, after) = await PageAsync(client, list, OnAPage, after);
            seen.AddRange(page);
            // Fewer than a page holds, else the end would run away.
            for (var i = 0; i < MeanwhileEach && drawn.Count > 0; i++) await AddAsync(client, list, drawn.Dequeue());
        }
        while (after is not null);

        Assert.Distinct(seen);
        Assert.Empty(there.Except(seen));
        Assert.Equal(there, seen.Where(there.Contains));
    }

    [Theory]
    [InlineData("/api/parties")]
    [InlineData("/api/conversations")]
    [InlineData("/api/commitments")]
    [InlineData("/api/journal")]
    [InlineData("/api/members")]
    public async Task Who_goes_on_behind_what_is_no_place_in_the_list_is_told_so_instead_of_beginning_anew(string list)
    {
        var client = await Rapport.SignedInAsync(Roles.Owner);
        foreach (var after in new[] { "zzz", "MQ", "!", new string('x', 3_000) })
        {
            var answer = await client.GetAsync($"{list}?after={after}", Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("leave it out to begin at the start", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    // Drawn from few numbers, so that names, times and dates are often the same.
    private static async Task AddAsync(HttpClient client, string list, int drawn)
    {
        var person = await MadeAsync(client, "/api/parties/persons", new { name = $"{(char)('A' + (drawn % 26))} Page Example {drawn / 40}" });
        if (list.StartsWith("/api/commitments", StringComparison.Ordinal))
            await MadeAsync(client, "/api/commitments", new { side = "oursToThem", words = "Send the drawings", with = person, due = drawn % 5 == 0 ? null : $"in {(drawn % 40) + 1} days" });
        else if (list.StartsWith("/api/conversations", StringComparison.Ordinal) || drawn % 3 > 0)
            await MadeAsync(client, "/api/interactions", new { channel = "telephone", text = "We spoke.", participants = new[] { person }, at = RapportFixture.Monday.AddMinutes(-drawn) });
    }

    private static async Task<string?> MadeAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty("id", out var id) ? id.GetString() : null;
    }

    private static async Task<(List<Guid> Ids, string? Next)> PageAsync(HttpClient client, string list, int size, string? after)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"{list}&size={size}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", Ct);
        return ([.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())], page.GetProperty("next").GetString());
    }
}
