using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Journal;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Lines">How many lines were read.</param>
/// <param name="Erased">How many of them have had their contents erased, which is legitimate.</param>
/// <param name="BrokenAt">The first line that does not follow from the one before; null when all do.</param>
/// <param name="Why">What is wrong there, in a sentence.</param>
/// <param name="Last">The hash of the last line, in hex: whoever keeps it elsewhere proves later that none was cut off. Empty for an empty journal.</param>
public sealed record JournalVerdict(long Lines, long Erased, long? BrokenAt, string? Why, string Last = "");

/// <summary>Proves that nobody has rewritten the journal.</summary>
public sealed class VerifyJournal(RapportDb db)
{
    /// <summary>Walks the whole chain, or until it breaks.</summary>
    public async Task<JournalVerdict> RunAsync(CancellationToken ct)
    {
        long lines = 0, erased = 0;
        byte[] before = [];
        var all = from line in db.Set<JournalRow>().AsNoTracking()
                  join content in db.Set<JournalContent>() on line.Seq equals content.Seq into contents
                  from content in contents.DefaultIfEmpty()
                  orderby line.Seq
                  select new { line, content = content == null ? null : content.Content };
        await foreach (var entry in all.AsAsyncEnumerable().WithCancellation(ct))
        {
            var line = entry.line;
            lines++;
            if (line.Seq != lines) return new(lines, erased, line.Seq, $"Line {lines} is missing.");
            if (entry.content is null) erased++;
            else if (!SHA256.HashData(Encoding.UTF8.GetBytes(entry.content)).AsSpan().SequenceEqual(line.ContentHash))
                return new(lines, erased, line.Seq, "Its contents are not those that were written.");
            if (!JournalRow.Chain(before, line.Seq, line.At, line.By, line.Deed, line.Subject, line.ContentHash).AsSpan().SequenceEqual(line.Hash))
                return new(lines, erased, line.Seq, "It does not follow from the line before it.");
            before = line.Hash;
        }
        return new(lines, erased, null, null, Convert.ToHexStringLower(before));
    }
}
