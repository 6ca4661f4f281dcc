using System.CommandLine;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Cli;

/// <summary><c>rapport import</c>: people and mail from files, their list, and taking one back.</summary>
internal static class ImportCommand
{
    private sealed record Wanted(string[] Files, string[] Ours, string? As, string[] Map, string? Mailbox, bool Shared, bool DryRun, bool Yes);

    public static Command Build()
    {
        var files = new Argument<string[]>("files") { Description = "CSV, XLSX or vCard of people; mbox, .eml or folders of mail; CSV, XLSX or .ics of open tasks. What a file is, is told by what is in it.", Arity = ArgumentArity.ZeroOrMore };
        var ours = new Option<string[]>("--ours") { Description = "A mail domain of ours, or an address of ours at a free-mail provider; once for each.", HelpName = "domain", DefaultValueFactory = _ => [] };
        var who = new Option<string?>("--as") { Description = "The member whose import it is, by address; else the owner.", HelpName = "address" };
        var map = new Option<string[]>("--map") { Description = $"What a column holds, once for each: {Kinds}.", HelpName = "column=kind", DefaultValueFactory = _ => [] };
        var mailbox = new Option<string?>("--mailbox") { Description = "The mailbox that mail goes into; else it is called by the file.", HelpName = "name" };
        var shared = new Option<bool>("--shared") { Description = "Everybody may see the mail at once; else it is the member's alone until shared." };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be created, changed and skipped, and why." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Ask nothing." };
        var command = new Command("import", "Imports people, mail or open tasks. Giving the same files again changes nothing, or goes on where it stopped.") { files, ours, who, map, mailbox, shared, dry, yes, List(who), Undo(who) };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(services => RunAsync(services, new(parsed.GetValue(files)!, parsed.GetValue(ours)!, parsed.GetValue(who),
            parsed.GetValue(map)!, parsed.GetValue(mailbox), parsed.GetValue(shared), parsed.GetValue(dry), parsed.GetValue(yes)), parsed.InvocationConfiguration, ct), ct));
        return command;
    }

    private static Command List(Option<string?> who)
    {
        var command = new Command("list", "Lists imports, the newest first, a line each: id, date, state, counts, files.") { who };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var by = await WhichMember.FindAsync(services, parsed.GetValue(who), ct);
            foreach (var run in await services.GetRequiredService<RapportDb>().RecentImportsAsync(by, 200, ct))
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{run.Id}\t{run.At:yyyy-MM-dd HH:mm}\t{run.State.ToString().ToLowerInvariant()}\t{run.InWords()}\t{run.Name}");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Undo(Option<string?> who)
    {
        var id = new Argument<Guid>("id") { Description = "As 'rapport import list' shows it." };
        var command = new Command("undo", "Takes out again what an import brought, updates included; what was changed since stays and is named.") { id, who };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var by = await WhichMember.FindAsync(services, parsed.GetValue(who), ct);
            if (await services.GetRequiredService<UndoImport>().RunAsync(new(parsed.GetValue(id)), by, ct) is { } refusal) throw CommandFailedException.Of(refusal);
            var run = await services.GetRequiredService<RunImport>().RunAsync(new(parsed.GetValue(id)), null, ct);
            var output = parsed.InvocationConfiguration.Output;
            if (run?.State == ImportState.Failed) throw new CommandFailedException(run.Problem!);
            await output.WriteLineAsync(run is null ? "The running server undoes it." : run.Problem is null ? "Undone: everything is as it was before." : $"Undone, but for what was used since:\n{run.Problem}");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    // What cannot be read is said, and the rest goes on.
    private static async Task<int> RunAsync(IServiceProvider services, Wanted wanted, InvocationConfiguration streams, CancellationToken ct)
    {
        if (wanted.Files.Length == 0) throw new CommandFailedException("Say which files to import. 'rapport import --help' says more.", CommandLine.Misused);
        var files = wanted.Files.Select(f => Path.Exists(f) ? ImportFile.At(f) : throw new CommandFailedException($"{f}: there is no such file or folder. Check the path.", CommandLine.Misused)).ToList();
        var by = await WhichMember.FindAsync(services, wanted.As, ct);
        var code = CommandLine.Done;
        foreach (var some in services.GetRequiredService<Importers>().Apart(files).ToList())
        {
            try
            {
                code = Math.Max(code, await RunAsync(services, wanted, some, by, streams.Output, ct));
            }
            catch (CommandFailedException failure) when (some.Count < files.Count && !ct.IsCancellationRequested)
            {
                await streams.Error.WriteLineAsync(failure.Message);
                code = Math.Max(code, failure.ExitCode);
            }
        }
        return code;
    }

    private static async Task<int> RunAsync(IServiceProvider services, Wanted wanted, List<ImportFile> files, Actor by, TextWriter output, CancellationToken ct)
    {
        var options = new ImportOptions(wanted.Ours.Length == 0 ? null : wanted.Ours, wanted.Mailbox, wanted.Shared);
        var prepare = services.GetRequiredService<PrepareImport>();
        if (!(await prepare.PreviewAsync(files, options, wanted.DryRun && wanted.Map.Length == 0 ? int.MaxValue : 1_000, by, ct)).Succeeded(out var preview, out var unreadable)) throw Misused(unreadable);
        if (wanted.Map.Length > 0)
        {
            options = options with { Mapping = Mapped(preview.Mapping, wanted.Map) };
            if (!(await prepare.PreviewAsync(files, options, wanted.DryRun ? int.MaxValue : 1_000, by, ct)).Succeeded(out preview, out unreadable)) throw Misused(unreadable);
        }
        var progress = new ImportProgress(services, output);
        if (wanted.DryRun) return await progress.SayPreviewAsync(preview);
        if (!wanted.Yes && !progress.Agrees(preview)) return CommandLine.Failed;
        return await progress.RunAsync(await FindOrPrepareAsync(services, files, options, by, ct), options, by, ct);
    }

    // Somebody who gives the same files after an interruption wants to go on.
    private static async Task<ImportId> FindOrPrepareAsync(IServiceProvider services, List<ImportFile> files, ImportOptions options, Actor by, CancellationToken ct)
    {
        var recent = await services.GetRequiredService<RapportDb>().RecentImportsAsync(by, 50, ct);
        if (recent.FirstOrDefault(r => r.By == by.Id && !r.Uploaded && r.Files.SequenceEqual(files)) is { CanGoOn: true } open && (open.Position is null || options.Mapping is null)) return open.Id;
        return (await services.GetRequiredService<PrepareImport>().RunAsync(Ids.New<ImportId>(services.GetRequiredService<TimeProvider>()), files, options, uploaded: false, by, ct)).Succeeded(out var run, out var refusal)
            ? run.Id : throw Misused(refusal);
    }

    private static PeopleMapping Mapped(PeopleMapping? mapping, string[] said)
    {
        if (mapping is null) throw new CommandFailedException("These files have no columns to map.", CommandLine.Misused);
        foreach (var one in said)
        {
            var parts = one.Split('=', 2);
            var column = mapping.Columns.FirstOrDefault(c => c.Header.Equals(parts[0].Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new CommandFailedException($"There is no column '{parts[0]}'; there are: {string.Join(", ", mapping.Columns.Select(c => c.Header))}.", CommandLine.Misused);
            if (parts.Length < 2 || !Enum.TryParse<ColumnKind>(parts[1], ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
                throw new CommandFailedException($"'{one}' says no kind of column; write {parts[0]}=KIND with one of: {Kinds}.", CommandLine.Misused);
            mapping = mapping.With(column.Index, kind);
        }
        return mapping;
    }

    private static string Kinds => string.Join(", ", Enum.GetNames<ColumnKind>().Select(n => n.ToLowerInvariant()));

    private static CommandFailedException Misused(Refusal refusal) => new(refusal.Message, CommandLine.Misused);
}
