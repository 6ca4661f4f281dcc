using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Installation;

namespace Rapport.Channels;

/// <summary>How a mailbox is to be connected.</summary>
/// <param name="Address">The address that mail comes to, and is sent from.</param>
/// <param name="Reading">Where it is read, by IMAP.</param>
/// <param name="Sending">Where mail is handed over to be sent, by SMTP; null when it is only read.</param>
/// <param name="ReadFrom">The day from which on mail is read; a year back when left out.</param>
/// <param name="Everything">All of it is read, however old.</param>
public sealed record NewConnection(string? Address, NewMailServer Reading, NewMailServer? Sending = null, DateOnly? ReadFrom = null, bool Everything = false)
{
    /// <summary>Refused when it is no address.</summary>
    internal Refusal? CheckAddress() => EmailAddresses.Read(Address) is null ? Refusal.Invalid("connection.address", "Write the mailbox's address, like sales@example.com.", "address") : null;
}

/// <summary>Connects a mailbox to the server it lies on, or changes how: from then on it is read by itself.</summary>
public sealed class ConnectMailbox(RapportDb db, MailSecrets secrets, ExtendOurs extend, TimeProvider clock, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed)
{
    /// <summary>The signal that settings of a mailbox changed.</summary>
    public const string Changed = "mailboxes changed";

    /// <summary>Connects it as given. Does not try whether it works: a server may be away today.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, NewConnection given, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null) return Refusal.Missing("mailbox");
        if (given.CheckAddress() is { } wrong) return wrong;
        var address = EmailAddresses.Key(given.Address)!;
        if (await db.Set<MailboxConnection>().AnyAsync(c => c.Mailbox != id && c.Address == address, ct)) return Refusal.Conflict("connection.twice", $"{address} is connected already, as another mailbox. Change that one, or disconnect it first.");

        var now = clock.GetUtcNow();
        var connection = await db.ConnectionAsync(id, ct);
        if (connection is null) db.Add(connection = new MailboxConnection { Mailbox = id, ConnectedAt = now });
        (connection.Address, connection.ChangedAt) = (address, now);
        connection.ReadFrom = given.Everything ? null : given.ReadFrom ?? DateOnly.FromDateTime(now.UtcDateTime).AddYears(-1);
        if (await CheckProvidersAsync(connection, given, ct) is { } provider) return provider;
        var before = connection.Servers.Find(s => s.Use == MailUse.Reading)?.Account;
        if (Set(connection, MailUse.Reading, given.Reading) is { } reading) return reading;
        if (given.Sending is { } to && Set(connection, MailUse.Sending, to) is { } sending) return sending;
        if (given.Sending is null && connection.Sending is { } gone) db.Remove(gone);
        var moved = before is not null && before != connection.Reading.Account;
        await using var transaction = moved ? await db.Database.BeginTransactionAsync(ct) : null;
        if (moved) await db.ForgetReadingAsync(id, ct);
        if (await MakeOursAsync(address, by, ct) is { } notOurs) return notOurs;
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await db.TryAgainAsync(id, ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        changed.Wake();
        return null;
    }

    // What a provider permitted is, as a password is, not taken along to another server or user: one signs in again.
    private async Task<Refusal?> CheckProvidersAsync(MailboxConnection connection, NewConnection given, CancellationToken ct)
    {
        var servers = new[] { given.Reading, given.Sending }.OfType<NewMailServer>().Where(s => s.Provider is not null).ToList();
        var providers = servers.Select(s => s.Provider!.Value).Distinct().ToList();
        if (providers.Count > 1) return Refusal.Invalid("server.provider", "Reading and sending sign in at one provider.", NewMailServer.Field(MailUse.Sending, "provider"));
        if (providers is [var one] && await db.MailProviderAsync(one, ct) is null) return Refusal.Invalid("server.provider", "There is no such provider. An administrator sets it up under Settings, Mailboxes, Signing in at providers.", NewMailServer.Field(MailUse.Reading, "provider"));
        if (servers.Count > 0 && servers.TrueForAll(s => connection.Servers.Exists(kept => kept.IsAt(s)))) return null;
        if (await db.Set<MailGrant>().SingleOrDefaultAsync(g => g.Mailbox == connection.Mailbox, ct) is { } grant) db.Remove(grant);
        return null;
    }

