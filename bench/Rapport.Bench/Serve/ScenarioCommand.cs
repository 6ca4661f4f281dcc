using System.CommandLine;

namespace Rapport.Bench;

/// <summary>What every scenario is told.</summary>
/// <param name="Data">The folder that <c>generate</c> made; null for a new one.</param>
/// <param name="Database">PostgreSQL instead of the SQLite file in the folder.</param>
/// <param name="Program">The <c>rapport</c> that is measured.</param>
/// <param name="Requests">How often each thing is asked.</param>
/// <param name="Count">How many rows, or mails.</param>
/// <param name="Quick">Waits for nothing: a smoke test.</param>
internal sealed record Settings(string? Data, string? Database, string Program, int Requests, int Count, bool Quick)
{
    public Plan Plan => Plan.Read(Data ?? throw new BenchException("Say which database with --data."));
}

/// <summary>Something that is measured.</summary>
internal interface IScenario
{
    Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct);
}

internal static class BenchOptions
{
    public static Option<string?> Database { get; } = new("--database") { Description = "A PostgreSQL connection string; else the SQLite file in the folder.", HelpName = "connection" };
}

/// <summary>A scenario as a verb: runs it, prints its table, writes its JSON.</summary>
internal static class ScenarioCommand
{
    public static Command Build(string name, string description, IScenario scenario)
    {
        var data = new Option<string?>("--data") { Description = "The folder that 'generate' made; import, intake, send and remind make their own where none is named.", HelpName = "folder" };
        var program = new Option<string>("--program") { Description = "The rapport to measure; else the one built with this program.", HelpName = "file", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "rapport.dll") };
        var requests = new Option<int>("--requests") { Description = "How often each thing is asked, after as many again to warm up, at most 200.", DefaultValueFactory = _ => 200 };
        var count = new Option<int?>("--count") { Description = "How many rows to import (1,000,000), mails to take in (20,000) or to send (5,000), commitments to remind of (100,000)." };
        var json = new Option<string?>("--json") { Description = "Writes the numbers there as well.", HelpName = "file" };
        var quick = new Option<bool>("--quick") { Description = "Waits for nothing and measures little: only to see that it runs." };
        var command = new Command(name, description) { data, BenchOptions.Database, program, requests, count, json, quick };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = new Settings(parsed.GetValue(data), parsed.GetValue(BenchOptions.Database), parsed.GetValue(program)!, parsed.GetValue(requests), parsed.GetValue(count) ?? name switch { "import" => 1_000_000, "send" => 5_000, "remind" => 100_000, _ => 20_000 }, parsed.GetValue(quick));
            if (!File.Exists(settings.Program)) throw new BenchException($"There is no program {settings.Program}; build or publish it first.");
            var measured = await scenario.RunAsync(settings, ct);
            await Report.PrintAsync(name, settings, measured, parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(json) is { } file) await Report.WriteAsync(name, settings, measured, file, ct);
            return 0;
        });
        return command;
    }
}
