using System.CommandLine;
using Rapport.Kernel.Journal;

namespace Rapport.Cli;

/// <summary><c>rapport journal</c>: the record of every change.</summary>
internal static class JournalCommands
{
    public static Command Build() => new("journal", "Proves that the record of changes is whole.") { Verify() };

    private static Command Verify()
    {
        var command = new Command("verify", "Walks the hash chain of the journal; exit code 1 where it is broken.");
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var verdict = await services.GetRequiredService<VerifyJournal>().RunAsync(ct);
            if (verdict.BrokenAt is { } line) throw new CommandFailedException($"The journal is broken at line {line}. {verdict.Why}");
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"The journal is whole: {verdict.Lines} lines, of which {verdict.Erased} have had their contents erased.\nKeep the hash of its last line elsewhere, and you can prove later that none was cut off: {verdict.Last}");
            return CommandLine.Done;
        }, ct));
        return command;
    }
}
