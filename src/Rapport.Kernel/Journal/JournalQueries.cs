using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Journal;

/// <summary>A line of the journal as people read it. <c>Content</c> is JSON with before and after; null when it was erased.</summary>
public sealed record JournalLine(long Seq, DateTimeOffset At, string By, string Deed, string Subject, string? Content);

/// <summary>Where the journal ends.</summary>
public static class JournalEnd
{
    /// <summary>The number of its last line, 0 while it is empty: as long as it stays the same, nobody has changed a record that the journal keeps.</summary>
    public static async Task<long> JournalEndAsync(this RapportDb db, CancellationToken ct) => await db.Set<JournalRow>().MaxAsync(j => (long?)j.Seq, ct) ?? 0;
}

/// <summary>Reads the journal.</summary>
public sealed class JournalQueries(RapportDb db)
{
    /// <summary>Lines before <paramref name="before"/> (all when null), newest first, of one subject such as <c>parties/ID</c> or of all, by one member or by anybody.</summary>
    public Task<List<JournalLine>> ListAsync(string? subject, MemberId? member, long? before, int most, CancellationToken ct) =>
        (from line in db.Set<JournalRow>().AsNoTracking()
         where (subject == null || line.Subject == subject) && (member == null || line.By == member) && (before == null || line.Seq < before)
         join content in db.Set<JournalContent>() on line.Seq equals content.Seq into contents
         from content in contents.DefaultIfEmpty()
         orderby line.Seq descending
         select new JournalLine(line.Seq, line.At, line.ByName, line.Deed, line.Subject, content == null ? null : content.Content)).Take(most).ToListAsync(ct);
}
