using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Tests.Kernel;

/// <summary>The chain of the journal, whatever is written and whoever tampers.</summary>
[Trait("Runs", "on both databases")]
public sealed class JournalChainTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly Gen<char> Letter = Gen.Char['\u0001', '\ud7ff'];
    private static readonly string[] Tricky = ["", "a", "ab", "b", "changed", "Zoë \u2028 \"quoted\"", "名前", " a ", "a/b", "\n"];
    private static readonly Gen<string> Words = Gen.OneOf(Gen.String[Letter, 0, 30], Gen.Int[0, Tricky.Length - 1].Select(i => Tricky[i]));
    private static readonly Gen<byte[]> Hash = Gen.Byte.Array[32];
    private static readonly Gen<(byte[] Before, long Seq, long At, Guid By, string Deed, string Subject, byte[] Content)> Line =
        Gen.Select(Hash, Gen.Long[1, long.MaxValue], Gen.Long[0, 4_000_000_000_000_000], Gen.Guid, Words, Words, Hash);

    [Fact]
    public void Two_lines_have_the_same_hash_only_when_all_of_them_is_the_same() =>
        Gen.Select(Line, Line).Sample((a, b) =>
        {
            var same = a.Before.AsSpan().SequenceEqual(b.Before) && a.Content.AsSpan().SequenceEqual(b.Content) && (a.Seq, a.At, a.By, a.Deed, a.Subject) == (b.Seq, b.At, b.By, b.Deed, b.Subject);
            return same == Of(a).AsSpan().SequenceEqual(Of(b));
        });

    // Words that are only cut elsewhere are other words: "ab" + "c" is not "a" + "bc".
    [Fact]
    public void Where_one_word_ends_and_the_next_begins_is_part_of_the_hash() =>
        Gen.Select(Line, Gen.String[Letter, 1, 20], Gen.Int[0, 20]).Sample((line, text, cut) =>
        {
            var at = Math.Min(cut, text.Length);
            var (one, other) = (line with { Deed = text, Subject = "" }, line with { Deed = text[..at], Subject = text[at..] });
            return (one == other || at == text.Length) == Of(one).AsSpan().SequenceEqual(Of(other));
        });

    [Fact]
    public async Task Whatever_is_written_verifies_and_each_line_that_is_changed_removed_or_swapped_is_found()
    {
        var notes = Enumerable.Range(0, 20).Select(i => (Deed: Tricky[i % Tricky.Length], Subject: Tricky[(i * 3 + 1) % Tricky.Length], Text: Tricky[(i * 7 + 2) % Tricky.Length])).ToList();
        await Rapport.InDatabaseAsync(async db =>
        {
            foreach (var (deed, subject, text) in notes)
            {
                db.Note(deed, subject, new { text });
                Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
            }
            return true;
        });
        var whole = await VerifyAsync();
        Assert.Null(whole.BrokenAt);
        Assert.True(whole.Lines >= notes.Count);

        for (var seq = whole.Lines - notes.Count + 1; seq <= whole.Lines; seq += 7)
        {
            Assert.Equal(seq, await TamperedAsync(db => db.Set<JournalRow>().Where(j => j.Seq == seq).ExecuteUpdateAsync(s => s.SetProperty(j => j.Subject, j => j.Subject + "x"), Ct)));
            Assert.Equal(seq, await TamperedAsync(db => db.Set<JournalRow>().Where(j => j.Seq == seq).ExecuteUpdateAsync(s => s.SetProperty(j => j.By, MemberId.From(new Guid("00000000-0000-7000-8000-000000000009"))), Ct)));
            Assert.Equal(seq, await TamperedAsync(db => db.Set<JournalContent>().Where(j => j.Seq == seq).ExecuteUpdateAsync(s => s.SetProperty(j => j.Content, "{\"text\":\"never said\"}"), Ct)));
            if (seq < whole.Lines) Assert.Equal(seq + 1, await TamperedAsync(db => db.Set<JournalRow>().Where(j => j.Seq == seq).ExecuteDeleteAsync(Ct)));
        }
        Assert.Null((await VerifyAsync()).BrokenAt);
    }

    // Tampers, looks, and takes it back.
    private Task<long?> TamperedAsync(Func<RapportDb, Task> tamper) => Rapport.InDatabaseAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await tamper(db);
        var verdict = await new VerifyJournal(db).RunAsync(Ct);
        await transaction.RollbackAsync(Ct);
        return verdict.BrokenAt;
    });

    private Task<JournalVerdict> VerifyAsync() => Rapport.InDatabaseAsync(db => new VerifyJournal(db).RunAsync(Ct));

    private static byte[] Of((byte[] Before, long Seq, long At, Guid By, string Deed, string Subject, byte[] Content) line) =>
        JournalRow.Chain(line.Before, line.Seq, DateTimeOffset.UnixEpoch.AddTicks(line.At * TimeSpan.TicksPerMicrosecond), MemberId.From(line.By), line.Deed, line.Subject, line.Content);
}
