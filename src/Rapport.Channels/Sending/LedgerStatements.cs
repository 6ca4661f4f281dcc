using System.Data.Common;
using System.Runtime.CompilerServices;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>What is written of every mail on its way out, for all that are at the ledger together: in SQL that both databases understand, because saying it by EF takes many times as long as doing it. Whatever is not of every mail is said by EF, in <see cref="DispatchLedger"/>.</summary>
internal static class LedgerStatements
{
    private const int MostKept = 64;

    // Read anew for every turn these took 0.2 to 0.3 ms of a processor a mail, so each is kept with its connection, one for each number of rows.
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Kept = [];

    /// <summary>Takes in hands what of this still waits and is due, while the node holds the mailbox. Gives what it is now answerable for.</summary>
    public static async Task<ILookup<InteractionId, string>> ClaimAsync(RapportDb db, MailboxId mailbox, Guid holder, IReadOnlyList<DueErrand> wanted, Guid claim, DateTimeOffset now, CancellationToken ct)
    {
        var command = await CommandAsync(db, now, ct);
        Dialect.Add(command, "@claim", db.Dialect.Stored(claim));
        Dialect.Add(command, "@mailbox", db.Dialect.Stored(mailbox.Value));
        Dialect.Add(command, "@holder", db.Dialect.Stored(holder));
        command.CommandText = $"""
            WITH wanted(mail, recipient) AS (VALUES {Dialect.Values(command, wanted.SelectMany(w => w.Recipients.Select(r => new object?[] { w.Interaction.Value, r })))})
            UPDATE dispatches SET state = 'Claimed', state_at = @now, claim = @claim
            FROM wanted
            WHERE interaction = mail AND address = wanted.recipient AND state = 'Queued' AND due_at <= @now
            AND EXISTS (SELECT 1 FROM outboxes WHERE mailbox = @mailbox AND holder = @holder AND held_until > @now)
            RETURNING interaction, address
            """;
        await using var reader = await Known(command).ExecuteReaderAsync(ct);
        var claimed = new List<(InteractionId Mail, string Address)>();
        while (await reader.ReadAsync(ct)) claimed.Add((InteractionId.From(reader.GetInt64(0)), reader.GetString(1)));
        return claimed.ToLookup(c => c.Mail, c => c.Address);
    }

    /// <summary>These are being tried now.</summary>
    public static Task TriedAsync(RapportDb db, IEnumerable<InteractionId> mails, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(db, mails.Select(m => new object?[] { m.Value }), these => $"UPDATE outgoing_mails SET tried_at = @now WHERE interaction IN (VALUES {these})", now, ct);

    /// <summary>The server took these for all their recipients, with these words. A report that was quicker than this stands; what another node called in doubt meanwhile is none any more.</summary>
    public static Task HandedOverAsync(RapportDb db, IEnumerable<(Errand Errand, string Said)> taken, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(db, taken.Select(t => new object?[] { t.Errand.Interaction.Value, db.Dialect.Stored(t.Errand.Claim), t.Said }), these => $"""
            WITH taken(mail, hands, words) AS (VALUES {these})
            UPDATE dispatches SET state = 'HandedOver', state_at = @now, said = words, settled_by = NULL, attempts = attempts + 1
            FROM taken
            WHERE interaction = mail AND claim = hands AND state IN ('Claimed', 'Unknown')
            """, now, ct);

    /// <summary>A copy of these that is wanted and not due yet is due then.</summary>
    public static Task CopyAsync(RapportDb db, IEnumerable<InteractionId> mails, DateTimeOffset due, CancellationToken ct) =>
        RunAsync(db, mails.Select(m => new object?[] { m.Value }), these => $"UPDATE outgoing_mails SET copy_due_at = @now WHERE interaction IN (VALUES {these}) AND copy = 'Wanted' AND copy_due_at IS NULL", due, ct);

    private static async Task RunAsync(RapportDb db, IEnumerable<object?[]> rows, Func<string, string> sql, DateTimeOffset now, CancellationToken ct)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        var command = await CommandAsync(db, now, ct);
        command.CommandText = sql(Dialect.Values(command, all));
        await Known(command).ExecuteNonQueryAsync(ct);
    }

    private static DbCommand Known(DbCommand asked)
    {
        var kept = Kept.GetOrCreateValue(asked.Connection!);
        if (kept.TryGetValue(asked.CommandText, out var known))
        {
            for (var i = 0; i < asked.Parameters.Count; i++) known.Parameters[i].Value = asked.Parameters[i].Value;
            known.Transaction = asked.Transaction;
            asked.Dispose();
            return known;
        }
        if (kept.Count == MostKept)
        {
            foreach (var command in kept.Values) command.Dispose();
            kept.Clear();
        }
        return kept[asked.CommandText] = asked;
    }

    private static async Task<DbCommand> CommandAsync(RapportDb db, DateTimeOffset now, CancellationToken ct)
    {
        var command = await Dialect.CommandAsync(db, "", ct);
        Dialect.Add(command, "@now", db.Dialect.Stored(now));
        return command;
    }
}
