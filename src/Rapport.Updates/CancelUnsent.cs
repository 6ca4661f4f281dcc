using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Updates;

/// <summary>Takes back what has not left yet, because something came first (U5): the all-clear, a later word, an unsubscribe. What a server may have heard of stays.</summary>
internal static class CancelUnsent
{
    public const string Over = "It was over before this left, so it was not sent.", Later = "A later word came before this left, so only that one was sent.", Left = "They unsubscribed before this left, so it was not sent.";

    /// <summary>Cancels those of these that wait to be handed over, within the transaction at hand. Set by set, however many there are.</summary>
    public static async Task CancelAsync(this RapportDb db, IQueryable<Telling> which, string said, DateTimeOffset now, CancellationToken ct)
    {
        var mails = which.Where(t => t.CancelledAt == null && t.Interaction != null).Select(t => t.Interaction!.Value);
        var nobody = (MemberId?)Actor.Rapport.Id;
        // Settled at once: it is nothing that its sender has to look after.
        await db.Set<Dispatch>().Where(d => d.State == DispatchState.Queued && mails.Contains(d.Interaction))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Failed).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, said).SetProperty(d => d.SettledBy, nobody), ct);
        await which.Where(t => t.CancelledAt == null && db.Set<Dispatch>().Any(d => d.Interaction == t.Interaction && d.State == DispatchState.Failed && d.Said == said))
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.CancelledAt, now), ct);
    }
}
