using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>A member with how much they answer for.</summary>
/// <param name="LeftAt">When they left; null while they are here.</param>
/// <param name="Open">How many promises.</param>
public sealed record OwesRow(MemberId Id, string Name, DateTimeOffset? LeftAt, int Open);

/// <summary>Reads who answers for how much, and who left without handing it over.</summary>
public sealed class SuccessionQueries(RapportDb db)
{
    /// <summary>Everybody who answers for something, those who left first.</summary>
    public async Task<List<OwesRow>> AllAsync(CancellationToken ct)
    {
        var open = await db.Set<Commitment>().Where(c => c.State == CommitmentState.Open).GroupBy(c => c.Owner).Select(g => new { Owner = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Owner, g => g.Count, ct);
        return (await MembersAsync([.. open.Keys], ct)).ConvertAll(m => m with { Open = open[m.Id] });
    }

    /// <summary>Those who left and still answer for something.</summary>
    public async Task<List<OwesRow>> LeftAsync(CancellationToken ct)
    {
        var left = await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt != null && db.Set<Commitment>().Any(c => c.Owner == m.Id && c.State == CommitmentState.Open)).OrderBy(m => m.SortName).ToListAsync(ct);
        var ids = left.ConvertAll(m => m.Id);
        var open = await db.Set<Commitment>().Where(c => EF.Parameter(ids).Contains(c.Owner) && c.State == CommitmentState.Open).GroupBy(c => c.Owner).Select(g => new { Owner = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Owner, g => g.Count, ct);
        return left.ConvertAll(m => new OwesRow(m.Id, m.Name, m.LeftAt, open.GetValueOrDefault(m.Id)));
    }

    private async Task<List<OwesRow>> MembersAsync(List<MemberId> ids, CancellationToken ct) =>
        await db.Set<Member>().AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Id)).OrderBy(m => m.LeftAt == null).ThenBy(m => m.SortName).Select(m => new OwesRow(m.Id, m.Name, m.LeftAt, 0)).ToListAsync(ct);
}
