using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Dialogue;

/// <summary>A colleague who knows a party (W6), by what they said to it among the latest contacts.</summary>
/// <param name="Times">How often.</param>
/// <param name="Last">The last time.</param>
public sealed record Tie(MemberId Member, string Name, int Times, InteractionId Last)
{
    /// <summary>When that was.</summary>
    public DateTimeOffset LastAt => Moments.At(Last.Value);
}

/// <summary>Which of us know somebody best: whom to ask what is not on record.</summary>
public sealed class TieQueries(RapportDb db)
{
    private const int Looked = 80, Shown = 3;

    /// <summary>Those who spoke to them most among the latest contacts that the reader may see, the strongest tie first.</summary>
    public async Task<IReadOnlyList<Tie>> OfAsync(PartyId party, Actor by, CancellationToken ct)
    {
        var last = await db.Set<Participant>().Where(p => p.Party == party && p.Counts).OrderByDescending(p => p.Interaction).Select(p => p.Interaction).Take(Looked).ToListAsync(ct);
        if (last.Count == 0) return [];
        var spoke = await db.InteractionsFor(by).Where(i => EF.Parameter(last).Contains(i.Id) && i.Member != null && i.Channel != Channel.Note && i.Direction != Direction.Inbound)
            .Select(i => new { Member = i.Member!.Value, i.Id }).ToListAsync(ct);
        var strongest = spoke.GroupBy(s => s.Member).Select(g => (Member: g.Key, Times: g.Count(), Last: g.Max(s => s.Id.Value))).OrderByDescending(t => t.Times).ThenByDescending(t => t.Last).Take(Shown).ToList();
        if (strongest.Count == 0) return [];
        var ids = strongest.ConvertAll(t => t.Member);
        var names = await db.Set<Member>().Where(m => EF.Parameter(ids).Contains(m.Id) && m.LeftAt == null).ToDictionaryAsync(m => m.Id, m => m.Name, ct);
        return [.. strongest.Where(t => names.ContainsKey(t.Member)).Select(t => new Tie(t.Member, names[t.Member], t.Times, new(t.Last)))];
    }
}
