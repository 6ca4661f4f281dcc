using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Reads relationships with the judgements that make their standing.</summary>
public sealed class RelationshipQueries(RapportDb db, ComputeStandings standings, CustomersOptions options, TimeProvider clock)
{
    private const int MostJudgements = 60;

    /// <summary>All of a customer's, the one with the whole of us first.</summary>
    public async Task<IReadOnlyList<RelationshipRow>> OfCustomerAsync(PartyId customer, CancellationToken ct) =>
        await RowsAsync(await db.Set<Relationship>().AsNoTracking().Where(r => r.Customer == customer).ToListAsync(ct), ct);

    /// <summary>One, or null.</summary>
    public async Task<RelationshipRow?> FindAsync(RelationshipId id, CancellationToken ct) =>
        await RowsAsync(await db.Set<Relationship>().AsNoTracking().Where(r => r.Id == id).ToListAsync(ct), ct) is [var only] ? only : null;

    private async Task<IReadOnlyList<RelationshipRow>> RowsAsync(List<Relationship> relationships, CancellationToken ct)
    {
        if (relationships.Count == 0) return [];
        var ids = relationships.Select(r => r.Id).ToList();
        var judgements = await db.Set<Judgement>().AsNoTracking().Where(j => ids.Contains(j.Relationship)).OrderByDescending(j => j.At).ThenByDescending(j => j.Id).Take(MostJudgements).ToListAsync(ct);
        var parties = relationships.SelectMany(r => new PartyId?[] { r.Provider, r.Customer, r.Payer }).OfType<PartyId>().Distinct().ToList();
        var names = await db.Set<Party>().Where(p => parties.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var members = await db.NamesOfMembersAsync([.. relationships.Select(r => r.Owner), .. judgements.Select(j => (MemberId?)j.By)], ct);
        var today = await db.TodayAsync(clock, ct);

        var rows = new List<RelationshipRow>();
        foreach (var r in relationships.OrderBy(r => r.Standing == Standing.Former ? 1 : 0).ThenBy(r => r.Provider == OurOrganization.Id ? 0 : 1).ThenBy(r => CustomerRank.Of(r.Tier, r.Primary)))
        {
            var about = judgements.Where(j => j.Relationship == r.Id).ToList();
            var question = StandingRule.NextQuestion(await standings.KnownAsync(r, today, ct), about);
            rows.Add(new(
                r.Id, r.Provider, names.GetValueOrDefault(r.Provider, ""), r.Customer, names.GetValueOrDefault(r.Customer, ""), r.Internal, r.Standing, r.Tier,
                r.Owner, r.Owner is { } owner ? members.GetValueOrDefault(owner) : null, r.Primary, r.Payer, r.Payer is { } payer ? names.GetValueOrDefault(payer) : null,
                r.HasBought, r.Since, r.Until, r.Version, r.Until < today ? null : question, Explained(about, members)));
        }
        return rows;
    }

    private List<JudgementRow> Explained(List<Judgement> judgements, Dictionary<MemberId, string> members)
    {
        var newest = judgements.GroupBy(j => j.Kind).Select(g => g.MaxBy(j => (j.At, j.Id.Value))!.Id).ToHashSet();
        var now = clock.GetUtcNow();
        return judgements.ConvertAll(j => new JudgementRow(
            j.Id, j.Kind, j.Answer, j.Evidence, j.Interaction, j.By, members.GetValueOrDefault(j.By), j.At, newest.Contains(j.Id),
            j.Answer != Answer.Unknown && judgements.Exists(o => o.Kind == j.Kind && o.Answer != Answer.Unknown && o.Answer != j.Answer), now - j.At > TimeSpan.FromDays(options.JudgementHalfLifeDays)));
    }
}
