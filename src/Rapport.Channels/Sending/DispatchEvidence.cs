using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>What the mails of a batch tell of mail of ours that went out: it lies in the Sent folder, it came back, it was answered. So what is in doubt is settled, and what was handed over is known to have arrived.</summary>
public sealed class DispatchEvidence(RapportDb db, OurMarks? marks, TimeProvider clock)
{
    private readonly List<(string MessageId, string? Recipient, DispatchState State, string Said)> found = [];

    /// <summary>Takes a mail as it was checked by <see cref="OurMarks"/>.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="sent">It lies where the mailbox's owner's sent mail lies.</param>
    public void Take(ReadMail mail, bool sent)
    {
        if (marks is null) return;
        if (sent && marks.Made(mail.MessageId)) found.Add((mail.MessageId, null, DispatchState.HandedOver, "It lies in the Sent folder."));
        if (sent) return;
        // A copy of ours that came in reached at least whoever it came to.
        if (marks.Made(mail.MessageId)) found.AddRange(mail.DeliveredTo.Select(to => (mail.MessageId, (string?)Key(to), DispatchState.Delivered, "It came in with us as well.")));
        if ((mail.About ?? mail.Answers ?? mail.InReplyTo.FirstOrDefault(marks.Made) ?? mail.References.LastOrDefault(marks.Made)) is not { } about || !marks.Made(about)) return;
        foreach (var bounce in mail.Bounces) Take(about, bounce);
        foreach (var arrived in mail.Arrived) found.Add((about, Key(arrived), DispatchState.Delivered, "Its mail server reports that it arrived."));
        if (!mail.IsReport && mail.From is { } from) found.Add((about, Key(from.Address), DispatchState.Delivered, mail.Automatic ? "An automatic answer came from there." : "They answered it."));
    }

    /// <summary>Takes what came back of a mail of ours.</summary>
    public void Take(string messageId, Bounce bounce) => found.Add((messageId, Key(bounce.Recipient), bounce.Kind == BounceKind.Delayed ? DispatchState.HandedOver : DispatchState.Failed, Said(bounce)));

    /// <summary>Writes it into the ledger, within the transaction at hand.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (found.Count == 0) return;
        var ids = found.Select(f => f.MessageId).Distinct().ToList();
        var mails = await db.Set<OutgoingMail>().Where(m => EF.Parameter(ids).Contains(m.MessageId)).ToDictionaryAsync(m => m.MessageId, m => m.Interaction, ct);
        var left = new HashSet<InteractionId>();
        foreach (var (messageId, recipient, state, said) in found)
        {
            if (!mails.TryGetValue(messageId, out var interaction)) continue;
            if (recipient is not null && await SettleAsync(Of(interaction).Where(d => d.Recipient == recipient), state, said, ct) > 0 && state is (DispatchState.Delivered or DispatchState.Failed))
                db.Happened(new DispatchSettled(interaction, state, clock.GetUtcNow()), Actor.Rapport);
            // Whatever it tells of one, the mail left: for the others that is no doubt any more.
            left.Add(interaction);
            if (await SettleAsync(Of(interaction).Where(d => d.State == DispatchState.Unknown && d.Recipient != recipient), DispatchState.HandedOver, said, ct) > 0) db.Happened(new DispatchesMoved([interaction]), Actor.Rapport);
        }
        await db.CopyOnceOutAsync(left, clock.GetUtcNow(), ct);
    }

    private IQueryable<Dispatch> Of(InteractionId interaction) => db.Set<Dispatch>().Where(d => d.Interaction == interaction);

    // What arrived stays so, whatever comes back afterwards from elsewhere; what waits to be sent is not touched.
    private Task<int> SettleAsync(IQueryable<Dispatch> rows, DispatchState state, string said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return rows.Where(d => (d.State != state || d.Said != said) && d.State != DispatchState.Delivered && d.State != DispatchState.Queued && (d.State != DispatchState.Failed || state == DispatchState.Delivered))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, state).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, said), ct);
    }

    private static string Said(Bounce bounce) => Answer.OnOneLine(bounce.Kind == BounceKind.Delayed ? $"Delayed: {bounce.Diagnostic}" : bounce.Diagnostic.Length > 0 ? bounce.Diagnostic : bounce.Status.Length > 0 ? $"It came back ({bounce.Status})." : "It came back without saying why.");

    private static string Key(string address) => EmailAddresses.Key(address) ?? address.ToLowerInvariant();
}
