using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Opens a mailbox and connects it, or does neither: one that was refused its server leaves no empty mailbox behind.</summary>
public sealed class ConnectNewMailbox(RapportDb db, OpenMailbox open, ConnectMailbox connect, MailSecrets secrets)
{
    /// <summary>The mailbox, connected.</summary>
    /// <param name="name">What it is called; a mailbox of that name that was only imported into is connected.</param>
    /// <param name="with">The team's or everyone's; null for one's own.</param>
    /// <param name="given">How it is connected.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<MailboxId>> RunAsync(string name, Sharing? with, NewConnection given, Actor by, CancellationToken ct)
    {
        // Sealing may make a key first, on a connection of its own, which would wait for our transaction.
        secrets.Seal("");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var opened = with is { } sharing ? await open.SharedAsync(name, sharing, by, ct) : await open.RunAsync(name, by, ct);
        if (!opened.Succeeded(out var id, out var refusal)) return refusal;
        if (await db.ConnectionAsync(id, ct) is not null) return Refusal.Conflict("mailbox.known", "There is a connected mailbox of that name already. Give this one another name.");
        if (await connect.RunAsync(id, given, by, ct) is { } refused)
        {
            db.ChangeTracker.Clear();
            return refused;
        }
        await transaction.CommitAsync(ct);
        return id;
    }
}
