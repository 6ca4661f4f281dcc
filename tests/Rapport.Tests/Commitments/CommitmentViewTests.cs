using System.Net;
using System.Text.RegularExpressions;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>What stands, by week and on the days of a month; and open pages of it hear of changes.</summary>
public sealed partial class CommitmentViewTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task Week_by_week_each_stands_under_its_week_and_what_has_no_date_under_its_own()
    {
        var customer = await CustomerAsync("Weekly Works");
        var person = await PersonAsync("Wim Weekly", "wim@weekly.example", customer);
        var friday = new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero);
        foreach (var (words, due) in new (string, DateTimeOffset?)[] { ("Paint the hull", friday), ("Grease the winch", friday.AddDays(7)), ("Splice the rope", friday.AddDays(14)), ("Weld the rail", friday.AddDays(60)), ("Think of a name", null) })
            await PromiseAsync(person, words, due);
        var page = await PageAsync($"/commitments?view=weeks&customer={customer}");
        Assert.Equal(
            [("This week", "Paint the hull"), ("Next week", "Grease the winch"), ("Week of 7 December", "Splice the rope"), ("Later", "Weld the rail"), ("No date", "Think of a name")],
            Sections().Matches(page).Select(m => (m.Groups[1].Value, Links().Match(m.Groups[2].Value).Groups[1].Value)));
        // The filters stay, and lead back to the list.
        Assert.Contains($"customer={customer}", Regex.Match(page, "href=\"([^\"]*)\"[^>]*>By week").Groups[1].Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Paint the hull", await PageAsync($"/commitments?view=weeks&customer={customer}&side=theirs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_calendar_each_stands_on_its_day_where_the_reader_is()
    {
        var customer = await CustomerAsync("Monthly Works");
        // Eleven in the evening in London is the next day in Berlin.
        await PromiseAsync(await PersonAsync("Mo Monthly", "mo@monthly.example", customer), "Turn the lathe", new DateTimeOffset(2027, 2, 8, 23, 30, 0, TimeSpan.Zero));
        var page = await PageAsync($"/commitments?view=month&customer={customer}&month=2027-02");
        Assert.Equal("2027-02-09", Cells().Matches(page).Single(c => c.Groups[2].Value.Contains("Turn the lathe", StringComparison.Ordinal)).Groups[1].Value);
        Assert.Contains("month=2027-03", page, StringComparison.Ordinal);
        // What is no month is this one.
        foreach (var month in new[] { "", "2027-13", "9999-12", "soon" }) Assert.Contains("What is due in November 2026", await PageAsync($"/commitments?view=month&month={month}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_list_and_an_open_page_hear_of_what_was_done()
    {
        var me = await MeAsync();
        var id = await PromiseAsync(await PersonAsync("Liv Live", "liv@live.example"), "Ring the bell", Rapport.Clock.GetUtcNow().AddDays(2));
        var other = await PromiseAsync(await PersonAsync("Lea Live", "lea@live.example"), "Ring the other bell", Rapport.Clock.GetUtcNow().AddDays(2));
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        var list = Marks().Match(await reader.GetStringAsync("/commitments", Ct));
        var page = Marks().Match(await reader.GetStringAsync($"/commitments/{id}", Ct));
        Assert.Equal(id.ToString(), page.Groups[1].Value);
        await using var onList = await Conversations.OpenLine.OpenAsync(reader, list.Groups[1].Value, list.Groups[2].Value);
        await using var onPage = await Conversations.OpenLine.OpenAsync(reader, id.ToString(), page.Groups[2].Value);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(other, Proof.OnMyWord, me, Ct)));
        Assert.Equal("page", (await onList.NextAsync())?.Data);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        Assert.Equal("page", (await onPage.NextAsync())?.Data);
    }

    private async Task<CommitmentId> PromiseAsync(PartyId with, string words, DateTimeOffset? due)
    {
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, words, with, due is { } end ? new Due(end, end, DuePrecision.Day, "") : null), await MeAsync(), Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync(path, Ct));

    [GeneratedRegex("<h2 id=\"section-[^\"]*\">([^<]*)</h2>(.*?)</section>", RegexOptions.Singleline)]
    private static partial Regex Sections();

    [GeneratedRegex("<a href=\"/commitments/[0-9a-f-]{36}\">([^<]*)</a>")]
    private static partial Regex Links();

    [GeneratedRegex("<time datetime=\"([0-9-]{10})\">(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("data-live=\"([^\"]+)\" data-live-since=\"([0-9]+)\"")]
    private static partial Regex Marks();
}
