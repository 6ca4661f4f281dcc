using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>What came of trying one direction.</summary>
/// <param name="Server">What was tried, without its password; of several that might be it, the one that answered.</param>
/// <param name="Trouble">What is wrong and what to do; null when it works.</param>
/// <param name="Said">What works, in a sentence; null when it does not.</param>
public sealed record ServerTried(NewMailServer Server, MailTrouble? Trouble, string? Said);

/// <summary>What came of trying both directions.</summary>
/// <param name="Reading">By IMAP.</param>
/// <param name="Sending">By SMTP; null when nothing was to be sent.</param>
public sealed record BothTried(ServerTried Reading, ServerTried? Sending)
{
    /// <summary>Both work.</summary>
    public bool Works => Reading.Trouble is null && Sending?.Trouble is null;
}

/// <summary>Goes to mail servers, signs in and looks, in both directions. Stores nothing, sends nothing, changes nothing there.</summary>
public sealed class TryServers(RapportDb db, EnterMailServer enter, OpenMailDoor doors)
{
    /// <summary>Tries what was given; without a server's name the usual names at the address's domain. What is no address or no server is refused before anybody is asked.</summary>
    /// <param name="given">What is to be tried.</param>
    /// <param name="id">A mailbox that is connected already: where no password is given and nothing else changed, the one that is kept is tried.</param>
    /// <param name="by">Who looks after it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<BothTried>> RunAsync(NewConnection given, MailboxId? id, Actor by, CancellationToken ct)
    {
        var kept = id is { } connected && await db.MailboxAsync(connected, by, ct) is not null ? await db.ConnectionAsync(connected, ct) : null;
        if (given.CheckAddress() is { } noAddress) return noAddress;
        var reading = await CandidatesAsync(given, MailUse.Reading, given.Reading, ct);
        var sending = given.Sending is null ? null : await CandidatesAsync(given, MailUse.Sending, given.Sending, ct);
        if (reading.Concat(sending ?? []).Select((server, i) => server.Check(i < reading.Count ? MailUse.Reading : MailUse.Sending)).FirstOrDefault(wrong => wrong is not null) is { } refusal) return refusal;
        var tried = await Task.WhenAll(
            FirstAsync(MailUse.Reading, reading, kept?.Reading, ct),
            sending is null ? Task.FromResult<ServerTried?>(null) : FirstAsync(MailUse.Sending, sending, kept?.Sending, ct));
        return new BothTried(tried[0]!, tried[1]);
    }

    // As it is written, else where the provider's mailboxes lie, else under the usual names.
    private async Task<List<NewMailServer>> CandidatesAsync(NewConnection given, MailUse use, NewMailServer typed, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(typed.Host)) return [typed];
        var provider = typed.Provider is { } id ? await db.MailProviderAsync(id, ct) : null;
        if (provider?.Server(use) is { } known) return [typed with { Host = known.Host, Port = known.Port, Security = known.Security }];
        return [.. GuessServers.For(given.Address, use).Select(g => typed with { Host = g.Host, Port = g.Port, Security = g.Security, User = string.IsNullOrWhiteSpace(typed.User) ? g.User : typed.User })];
    }

    // Of several the first that is a server at all: whatever is wrong there beyond that is worth saying.
    private async Task<ServerTried?> FirstAsync(MailUse use, List<NewMailServer> servers, MailServer? kept, CancellationToken ct)
    {
        var all = await Task.WhenAll(servers.Select(server => OneAsync(use, server, kept, ct)));
        if (all.Length == 1) return all[0];
        return all.FirstOrDefault(t => t.Trouble is null)
            ?? all.FirstOrDefault(t => t.Trouble!.Kind is not (MailTroubleKind.NameUnknown or MailTroubleKind.Refused or MailTroubleKind.Timeout))
            ?? new(servers[0], new(MailTroubleKind.NameUnknown, $"No mail server for {(use == MailUse.Reading ? "reading" : "sending")} answers at {string.Join(" or ", servers.Select(s => s.Host).Distinct())}. Ask your provider for its name, and write it below."), null);
    }

    private async Task<ServerTried> OneAsync(MailUse use, NewMailServer server, MailServer? kept, CancellationToken ct)
    {
        var without = server with { Password = null, Port = server.Port ?? MailServer.UsualPort(use, server.Security) };
        try
        {
            // What is kept is tried as it is kept, and with nothing else.
            var known = kept is not null && string.IsNullOrEmpty(server.Password) && kept.IsAt(server);
            if (!known && server.Provider is not null) return new(without, null, await KnockAsync(MailDoor.Of(use, server with { User = null }), ct));
            var at = known ? await doors.RunAsync(kept!, ct) with { Port = without.Port!.Value } : MailDoor.Of(use, server);
            return new(without, null, use == MailUse.Reading ? await ReadAsync(at, ct) : await SendAsync(at, ct));
        }
        catch (MailTroubleException failure)
        {
            return new(without, failure.Trouble, null);
        }
    }

    // Before somebody signed in there is nothing to get in by; that the server is the right one can be seen all the same.
    private async Task<string> KnockAsync(MailDoor at, CancellationToken ct)
    {
        await using IAsyncDisposable line = at.Use == MailUse.Reading ? await enter.ImapAsync(at, ct) : await enter.SmtpAsync(at, ct);
        return $"{(at.Use == MailUse.Reading ? "Reading" : "Sending")}: {at.Host} answers. Whether it lets you in shows when you have signed in.";
    }

    private async Task<string> ReadAsync(MailDoor at, CancellationToken ct)
    {
        await using var line = await enter.ImapAsync(at, ct);
        await line.OpenAsync(line.Inbox, ct);
        var count = line.Inbox.Count;
        var sent = await line.SentAsync(ct);
        return $"Reading works: {count} mail{(count == 1 ? "" : "s")} in the inbox{(sent is null ? ", and no folder of sent mail was found" : $", what was sent lies in {sent.FullName}")}. {(line.Idles ? "New mail is seen at once." : "The server does not say when mail arrives, so it is asked from time to time.")}";
    }

    private async Task<string> SendAsync(MailDoor at, CancellationToken ct)
    {
        await using var line = await enter.SmtpAsync(at, ct);
        return line.SignedIn ? "Sending works: the server lets you in." : "Sending works: the server takes mail without a password.";
    }
}
