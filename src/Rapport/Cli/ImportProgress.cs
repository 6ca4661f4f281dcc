using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Spectre.Console;

namespace Rapport.Cli;

/// <summary>Runs an import in sight: a bar on a terminal, quiet lines elsewhere, and at the end what came of it and what to do next.</summary>
internal sealed class ImportProgress(IServiceProvider services, TextWriter output)
{
    private const int MostSaid = 20;

    private static bool OnTerminal => !Console.IsOutputRedirected && !Console.IsInputRedirected;

    /// <summary>Says what an import would do.</summary>
    public async Task<int> SayPreviewAsync(ImportPreview preview)
    {
        await SayFormatAsync(preview);
        foreach (var row in preview.Rows.Take(20)) await output.WriteLineAsync($"  row {row.Row}: {row.Fate.ToString().ToLowerInvariant()}. {row.Why}");
        foreach (var note in preview.Notes) await output.WriteLineAsync(note);
        await output.WriteLineAsync($"Would be: {preview.Kind.InWords(preview.Counts)}. Nothing was changed.");
        return CommandLine.Done;
    }

    /// <summary>Whether the person at the terminal agrees; elsewhere nobody is asked.</summary>
    public bool Agrees(ImportPreview preview)
    {
        if (!OnTerminal) return true;
        SayFormatAsync(preview).GetAwaiter().GetResult();
        return AnsiConsole.Confirm("Import?");
    }

    /// <summary>Starts it or goes on with it, until its end or Ctrl+C.</summary>
    public async Task<int> RunAsync(ImportId id, ImportOptions options, Actor by, CancellationToken ct)
    {
        if (await services.GetRequiredService<StartImport>().RunAsync(id, options, by, ct) is { } refusal) throw CommandFailedException.Of(refusal);
        var run = OnTerminal ? await WithBarAsync(id, ct) : await services.GetRequiredService<RunImport>().RunAsync(id, null, ct);
        if (run is null)
        {
            await output.WriteLineAsync("Another program holds this import at the moment. See how it stands with 'rapport import list', or on its page under Import.");
            return CommandLine.Done;
        }
        await output.WriteLineAsync($"{run.Name}: {run.InWords()}.");
        // Ctrl+C stopped the import, not what is to be said of it.
        if (run.State == ImportState.Stopped) ct = CancellationToken.None;
        await (run.Kind != ImportKind.Mail ? WriteErrorRowsAsync(run, ct) : SayUnreadAsync(run, ct));
        return run.State switch
        {
            ImportState.Done => await DoneAsync(run, by, ct),
            ImportState.Stopped => throw new CommandFailedException($"Stopped. What was read is in; give the same command again to go on, or take it back with: rapport import undo {run.Id}"),
            _ => throw new CommandFailedException(run.Problem ?? "It did not come to its end."),
        };
    }

    private async Task<int> DoneAsync(ImportRun run, Actor by, CancellationToken ct)
    {
        if (run.Kind == ImportKind.Mail) await SayWaitingAsync(by, ct);
        await output.WriteLineAsync(run.Kind switch
        {
            ImportKind.Mail => "Run 'rapport serve' and open \"Who is it?\" to say who these people are.",
            ImportKind.People => "Run 'rapport serve' and open Customers.",
            ImportKind.Tasks => "Run 'rapport serve' and open Commitments, or see 'rapport commitments due'.",
        });
        if (run.Counts.Created + run.Counts.Changed > 0) await output.WriteLineAsync($"To take it back: rapport import undo {run.Id}");
        return CommandLine.Done;
    }

    private Task<ImportRun?> WithBarAsync(ImportId id, CancellationToken ct) =>
        AnsiConsole.Progress().AutoClear(true).Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).StartAsync(async bars =>
        {
            var bar = bars.AddTask("reading", maxValue: 1000);
            var pace = new ImportPace();
            return await services.GetRequiredService<RunImport>().RunAsync(id, run => (bar.Value, bar.Description) = (run.PerMille, pace.Of(run)), ct);
        });

    private async Task SayFormatAsync(ImportPreview preview)
    {
        await output.WriteLineAsync($"Read as {preview.Format}.");
        foreach (var column in preview.Mapping?.Columns ?? []) await output.WriteLineAsync($"  {column.Header}: {column.Kind.ToString().ToLowerInvariant()} ({column.Reason})");
    }

    private async Task SayWaitingAsync(Actor by, CancellationToken ct)
    {
        var waiting = services.GetRequiredService<RapportDb>().ConversationsFor(by).Where(c => c.WaitingSince != null);
        if (await waiting.CountAsync(ct) is not (> 0 and var count)) return;
        var longest = await waiting.OrderBy(c => c.WaitingSince).Select(c => c.WaitingSince).FirstAsync(ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"In {count:N0} of your conversations somebody waits for an answer, the longest since {longest:yyyy-MM-dd}."));
    }

    // Files that could not be opened, and mails that are kept as they came because nobody could make sense of them.
    private async Task SayUnreadAsync(ImportRun run, CancellationToken ct)
    {
        var db = services.GetRequiredService<RapportDb>();
        var files = await db.Set<ImportProblem>().AsNoTracking().Where(p => p.Import == run.Id).OrderBy(p => p.Seq).Select(p => p.Reason).Take(MostSaid + 1).ToListAsync(ct);
        var mails = await db.Set<Intake>().AsNoTracking().Where(i => i.Import == run.Id && i.State == IntakeState.Unreadable).OrderBy(i => i.Id).Select(i => $"{i.Source}: {i.Problem}").Take(MostSaid + 1).ToListAsync(ct);
        foreach (var sentence in files.Concat(mails).Take(MostSaid)) await output.WriteLineAsync($"  {sentence}");
        if (files.Count + mails.Count > MostSaid) await output.WriteLineAsync("  And more; see its page under Import.");
        if (mails.Count > 0) await output.WriteLineAsync("Mails that could not be read are kept as they came, under Conversations, \"Mail that could not be read\".");
    }

    private async Task WriteErrorRowsAsync(ImportRun run, CancellationToken ct)
    {
        var db = services.GetRequiredService<RapportDb>();
        if (!await db.Set<ImportProblem>().AnyAsync(p => p.Import == run.Id, ct)) return;
        var beside = Path.ChangeExtension(run.Files[0].Path, ".errors.csv");
        try
        {
            var rows = await db.WriteErrorRowsAsync(run, File.Create(beside), ct);
            await output.WriteLineAsync($"{rows} {(rows == 1 ? "row" : "rows")} with the reason in a last column: {beside}. Mend what is wrong there and import that file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"The rows that could not be used cannot be written beside the file ({e.Message.TrimEnd('.')}); download them from its page under Import.");
        }
    }
}
