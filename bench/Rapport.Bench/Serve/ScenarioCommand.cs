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
    /// <summary>The mail server that is sent to, HOST:PORT; null for one that takes everything and keeps nothing.</summary>
    public string? Server { get; init; }
    /// <summary>After what time that one answers, as one over a network does.</summary>
    public TimeSpan AnswerAfter { get; init; }
    /// <summary>Says for each tenth of the way what it took, and what memory was held.</summary>
    public bool Tenths { get; init; }

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
        var server = new Option<string?>("--server") { Description = "send: to this mail server, which takes mail for anybody (bin/postfix starts one); else to one that keeps nothing.", HelpName = "host:port" };
        var answerAfter = new Option<int>("--answer-after") { Description = "send: that one answers after so many milliseconds, as over a network.", HelpName = "milliseconds" };
        var tenths = new Option<bool>("--tenths") { Description = "send, intake: a row for each tenth of the way, with the memory of its own that the program held then." };
        var command = new Command(name, description) { data, BenchOptions.Database, program, requests, count, json, quick, server, answerAfter, tenths };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = new Settings(parsed.GetValue(data), parsed.GetValue(BenchOptions.Database), parsed.GetValue(program)!, parsed.GetValue(requests), parsed.GetValue(count) ?? name switch { "import" => 1_000_000, "send" => 5_000, "remind" => 100_000, _ => 20_000 }, parsed.GetValue(quick)) { Server = parsed.GetValue(server), AnswerAfter = TimeSpan.FromMilliseconds(parsed.GetValue(answerAfter)), Tenths = parsed.GetValue(tenths) };
            if (!File.Exists(settings.Program)) throw new BenchException($"There is no program {settings.Program}; build or publish it first.");
            var measured = await scenario.RunAsync(settings, ct);
            await Report.PrintAsync(name, settings, measured, parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(json) is { } file) await Report.WriteAsync(name, settings, measured, file, ct);
            return 0;
        });
        return command;
    }
}
