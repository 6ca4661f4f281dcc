using System.CommandLine;
using System.CommandLine.Parsing;
using Rapport.Kernel.Database;

namespace Rapport.Cli;

/// <summary>The verbs of <c>rapport</c>, and how what goes wrong is said: one sentence on the error stream and an exit code, never a stack trace.</summary>
internal static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Done = 0;
    /// <summary>It could not be done.</summary>
    public const int Failed = 1;
    /// <summary>It was asked for wrongly.</summary>
    public const int Misused = 2;

    private static IEnumerable<Command> Verbs() =>
    [
        ServeCommand.Build(),
        DemoCommand.Build(),
        MemberCommands.Build(),
        TokenCommands.Build(),
        JournalCommands.Build(),
        ImportCommand.Build(),
        MailboxCommands.Build(),
        ReceiveCommand.Build(),
        MigrateCommand.Build(),
        CommitmentCommands.BuildCommitments(),
        CommitmentCommands.BuildCommit(),
        InspectCommands.Build(),
    ];

    /// <summary>Runs one command line and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        var root = new RootCommand("Rapport: know your customers, keep them informed, listen to them, keep your word.\n\n"
            + "Data lies in the folder RAPPORT_DATA (./data), or in the PostgreSQL database RAPPORT_DATABASE (postgres://... or Host=...;...).");
        foreach (var verb in Verbs()) root.Subcommands.Add(verb);
        // With no verb: help, and no complaint.
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors is [var wrong, ..])
        {
            var of = string.Join(' ', Names(parsed.CommandResult));
            var sentence = parsed.UnmatchedTokens is [var unknown, ..] ? $"'{of}' does not know '{unknown}'." : wrong.Message;
            await error.WriteLineAsync($"{sentence} '{of} --help' says more.");
            return parsed.CommandResult.Command.Name == "receive" ? ReceiveCommand.UsageError : Misused;
        }
        try
        {
            // Ctrl+C lets an import put away its batch and say how to go on.
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }, ct);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("It was stopped before it was done. The same command begins again.");
            return Failed;
        }
        catch (CommandFailedException failure)
        {
            await error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, Where.Address()) is { } trouble)
        {
            await error.WriteLineAsync(trouble.Sentence);
            return Failed;
        }
        catch (Exception failure)
        {
            var asked = Environment.GetEnvironmentVariable("RAPPORT_TRACE") is { Length: > 0 };
            await error.WriteLineAsync(asked ? failure.ToString() : $"That is a fault of Rapport: {failure.Message.ReplaceLineEndings(" ")} ({failure.GetType().Name}). Nothing was half done. With RAPPORT_TRACE=1 it says where, for a report.");
            return Failed;
        }
    }

    private static IEnumerable<string> Names(CommandResult command) =>
        command.Parent is CommandResult parent ? Names(parent).Append(command.Command.Name) : ["rapport"];
}

/// <summary>A verb could not do what it was asked to; the message is what the person reads.</summary>
internal sealed class CommandFailedException(string message, int exitCode = CommandLine.Failed) : Exception(message)
{
    /// <summary>What the shell sees.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>With what a deed refused.</summary>
    public static CommandFailedException Of(Refusal refusal) => new(refusal.Message);
}
