using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A person settles what became of a mail to one recipient: what is in doubt is never sent again by itself (U7).</summary>
public sealed class SettleDispatch(RapportDb db, QueueMail queue, IEnumerable<IOutdateMail> outdate, TimeProvider clock)
{
    private static readonly Refusal NotNow = Refusal.Conflict("dispatch.settled", "It is settled already, or still on its way.");

    /// <summary>It arrived after all.</summary>
    public Task<Refusal?> ArrivedAsync(InteractionId id, string recipient, Actor by, CancellationToken ct) =>
        SettleAsync(id, recipient, [DispatchState.Unknown, DispatchState.Failed], DispatchState.Delivered, $"{by.Name} says that it arrived.", by, ct);

    /// <summary>It is sent to them again, under the same Message-ID, by which mail systems know it for the same; refused where nothing is sent any more (U9).</summary>
    public async Task<Refusal?> SendAgainAsync(InteractionId id, string recipient, Actor by, CancellationToken ct)
    {
        // What the server said of this very mail is what is tried again.
        if ((await db.SuppressedAsync([recipient], ct)).Values.SingleOrDefault() is { } unwanted && unwanted.Report != id)
            return await MineAsync(id, recipient, by, ct) is null ? Refusal.Missing("dispatch") : Refusal.Conflict("recipient.suppressed", $"Nothing is sent to {unwanted.Address}: {unwanted.Words}. Say on their page that it may be written to again, or leave it at that.");
        var refusal = await SettleAsync(id, recipient, [DispatchState.Unknown, DispatchState.Failed], DispatchState.Queued, $"{by.Name} sends it again.", by, ct);
        if (refusal is null) queue.Wake();
        return refusal;
    }

    /// <summary>It is left at that: it did not arrive, and nobody needs to be told any more.</summary>
    public Task<Refusal?> LeaveAsync(InteractionId id, string recipient, Actor by, CancellationToken ct) =>
        SettleAsync(id, recipient, [DispatchState.Unknown, DispatchState.Failed], DispatchState.Failed, null, by, ct);

    private async Task<Refusal?> SettleAsync(InteractionId id, string recipient, IReadOnlyList<DispatchState> from, DispatchState to, string? said, Actor by, CancellationToken ct)
    {
        var key = EmailAddresses.Key(recipient) ?? recipient;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await MineAsync(id, key, by, ct) is not { } mine) return Refusal.Missing("dispatch");
        if (mine.IsCancelled) return Refusal.Conflict("dispatch.cancelled", mine.Said ?? "It was taken back before it left.");
        if (to == DispatchState.Queued && (await outdate.OutdatedAsync([id], ct)).TryGetValue(id, out var why)) return Refusal.Conflict("dispatch.outdated", why);
        var done = await db.Set<Dispatch>().Where(d => d.Interaction == id && d.Recipient == key && EF.Parameter(from).Contains(d.State)).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, to).SetProperty(d => d.StateAt, now)
            .SetProperty(d => d.DueAt, now).SetProperty(d => d.Claim, (Guid?)null).SetProperty(d => d.Attempts, 0).SetProperty(d => d.Said, d => said ?? d.Said).SetProperty(d => d.SettledBy, by.Id), ct);
        if (done == 0) return NotNow;
        // Five days are counted anew from here.
        if (to == DispatchState.Queued) await db.Set<OutgoingMail>().Where(m => m.Interaction == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.QueuedAt, now), ct);
        // What the server refused at once is no news of the address any more; a bounce that came back stays.
        if (to != DispatchState.Failed) await db.Set<AddressReport>().Where(r => r.Interaction == id && r.Address == key).ExecuteDeleteAsync(ct);
        db.Note(to switch { DispatchState.Queued => "mail.sent-again", DispatchState.Failed => "mail.left", _ => "mail.arrived" }, $"interactions/{id}", new { recipient = key });
        if (to == DispatchState.Delivered) db.Happened(new DispatchSettled(id, to, now), by);
        if (to == DispatchState.Delivered) await db.CopyOnceOutAsync([id], now, ct);
        db.Changed((await db.Set<Interaction>().Where(i => i.Id == id).Select(i => i.Conversation).SingleAsync(ct)).Value);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return null;
    }

    private Task<Dispatch?> MineAsync(InteractionId id, string recipient, Actor by, CancellationToken ct)
    {
        var key = EmailAddresses.Key(recipient) ?? recipient;
        return db.DispatchesToSettle(by).AsNoTracking().SingleOrDefaultAsync(d => d.Interaction == id && d.Recipient == key, ct);
    }
}
