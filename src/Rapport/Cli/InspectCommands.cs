using System.CommandLine;
using System.Text;
using Rapport.Channels.Mail;
using Rapport.Commitments;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Calendar;

namespace Rapport.Cli;

/// <summary><c>rapport inspect</c>: shows how Rapport reads things, one JSON object a line, changing nothing.</summary>
internal static class InspectCommands
{
    public static Command Build() => new("inspect", "Shows how Rapport reads mail, replies, due dates and commitments: one JSON object a line, changing nothing.") { Mail(), Reply(), Due(), Commitments() };

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
        var (at, zone) = (new Option<string>("--at") { Description = "When it was said, like 2026-11-22T10:00.", Required = true, HelpName = "moment" }, Zone());
        var command = new Command("due", "Reads due dates from phrases on standard input, one a line.") { at, zone };
        command.SetAction(parsed =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            var context = Context(parsed.GetRequiredValue(at), parsed.GetRequiredValue(zone));
            return InspectDue.Run(input, parsed.InvocationConfiguration.Output, context.At, context.Zone, context.Calendar);
        });
        return command;
    }

    private static Command Commitments()
    {
        var speaker = new Option<string>("--speaker") { Description = "Who speaks: ours or theirs. What they would commit to is theirs then.", HelpName = "side", DefaultValueFactory = _ => "ours" };
        speaker.AcceptOnlyFromAmong("ours", "theirs");
        var (at, zone) = (new Option<string?>("--at") { Description = "When it was said, like 2026-11-22T10:00; now when not given.", HelpName = "moment" }, Zone());
        var command = new Command("commitments", "Reads commitments from sentences on standard input, one a line: how probable, of what kind, by when, and the words that weighed.") { speaker, at, zone };
        command.SetAction(parsed =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            var side = parsed.GetRequiredValue(speaker) == "ours" ? Side.OursToThem : Side.TheirsToUs;
            return InspectCommitments.Run(input, parsed.InvocationConfiguration.Output, side, Context(parsed.GetValue(at), parsed.GetRequiredValue(zone)));
        });
        return command;
    }

    private static Option<string> Zone() => new("--zone") { Description = "The zone of whom it was said to, like Europe/Berlin; UTC when not given.", HelpName = "zone", DefaultValueFactory = _ => "UTC" };

    private static DueContext Context(string? at, string zone)
    {
        var when = TimeProvider.System.GetUtcNow();
        if (!DueContext.TryParseZone(zone, out var where, out var problem) || at is not null && !DueContext.TryParseAt(at, where, out when, out problem)) throw new CommandFailedException(problem, CommandLine.Misused);
        return new(when, where, BusinessCalendar.Standard(where));
    }
}
