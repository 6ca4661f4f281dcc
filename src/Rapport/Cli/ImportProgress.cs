using Microsoft.EntityFrameworkCore;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Spectre.Console;

namespace Rapport.Cli;

/// <summary>Runs an import in sight: a bar on a terminal, quiet lines elsewhere, and at the end what came of it and what to do next.</summary>
internal sealed class ImportProgress(IServiceProvider services, TextWriter output)
{
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
    public async Task<int> RunAsync(ImportId id, Actor by, CancellationToken ct)
    {
        if (await services.GetRequiredService<StartImport>().RunAsync(id, null, by, ct) is { } refusal) throw CommandFailedException.Of(refusal);
        var run = OnTerminal ? await WithBarAsync(id, ct) : await services.GetRequiredService<RunImport>().RunAsync(id, null, ct);
        if (run is null)
        {
            await output.WriteLineAsync("The running server has taken it up; see its page under Import.");
            return CommandLine.Done;
        }
        await output.WriteLineAsync($"{run.Name}: {run.InWords()}.");
        await WriteErrorRowsAsync(run, ct);
        return run.State switch
        {
            ImportState.Done => await DoneAsync(run),
            ImportState.Stopped => throw new CommandFailedException("Stopped. Give the same command again to go on, or see 'rapport import list'."),
            _ => throw new CommandFailedException(run.Problem ?? "It did not come to its end."),
        };
    }

    private async Task<int> DoneAsync(ImportRun run)
    {
        await output.WriteLineAsync(run.Kind == ImportKind.Mail ? "Run 'rapport serve' and open \"Who is it?\" to say who these people are." : "Run 'rapport serve' and open Customers.");
        if (run.CanBeUndone) await output.WriteLineAsync($"To take it back: rapport import undo {run.Id}");
        return CommandLine.Done;
    }

    private Task<ImportRun?> WithBarAsync(ImportId id, CancellationToken ct) =>
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async bars =>
        {
            var bar = bars.AddTask("Importing", maxValue: 1000);
            return await services.GetRequiredService<RunImport>().RunAsync(id, run =>
            {
                bar.Value = run.PerMille;
                bar.Description = $"{run.Counts.Read} read";
            }, ct);
        });

    private async Task SayFormatAsync(ImportPreview preview)
    {
        await output.WriteLineAsync($"Read as {preview.Format}.");
        foreach (var column in preview.Mapping?.Columns ?? []) await output.WriteLineAsync($"  {column.Header}: {column.Kind.ToString().ToLowerInvariant()} ({column.Reason})");
    }

    private async Task WriteErrorRowsAsync(ImportRun run, CancellationToken ct)
    {
        var db = services.GetRequiredService<RapportDb>();
        if (run.Kind != ImportKind.People || !await db.Set<ImportProblem>().AnyAsync(p => p.Import == run.Id, ct)) return;
        var beside = Path.ChangeExtension(run.Files[0].Path, ".errors.csv");
        try
        {
            var rows = await db.WriteErrorRowsAsync(run, File.Create(beside), ct);
            await output.WriteLineAsync($"{rows} rows with the reason in a last column are in {beside}; mend and import them.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"The rows that could not be used cannot be written beside the file ({e.Message.TrimEnd('.')}); download them from its page under Import.");
        }
    }
}
