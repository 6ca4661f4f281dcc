using System.CommandLine;
using System.Text;
using Rapport.Channels.Mail;
using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Cli;

/// <summary><c>rapport inspect</c>: shows how Rapport reads things, one JSON object a line, changing nothing.</summary>
internal static class InspectCommands
{
    public static Command Build() => new("inspect", "Shows how Rapport reads mail, replies and due dates: one JSON object a line, changing nothing.") { Mail(), Reply(), Due() };

    private static Command Mail() => Paths("mail", "Reads mails: .eml files, mbox files, Maildirs, or folders of them in name order.", InspectMail.RunAsync);

    private static Command Reply() => Paths("reply", "Tells the reply from the quoted rest in plain text bodies, a file each.", InspectReply.RunAsync);

    private static Command Paths(string name, string help, Func<IReadOnlyList<string>, TextWriter, CancellationToken, Task<int>> run)
    {
        var paths = new Argument<string[]>("path") { Description = "Files or folders.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, help) { paths };
        command.SetAction((parsed, ct) => run(parsed.GetRequiredValue(paths), parsed.InvocationConfiguration.Output, ct));
        return command;
    }

    private static Command Due()
    {
        var at = new Option<string>("--at") { Description = "When it was said, like 2026-11-22T10:00.", Required = true, HelpName = "moment" };
        var zone = new Option<string>("--zone") { Description = "The zone of whom it was said to, like Europe/Berlin; UTC when not given.", HelpName = "zone", DefaultValueFactory = _ => "UTC" };
        var command = new Command("due", "Reads due dates from phrases on standard input, one a line.") { at, zone };
        command.SetAction(parsed =>
        {
            if (!DueContext.TryParseZone(parsed.GetRequiredValue(zone), out var where, out var problem) || !DueContext.TryParseAt(parsed.GetRequiredValue(at), where, out var when, out problem))
                throw new CommandFailedException(problem, CommandLine.Misused);
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            return InspectDue.Run(input, parsed.InvocationConfiguration.Output, when, where, BusinessCalendar.Standard(where));
        });
        return command;
    }
}
