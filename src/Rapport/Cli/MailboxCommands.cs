using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Pages;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary><c>rapport mailbox</c>: connects mailboxes, lists them, tries their servers.</summary>
internal static class MailboxCommands
{
    private const string PasswordVariable = "RAPPORT_MAIL_PASSWORD";

    public static Command Build() => new("mailbox", "Connects mailboxes to their mail servers, lists them, tries them.") { Add(), List(), Check() };

    private static Command Add()
    {
        var address = new Argument<string>("address") { Description = "The address of the mailbox." };
        var who = new Option<string?>("--as") { Description = "The member whose it is, by address; else the owner.", HelpName = "address" };
        var team = new Option<string?>("--team") { Description = "The team whose it is, by name; or 'everyone'.", HelpName = "name" };
        var name = new Option<string?>("--name") { Description = "What it is called; else as its address.", HelpName = "name" };
        var reading = new Option<string?>("--reading") { Description = "Where it is read, like tls://imap.example.com:993 or starttls://...; else the usual names are tried.", HelpName = "server" };
        var sending = new Option<string?>("--sending") { Description = "Where mail is handed over, like starttls://smtp.example.com:587, or 'none'; else the usual names are tried.", HelpName = "server" };
        var user = new Option<string?>("--user") { Description = "Who signs in; else the address.", HelpName = "user" };
        var since = new Option<string?>("--since") { Description = "From which day on mail is read, like 2026-01-31, or 'everything'; else a year.", HelpName = "day" };
        var command = new Command("add", $"Connects a mailbox after trying it. The password is taken from {PasswordVariable}, else from standard input.") { address, who, team, name, reading, sending, user, since };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var by = await WhichMember.FindAsync(services, parsed.GetValue(who), ct);
            var password = Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set ? set : await Console.In.ReadLineAsync(ct) ?? "";
            var (read, send) = (Server(parsed.GetValue(reading)), parsed.GetValue(sending) == "none" ? null : Server(parsed.GetValue(sending)));
            var signsIn = parsed.GetValue(user) ?? parsed.GetValue(address);
            var given = new NewConnection(parsed.GetValue(address), read with { User = signsIn, Password = password }, send is null ? null : send with { User = signsIn, Password = password }, Day(parsed.GetValue(since)), parsed.GetValue(since) == "everything");
            var tried = await TryAsync(services, given, by, ct);
            given = given with { Reading = At(given.Reading, tried.Reading), Sending = given.Sending is { } outward ? At(outward, tried.Sending!) : null };
            var called = parsed.GetValue(name) ?? given.Address!;
            var whose = parsed.GetValue(team) is { } named ? await SharingAsync(services, named, ct) : (Sharing?)null;
            if (!(await services.GetRequiredService<ConnectNewMailbox>().RunAsync(called, whose, given, by, ct)).Succeeded(out _, out var refusal)) throw CommandFailedException.Of(refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{tried.Reading.Said}{(tried.Sending is { } sent ? $"\n{sent.Said}" : "")}\nConnected. The running server begins to read it within seconds.");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the connected mailboxes, a line each: name, address, state, last contact, mails not here yet, what is wrong.");
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            foreach (var state in await services.GetRequiredService<MailboxStates>().ListAsync(Where.CommandLine, ct))
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{state.Name}\t{state.Address}\t{MailboxWords.Short(state)}\t{(state.ContactAt is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "never")}\t{state.Folders.Sum(f => f.Missing)}\t{string.Join(' ', state.Alarms.Select(a => a.Sentence))}");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Check()
    {
        var name = new Argument<string>("mailbox") { Description = "Its name or its address." };
        var command = new Command("check", "Tries the servers of a connected mailbox in both directions; exit code 1 when something is wrong.") { name };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var wanted = parsed.GetValue(name)!;
            var states = (await services.GetRequiredService<MailboxStates>().ListAsync(Where.CommandLine, ct)).Where(s => s.Address.Equals(wanted, StringComparison.OrdinalIgnoreCase) || s.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (states is not [var state]) throw new CommandFailedException(states.Count == 0 ? $"No connected mailbox is called {wanted}. 'rapport mailbox list' shows them." : $"Several are called {wanted}; say which by its address.");
            if (!(await services.GetRequiredService<TryServers>().RunAsync(state.AsConnected(), state.Id, Where.CommandLine, ct)).Succeeded(out var tried, out var refusal)) throw CommandFailedException.Of(refusal);
            foreach (var one in new[] { tried.Reading, tried.Sending }.OfType<ServerTried>()) await parsed.InvocationConfiguration.Output.WriteLineAsync(one.Said ?? one.Trouble!.Sentence);
            return tried.Works ? CommandLine.Done : CommandLine.Failed;
        }, ct));
        return command;
    }

    private static async Task<BothTried> TryAsync(IServiceProvider services, NewConnection given, Actor by, CancellationToken ct)
    {
        if (!(await services.GetRequiredService<TryServers>().RunAsync(given, null, by, ct)).Succeeded(out var tried, out var refusal)) throw CommandFailedException.Of(refusal);
        return tried.Works ? tried : throw new CommandFailedException(string.Join(' ', new[] { tried.Reading.Trouble?.Sentence, tried.Sending?.Trouble?.Sentence }.OfType<string>()) + " Nothing was stored.");
    }

    private static async Task<Sharing> SharingAsync(IServiceProvider services, string whose, CancellationToken ct)
    {
        if (whose == "everyone") return new(Visibility.Everyone);
        var team = (await services.GetRequiredService<RapportDb>().TeamsAsync(ct)).Find(t => t.Name.Equals(whose, StringComparison.OrdinalIgnoreCase)) ?? throw new CommandFailedException($"There is no team called {whose}.");
        return new(Visibility.Team, team.Id);
    }

    private static NewMailServer At(NewMailServer given, ServerTried tried) => given with { Host = tried.Server.Host, Port = tried.Server.Port, Security = tried.Server.Security };

    private static NewMailServer Server(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new(null);
        return NewMailServer.Parse(text) ?? throw new CommandFailedException($"\"{text}\" is no server; write it like tls://imap.example.com:993, starttls://smtp.example.com:587, or none://localhost:143.", CommandLine.Misused);
    }

    private static DateOnly? Day(string? text) => text is null or "everything" ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new CommandFailedException($"\"{text}\" is no day; write it like 2026-01-31.", CommandLine.Misused);
}
