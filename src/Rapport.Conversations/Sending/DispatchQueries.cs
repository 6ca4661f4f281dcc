using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>Where a mail of ours to one recipient stands.</summary>
/// <param name="Interaction">The mail.</param>
/// <param name="Conversation">Where it was said.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Kind">How it names them.</param>
/// <param name="Mailbox">From which mailbox.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StateAt">Since when.</param>
/// <param name="DueAt">Not handed over before then.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Said">What the server said last, or what the evidence is.</param>
public sealed record DispatchRow(InteractionId Interaction, ConversationId Conversation, string Subject, string Recipient, RecipientKind Kind, MailboxId Mailbox, DispatchState State, DateTimeOffset StateAt, DateTimeOffset DueAt, int Attempts, string? Said)
{
    /// <summary>A person has said what becomes of it.</summary>
    public bool Settled { get; init; }
}

/// <summary>Reads the ledger of what goes out.</summary>
public sealed class DispatchQueries(RapportDb db, TimeProvider clock)
{
    /// <summary>What the actor may know of, the newest mail first.</summary>
    public async Task<Page<DispatchRow>> ListAsync(DispatchState? state, MailboxId? mailbox, string? after, int size, Actor by, CancellationToken ct)
    {
        var rows = db.Set<Dispatch>().Where(d => (state == null || d.State == state) && (mailbox == null || d.Mailbox == mailbox));
        if (Cursor.Parse(after, 2) is { Values: [var id, var recipient] } && long.TryParse(id, CultureInfo.InvariantCulture, out var last))
        {
            var before = new InteractionId(last);
            rows = rows.Where(d => d.Interaction < before || d.Interaction == before && d.Recipient.CompareTo(recipient) > 0);
        }
        var found = await Rows(rows, by).Take(size + 1).ToListAsync(ct);
        return Page<DispatchRow>.Of(found, size, r => new(r.Interaction.ToString(), r.Recipient));
    }

    /// <summary>Of these mails.</summary>
    public async Task<ILookup<InteractionId, DispatchRow>> OfAsync(IReadOnlyCollection<InteractionId> interactions, Actor by, CancellationToken ct) =>
        (await Rows(db.Set<Dispatch>().Where(d => EF.Parameter(interactions).Contains(d.Interaction)), by).ToListAsync(ct)).ToLookup(r => r.Interaction);

    /// <summary>Of what a member sent in the last month: whom it did not reach or may not have reached, as long as nobody has settled it.</summary>
    public async Task<IReadOnlyList<DispatchRow>> UnsettledAsync(int most, Actor by, CancellationToken ct)
    {
        var since = new InteractionId(Moments.Key(clock.GetUtcNow().AddDays(-30), 0));
        var open = db.Set<Dispatch>().Where(d => (d.State == DispatchState.Failed || d.State == DispatchState.Unknown) && d.Interaction > since && d.SettledBy == null);
        return await Rows(open.Where(d => db.Set<Interaction>().Any(i => i.Id == d.Interaction && i.Member == by.Id)), by).Take(most).ToListAsync(ct);
    }

    private IQueryable<DispatchRow> Rows(IQueryable<Dispatch> dispatches, Actor by)
    {
        var readable = db.InteractionsFor(by);
        return
            from d in dispatches
            join i in readable on d.Interaction equals i.Id
            orderby d.Interaction descending, d.Recipient
            select new DispatchRow(d.Interaction, i.Conversation, i.Subject, d.Recipient, d.Kind, d.Mailbox, d.State, d.StateAt, d.DueAt, d.Attempts, d.Said) { Settled = d.SettledBy != null };
    }
}

/// <summary>How to reach the ledger.</summary>
internal static class DispatchSets
{
    /// <summary>What of it the actor may settle: what went out from a mailbox that they may write from.</summary>
    public static IQueryable<Dispatch> DispatchesToSettle(this RapportDb db, Actor by)
    {
        var boxes = db.MailboxesToWriteFrom(by).Select(m => m.Id);
        return db.Set<Dispatch>().Where(d => boxes.Contains(d.Mailbox));
    }
}