    private Refusal? Set(MailboxConnection connection, MailUse use, NewMailServer given)
    {
        var server = connection.Servers.Find(s => s.Use == use);
        if (server is null) connection.Servers.Add(server = new MailServer { Mailbox = connection.Mailbox, Use = use });
        return server.Set(given, secrets);
    }

    // What is not ours is taken for a customer's, and what they sent for mail to us.
    private async Task<Refusal?> MakeOursAsync(string address, Actor by, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is { } installation && installation.IsOurs(address)) return null;
        return by.May(Roles.Administrator)
            ? await extend.RunAsync([address], by, ct)
            : Refusal.Forbidden("ours.administrator", $"{address} is not an address of ours as far as Rapport knows. An administrator adds it under Organisation, or connects the mailbox.");
    }
}

/// <summary>Stops reading a mailbox for a while, and goes on where it stopped.</summary>
public sealed class PauseMailbox(RapportDb db, TimeProvider clock, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed)
{
    /// <summary>Pauses it.</summary>
    public Task<Refusal?> RunAsync(MailboxId id, Actor by, CancellationToken ct) => SetAsync(id, clock.GetUtcNow(), by, ct);

    /// <summary>Goes on.</summary>
    public Task<Refusal?> ResumeAsync(MailboxId id, Actor by, CancellationToken ct) => SetAsync(id, null, by, ct);

    private async Task<Refusal?> SetAsync(MailboxId id, DateTimeOffset? pausedAt, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null || await db.ConnectionAsync(id, ct) is not { } connection) return Refusal.Missing("connection");
        if (connection.PausedAt is null == pausedAt is null) return null;
        connection.PausedAt = pausedAt;
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        if (pausedAt is null) await db.TryAgainAsync(id, ct);
        changed.Wake();
        return null;
    }
}

/// <summary>Tries a mailbox again now: its server, and what it did not give or was too large.</summary>
public sealed class TryMailboxAgain(RapportDb db, TimeProvider clock, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed)
{
    /// <summary>Tries it again.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null || await db.ConnectionAsync(id, ct) is not { } connection) return Refusal.Missing("connection");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<FetchedMail>().Where(f => f.Mailbox == id && f.State != FetchedAs.Stored).ExecuteDeleteAsync(ct);
        // Whoever reads it begins anew when its settings are of another version.
        connection.ChangedAt = clock.GetUtcNow();
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await db.TryAgainAsync(id, ct);
        await transaction.CommitAsync(ct);
        changed.Wake();
        return null;
    }
}

/// <summary>Disconnects a mailbox: its passwords, what a provider permitted and its progress go, its mail stays.</summary>
public sealed class DisconnectMailbox(RapportDb db, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed)
{
    /// <summary>Disconnects it.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null || await db.ConnectionAsync(id, ct) is not { } connection) return Refusal.Missing("connection");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.ForgetReadingAsync(id, ct);
        db.Remove(connection);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        changed.Wake();
        return null;
    }
}

/// <summary>How to reach connections.</summary>
public static class ConnectionSets
{
    /// <summary>How a mailbox is connected, with its servers; null when it is not. Sending signs in by its <see cref="MailboxConnection.Sending"/>.</summary>
    public static Task<MailboxConnection?> ConnectionAsync(this RapportDb db, MailboxId id, CancellationToken ct) => db.Set<MailboxConnection>().SingleOrDefaultAsync(c => c.Mailbox == id, ct);

    // Another account may number its mails as the last one did, from the same beginning: what was dealt with says nothing there, and what is here already is not stored twice.
    internal static async Task ForgetReadingAsync(this RapportDb db, MailboxId id, CancellationToken ct)
    {
        await db.Set<FetchedMail>().Where(f => f.Mailbox == id).ExecuteDeleteAsync(ct);
        await db.Set<MailboxFolder>().Where(f => f.Mailbox == id).ExecuteDeleteAsync(ct);
    }

    internal static async Task TryAgainAsync(this RapportDb db, MailboxId id, CancellationToken ct)
    {
        await db.Set<MailboxConnection>().Where(c => c.Mailbox == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.RetryAt, (DateTimeOffset?)null).SetProperty(c => c.Attempts, 0), ct);
        await db.Set<Outbox>().Where(o => o.Mailbox == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetryAt, (DateTimeOffset?)null).SetProperty(o => o.Attempts, 0), ct);
    }
}
