using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Updates;

/// <summary>Writes down whom a word concerns, by its filter, as it is now: from then on the list is frozen (U3).</summary>
internal sealed class ResolveAudience(RapportDb db, WhomItConcerns whom, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Some more of them; false when all are.</summary>
    public async Task<bool> SomeAsync(NoticeId notice, int place, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var word = await db.Set<NoticeWord>().SingleAsync(w => w.Notice == notice && w.Place == place, ct);
        if (word.ResolvedAt is not null) return false;
        var held = await whom.FilteredAsync(word.Audience, ct);
        if (word.ResolvedTo is { } last) held = held.Where(p => p.Id > last);
        var ids = await held.OrderBy(p => p.Id).Select(p => p.Id).Take(AtOnce).ToListAsync(ct);
        var there = (await db.Set<Affected>().Where(a => a.Notice == notice && EF.Parameter(ids).Contains(a.Party)).Select(a => a.Party).ToListAsync(ct)).ToHashSet();
        db.AddRange(ids.Where(id => !there.Contains(id)).Select(id => new Affected { Notice = notice, Party = id, Place = place, Reason = word.Reason }));
        if (ids.Count < AtOnce) word.ResolvedAt = clock.GetUtcNow();
        else word.ResolvedTo = ids[^1];
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        await transaction.CommitAsync(ct);
        return word.ResolvedAt is null;
    }
}
