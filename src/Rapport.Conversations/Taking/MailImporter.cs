using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Imports mail from mbox files, Maildirs and .eml files into a mailbox of the importer, theirs alone until shared (V11).</summary>
internal sealed class MailImporter(IServiceScopeFactory scopes, UndoPeople undoPeople) : IImporter
{
    private const int BatchMails = 250, MostBytes = 16 * 1024 * 1024, ShownMails = 50;

    public ImportKind Kind => ImportKind.Mail;

    public bool Knows(string path) => Directory.Exists(path) || path.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase) || MailBeginning.IsIn(path);

    public Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct) => Task.Run<Result<ImportPreview>>(() =>
    {
        var (rows, read, failed, problem) = (new List<PreviewRow>(), 0, 0, (string?)null);
        foreach (var mail in MailSource.Read([.. files.Select(f => f.Path)], ct: ct).Take(most))
        {
            read++;
            if (mail.Bytes is null) (failed, problem) = (failed + 1, problem ?? mail.Problem);
            if (rows.Count < ShownMails) rows.Add(Shown(mail, read));
        }
        if (read == failed) return Refusal.Invalid("import.unreadable", Named(problem, files) ?? $"{files[0].Name}: there is no mail in it; check that it was exported as mbox or .eml.", "file");
        var whose = options.Shared ? "Everybody will see this mail." : "Only you will see this mail until you share its mailbox.";
        return new ImportPreview(Kind, read == 1 ? "a mail" : "mails", new ImportCounts(read, read - failed, 0, 0, failed), read < most, null, rows, [whose]);
    }, ct);

    public async IAsyncEnumerable<ImportRun> RunAsync(ImportId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var run = await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var mailbox = await MailboxAsync(scope.ServiceProvider, run, ct);
        db.ChangeTracker.Clear();
        var paths = run.Files.Select(f => f.Path).ToList();
        var sizes = MailSource.Sizes(paths).ToList();
        var from = run.Position is null ? null : JsonSerializer.Deserialize<MailPosition>(run.Position, Json.Options);
        // A file that went away is no place to go on from; what is here already is passed over.
        if (from is not null && !File.Exists(from.Source)) from = null;
        // A file that was read to its end has nothing more in it, which is no complaint.
        var ended = from is not null && File.Exists(from.Source) && new FileInfo(from.Source).Length <= from.Offset ? from.Source : null;
        foreach (var batch in Batches(MailSource.Read(paths, from, ct).Where(m => m.Bytes is not null || m.Source != ended)))
        {
            await using var one = scopes.CreateAsyncScope();
            yield return await TakeAsync(one.ServiceProvider, run, mailbox, batch, sizes, ct);
        }
    }

    public async IAsyncEnumerable<int> UndoAsync(ImportRun run, UndoneSoFar so, Actor by, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (undone, all) = (0, Math.Max(1, await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<Intake>().CountAsync(i => i.Import == run.Id, ct)));
        for (IntakeId? before = null; ;)
        {
            await using var one = scopes.CreateAsyncScope();
            before = await one.ServiceProvider.GetRequiredService<UndoMail>().RunAsync(run, before, so, by, ct);
            if (before is null) break;
            yield return Math.Min(700, 700 * (undone += UndoMail.BatchMails) / all);
        }
        await foreach (var perMille in undoPeople.RunAsync(run, so, by, ct)) yield return 700 + perMille * 300 / 1000;
        await scope.ServiceProvider.GetRequiredService<CloseMailbox>().RunAsync(run, by, ct);
        if (run.Options.Ours is { Count: > 0 } ours) so.Leave($"What was said to be ours stays so: {string.Join(", ", ours)}.");
    }

    private static async Task<MailboxId> MailboxAsync(IServiceProvider services, ImportRun run, CancellationToken ct)
    {
        if (run.Options.Ours is { Count: > 0 } ours && await services.GetRequiredService<ExtendOurs>().RunAsync(ours, run.Actor, ct) is { } notOurs) throw new ImportBrokenException(notOurs.Message);
        if (!(await services.GetRequiredService<OpenMailbox>().RunAsync(CloseMailbox.NameOf(run), run.Actor, ct)).Succeeded(out var mailbox, out var refusal)) throw new ImportBrokenException(refusal.Message);
        if (run.Options.Shared && await services.GetRequiredService<ShareMailbox>().RunAsync(mailbox, new(Visibility.Everyone), run.Actor, ct) is { } unshared) throw new ImportBrokenException(unshared.Message);
        return mailbox;
    }

    private static async Task<ImportRun> TakeAsync(IServiceProvider services, ImportRun from, MailboxId mailbox, List<RawMail> batch, List<(string File, long Length)> sizes, CancellationToken ct)
    {
        var mails = batch.Where(m => m.Bytes is not null).Select(m => new NewMail($"{Path.GetFileName(m.Source)}@{m.Offset}", m.Bytes, from.Id)).ToList();
        if (!(await services.GetRequiredService<TakeMail>().RunAsync(mailbox, mails, from.Actor, ct)).Succeeded(out var taken, out var refusal)) throw new ImportBrokenException(refusal.Message);

        // Killed before this is saved, the same mails are given again and are here already.
        var db = services.GetRequiredService<RapportDb>();
        var clock = services.GetRequiredService<TimeProvider>();
        var run = await db.Set<ImportRun>().SingleAsync(r => r.Id == from.Id, ct);
        var seq = await db.Set<ImportProblem>().Where(p => p.Import == run.Id).MaxAsync(p => (long?)p.Seq, ct) ?? 0;
        foreach (var mail in batch.Where(m => m.Bytes is null))
            if (++seq <= ImportProblem.Most) db.Add(new ImportProblem { Import = run.Id, Seq = seq, Row = mail.Index + 1, Cells = [Path.GetFileName(mail.Source)], Reason = Named(mail.Problem, run.Files) ?? "", Failed = true });
        var counts = new ImportCounts(batch.Count, taken.Read, 0, taken.AlreadyHere + taken.Duplicates, batch.Count - mails.Count + taken.Unreadable, 0, taken.Conversations, taken.People);
        (run.Counts, run.Heads, run.HeldUntil) = (run.Counts + counts, ["File"], clock.GetUtcNow() + ImportRun.Lease);
        (run.Position, run.PerMille) = (JsonSerializer.Serialize(new MailPosition(batch[^1].Source, batch[^1].Next), Json.Options), PerMille(batch[^1], sizes));
        db.Note("mail.imported", $"imports/{run.Id}", counts);
        await db.SaveOrThrowAsync(run.Actor, ct);
        return run;
    }

    private static int PerMille(RawMail last, List<(string File, long Length)> sizes)
    {
        var (all, before) = (sizes.Sum(s => s.Length), sizes.TakeWhile(s => s.File != last.Source).Sum(s => s.Length));
        return all == 0 ? 1000 : (int)Math.Min(1000, (before + last.Next) * 1000 / all);
    }

    private static IEnumerable<List<RawMail>> Batches(IEnumerable<RawMail> mails)
    {
        var (batch, bytes) = (new List<RawMail>(), 0L);
        foreach (var mail in mails)
        {
            batch.Add(mail);
            bytes += mail.Bytes?.Length ?? 0;
            if (batch.Count < BatchMails && bytes < MostBytes) continue;
            yield return batch;
            (batch, bytes) = ([], 0);
        }
        if (batch.Count > 0) yield return batch;
    }

    private static PreviewRow Shown(RawMail mail, int number)
    {
        if (mail.Bytes is null) return new(number, [Path.GetFileName(mail.Source)], RowFate.Failed, mail.Problem ?? "");
        var read = MailReader.Read(mail.Bytes, DateTimeOffset.UnixEpoch);
        return new(number, [read.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "", read.From?.Name is { Length: > 0 } name ? name : read.From?.Address ?? "", read.Subject], RowFate.Created, "To be taken in, unless it is here already.");
    }

    // People know an uploaded file by its name, not by where it lies with us.
    private static string? Named(string? problem, IReadOnlyList<ImportFile> files) => files.Aggregate(problem, (said, file) => said?.Replace(file.Path, file.Name, StringComparison.Ordinal));
}

/// <summary>Whether a file begins as mail does: with an mbox line, or with headers.</summary>
internal static class MailBeginning
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public static bool IsIn(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[8192];
            var text = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
            return text.StartsWith("From "u8) || HasHeaders(text);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasHeaders(ReadOnlySpan<byte> text)
    {
        var headers = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd((byte)'\r');
            if (line.IsEmpty) break;
            if (line[0] is (byte)' ' or (byte)'\t' && headers > 0) continue;
            var colon = line.IndexOf(": "u8);
            if (colon <= 0 || line[..colon].ContainsAnyExcept(NameBytes)) return false;
            headers++;
        }
        return headers >= 2;
    }
}
