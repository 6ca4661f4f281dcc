using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
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
    /// <summary>What keeps its mailbox from sending while it waits; null when nothing does.</summary>
    public string? Trouble { get; init; }
    /// <summary>It was taken back before it left, and is not sent again.</summary>
    public bool Cancelled { get; init; }
    /// <summary>It did not arrive, or may not have, and nothing forbids to send it to them again.</summary>
    public bool MayBeSentAgain { get; init; }
}

/// <summary>Reads the ledger of what goes out.</summary>
public sealed class DispatchQueries(RapportDb db, IEnumerable<IOutdateMail> outdate, TimeProvider clock)
{
    /// <summary>What the actor may know of, the newest mail first; with <paramref name="open"/> only what nobody has settled.</summary>
    public async Task<Page<DispatchRow>> ListAsync(DispatchState? state, MailboxId? mailbox, string? after, int size, Actor by, CancellationToken ct, bool open = false)
    {
        var rows = db.Set<Dispatch>().Where(d => (state == null || d.State == state) && (mailbox == null || d.Mailbox == mailbox) && (!open || d.SettledBy == null));
        if (Cursor.Parse(after, 2) is { Values: [var id, var recipient] } && long.TryParse(id, CultureInfo.InvariantCulture, out var last))
        {
            var before = new InteractionId(last);
            rows = rows.Where(d => d.Interaction < before || d.Interaction == before && d.Recipient.CompareTo(recipient) > 0);
        }
        var found = await ReadAsync(Rows(rows, by).Take(size + 1), ct);
        return Page<DispatchRow>.Of(found, size, r => new(r.Interaction.ToString(), r.Recipient));
    }

    /// <summary>Of these mails.</summary>
    public async Task<ILookup<InteractionId, DispatchRow>> OfAsync(IReadOnlyCollection<InteractionId> interactions, Actor by, CancellationToken ct) =>
        (await ReadAsync(Rows(db.Set<Dispatch>().Where(d => EF.Parameter(interactions).Contains(d.Interaction)), by), ct)).ToLookup(r => r.Interaction);

    /// <summary>Of what a member sent in the last month: whom it did not reach or may not have reached, as long as nobody has settled it.</summary>
    public async Task<IReadOnlyList<DispatchRow>> UnsettledAsync(int most, Actor by, CancellationToken ct)
    {
        var since = new InteractionId(Moments.Key(clock.GetUtcNow().AddDays(-30), 0));
        var open = db.Set<Dispatch>().Where(d => (d.State == DispatchState.Failed || d.State == DispatchState.Unknown) && d.Interaction > since && d.SettledBy == null);
        return await ReadAsync(Rows(open.Where(d => db.Set<Interaction>().Any(i => i.Id == d.Interaction && i.Member == by.Id)), by).Take(most), ct);
    }

    private async Task<List<DispatchRow>> ReadAsync(IQueryable<DispatchRow> rows, CancellationToken ct)
    {
        var found = await rows.ToListAsync(ct);
        var ended = found.Where(r => r.State is DispatchState.Unknown or DispatchState.Failed && !r.Cancelled).ToList();
        if (ended.Count == 0) return found;
        var suppressed = await db.SuppressedAsync([.. ended.Select(r => r.Recipient).Distinct()], ct);
        var outdated = await outdate.OutdatedAsync([.. ended.Select(r => r.Interaction).Distinct()], ct);
        return found.ConvertAll(r => ended.Contains(r) && !outdated.ContainsKey(r.Interaction) && (!suppressed.TryGetValue(r.Recipient, out var unwanted) || unwanted.Report == r.Interaction) ? r with { MayBeSentAgain = true } : r);
    }

    private IQueryable<DispatchRow> Rows(IQueryable<Dispatch> dispatches, Actor by)
    {
        var (readable, nobody) = (db.InteractionsFor(by), (MemberId?)Actor.Rapport.Id);
        return
            from d in dispatches
            join i in readable on d.Interaction equals i.Id
            orderby d.Interaction descending, d.Recipient
            select new DispatchRow(d.Interaction, i.Conversation, i.Subject, d.Recipient, d.Kind, d.Mailbox, d.State, d.StateAt, d.DueAt, d.Attempts, d.Said)
            {
                Settled = d.SettledBy != null,
                Trouble = d.State == DispatchState.Queued ? db.Set<Outbox>().Where(o => o.Mailbox == d.Mailbox).Select(o => o.TroubleSaid).FirstOrDefault() : null,
                Cancelled = d.State == DispatchState.Failed && d.SettledBy == nobody,
            };
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
