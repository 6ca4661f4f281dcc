using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Journal;

/// <summary>Appends to the chain, inside the transaction of the change itself.</summary>
internal static class JournalWriter
{
    public static async Task AppendAsync(RapportDb db, IReadOnlyList<JournalDraft> drafts, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (drafts.Count == 0) return;
        await db.Dialect.LockJournalAsync(db, ct);
        var last = await db.Set<JournalRow>().AsNoTracking().OrderByDescending(j => j.Seq).Select(j => new { j.Seq, j.Hash }).FirstOrDefaultAsync(ct);
        var (seq, hash) = (last?.Seq ?? 0, last?.Hash ?? []);
        // To the microsecond, which is what both databases keep: verifying reads it back.
        var at = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        foreach (var draft in drafts)
        {
            seq++;
            var contentHash = SHA256.HashData(Encoding.UTF8.GetBytes(draft.Content));
            hash = JournalRow.Chain(hash, seq, at, by.Id, draft.Deed, draft.Subject, contentHash);
            db.Add(new JournalRow { Seq = seq, At = at, By = by.Id, ByName = by.Name, Deed = draft.Deed, Subject = draft.Subject, ContentHash = contentHash, Hash = hash });
            db.Add(new JournalContent { Seq = seq, Content = draft.Content });
        }
    }
}
