using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Tests.Kernel;

public class JournalTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly Actor Ada = new(MemberId.From(new Guid("00000000-0000-7000-8000-000000000001")), "Ada Example", Roles.Member);

    [Fact]
    public async Task Every_change_is_kept_with_what_was_before_and_after_and_the_chain_verifies()
    {
        var id = await AddAsync("Hafenwerk Beispiel");
        await Rapport.InDatabaseAsync(async db =>
        {
            var party = await db.Parties().SingleAsync(p => p.Id == id, Ct);
            party.Rename("Hafenwerk Muster");
            return await db.SaveAsync(Ada, Ct);
        });

        var lines = await Rapport.InScopeAsync(s => s.GetRequiredService<JournalQueries>().ListAsync($"parties/{id}", null, null, 10, Ct));
        Assert.Equal(["changed", "added"], lines.Select(l => l.Deed));
        using var content = System.Text.Json.JsonDocument.Parse(lines[0].Content!);
        Assert.Equal("Hafenwerk Beispiel", content.RootElement.GetProperty("before").GetProperty("name").GetString());
        Assert.Equal("Hafenwerk Muster", content.RootElement.GetProperty("after").GetProperty("name").GetString());
        Assert.All(lines, l => Assert.Equal("Ada Example", l.By));
        Assert.Null((await VerifyAsync()).BrokenAt);
    }

    [Fact]
    public async Task Contents_can_be_erased_and_the_chain_still_verifies_but_a_rewritten_line_is_found()
    {
        var id = await AddAsync("Erased Example");
        var line = await Rapport.InDatabaseAsync(db => db.Set<JournalRow>().SingleAsync(j => j.Subject == $"parties/{id}", Ct));
        await Rapport.InDatabaseAsync(db => db.Set<JournalContent>().Where(c => c.Seq == line.Seq).ExecuteDeleteAsync(Ct));
        var erased = await VerifyAsync();
        Assert.Null(erased.BrokenAt);
        Assert.Equal(1, erased.Erased);

        await Rapport.InDatabaseAsync(db => db.Set<JournalRow>().Where(j => j.Seq == line.Seq).ExecuteUpdateAsync(s => s.SetProperty(j => j.Deed, "removed"), Ct));
        Assert.Equal(line.Seq, (await VerifyAsync()).BrokenAt);
        await Rapport.InDatabaseAsync(db => db.Set<JournalRow>().Where(j => j.Seq == line.Seq).ExecuteUpdateAsync(s => s.SetProperty(j => j.Deed, "added"), Ct));
    }

    [Fact]
    public async Task Whoever_saves_second_is_told_and_nothing_of_theirs_is_written()
    {
        var id = await AddAsync("Contested Example");
        var refusal = await Rapport.InDatabaseAsync(async slow =>
        {
            var mine = await slow.Parties().SingleAsync(p => p.Id == id, Ct);
            await Rapport.InDatabaseAsync(async quick =>
            {
                (await quick.Parties().SingleAsync(p => p.Id == id, Ct)).Rename("Quick Example");
                return await quick.SaveAsync(Ada, Ct);
            });
            mine.Rename("Slow Example");
            return await slow.SaveAsync(Ada, Ct);
        });
        Assert.Equal("changed.meanwhile", refusal?.Code);
        Assert.Equal("Quick Example", await Rapport.InDatabaseAsync(db => db.Parties().Where(p => p.Id == id).Select(p => p.Name).SingleAsync(Ct)));
    }

    private Task<JournalVerdict> VerifyAsync() => Rapport.InScopeAsync(s => s.GetRequiredService<VerifyJournal>().RunAsync(Ct));

    private Task<PartyId> AddAsync(string name) => Rapport.InDatabaseAsync(async db =>
    {
        var organization = new Organization { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = Rapport.Clock.GetUtcNow() };
        organization.Rename(name);
        db.Add(organization);
        Assert.Null(await db.SaveAsync(Ada, Ct));
        return organization.Id;
    });
}
