using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Which of a party's interactions have all of some words, whatever their capitals and accents: asked of the index, never of the texts.</summary>
internal static class TimelineWords
{
    /// <summary>How many interactions the index is asked about at once; and from how many batches on it is asked the other way round.</summary>
    private const int Batch = 500, Near = 4;

    /// <summary>A word that no more messages have than these is looked for among all of them, rather than in all that was ever said with somebody.</summary>
    private const int Rare = 1_000;

    /// <summary>Their ids, the newest first, in batches, some of them empty; the caller takes as many as it needs.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<InteractionId>> WithWordsAsync(this RapportDb db, PartyId party, string words, InteractionId before, [EnumeratorCancellation] CancellationToken ct)
    {
        var (find, query) = (new FindQueries(db), SearchQuery.Parse(words));
        for (var batches = 0; ; batches++)
        {
            if (batches == Near && await find.FindMessagesAsync(query, begun: true, before.Value, Rare, ct) is { Count: < Rare } all)
            {
                yield return [.. all.Select(moment => new InteractionId(moment))];
                yield break;
            }
            var said = await db.Set<Participant>().Where(p => p.Party == party && p.Interaction < before).OrderByDescending(p => p.Interaction).Select(p => p.Interaction).Take(Batch).ToListAsync(ct);
            if (said.Count > 0) yield return [.. (await find.FindMessagesAmongAsync(query, [.. said.Select(id => id.Value).Distinct()], ct)).Select(moment => new InteractionId(moment))];
            if (said.Count < Batch) yield break;
            before = said[^1];
        }
    }
}
