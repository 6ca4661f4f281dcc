using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Updates;

/// <summary>What became of the last word that was for somebody. Names are part of the API.</summary>
public enum Outcome
{
    /// <summary>It is still to be sent.</summary>
    Waiting,
    /// <summary>A mail server took it.</summary>
    HandedOver,
    /// <summary>There is evidence that it arrived.</summary>
    Delivered,
    /// <summary>It did not arrive.</summary>
    Failed,
    /// <summary>Nobody knows whether it left.</summary>
    Unknown,
    /// <summary>Nothing was sent.</summary>
    NotTried,
}

/// <summary>Somebody whom a notice concerns: why, and whether they were reached.</summary>
/// <param name="Party">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Reason">Why it concerns them.</param>
/// <param name="Place">The last word that was for them; 0 before the first.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Said">What the server said, or why nothing was sent; null when there is nothing to say.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Interaction">The mail; null when there is none.</param>
/// <param name="At">Since when.</param>
public sealed record RecipientRow(PartyId Party, string Name, string Reason, int Place, Outcome Outcome, string? Said, string Address, InteractionId? Interaction, DateTimeOffset? At)
{
    /// <summary>It reached them, as far as anybody knows.</summary>
    public bool Reached => Outcome is Outcome.HandedOver or Outcome.Delivered;
}

/// <summary>Reads whom a notice reached and whom it did not (U3).</summary>
public sealed class RecipientQueries(RapportDb db)
{
    /// <summary>Some of them: all, only those it reached, or only those it did not.</summary>
    public async Task<Page<RecipientRow>> ListAsync(NoticeId notice, bool? reached, string? after, int size, CancellationToken ct)
    {
        size = Math.Clamp(size, 1, Page<RecipientRow>.Most);
        var affected = db.Set<Affected>().Where(a => a.Notice == notice);
        if (Cursor.Parse(after, 1) is { Values: [var text] } && IId<PartyId>.TryParse(text, null, out var last)) affected = affected.Where(a => a.Party > last);
        var found = from a in affected
                    join p in db.Set<Party>() on a.Party equals p.Id
                    from t in db.Set<Telling>().Where(t => t.Notice == a.Notice && t.Place == a.LastPlace && t.Party == a.Party).DefaultIfEmpty()
                    from d in db.Set<Dispatch>().Where(d => d.Interaction == t.Interaction).DefaultIfEmpty()
                    select new { a.Party, p.Name, a.Reason, a.LastPlace, Telling = t, Dispatch = d };
        if (reached == true) found = found.Where(f => f.Dispatch.State == DispatchState.HandedOver || f.Dispatch.State == DispatchState.Delivered);
        if (reached == false) found = found.Where(f => f.Dispatch == null || f.Dispatch.State != DispatchState.HandedOver && f.Dispatch.State != DispatchState.Delivered);
        var rows = (await found.OrderBy(f => f.Party).Take(size + 1).AsNoTracking().ToListAsync(ct)).ConvertAll(f => new RecipientRow(f.Party, f.Name, f.Reason, f.LastPlace,
            OutcomeOf(f.Telling?.Interaction is not null, f.Dispatch?.State, f.Telling?.CancelledAt is not null, f.Telling?.NotTold), f.Dispatch?.Said ?? (f.Telling?.Why is { Length: > 0 } why ? why : null),
            f.Dispatch?.Address ?? "", f.Telling?.Interaction, f.Dispatch?.StateAt));
        return Page<RecipientRow>.Of(rows, size, r => new(r.Party.ToString()));
    }

    /// <summary>What became of a word to one recipient.</summary>
    /// <param name="mail">There is a mail.</param>
    /// <param name="state">Where it stands in the ledger.</param>
    /// <param name="cancelled">It was taken back before it left.</param>
    /// <param name="notTold">Why there is none.</param>
    internal static Outcome OutcomeOf(bool mail, DispatchState? state, bool cancelled, NotTold? notTold) =>
        cancelled || notTold is not null ? Outcome.NotTried : !mail ? Outcome.Waiting : state switch
        {
            DispatchState.HandedOver => Outcome.HandedOver,
            DispatchState.Delivered => Outcome.Delivered,
            DispatchState.Failed => Outcome.Failed,
            DispatchState.Unknown => Outcome.Unknown,
            DispatchState.Queued or DispatchState.Claimed or null => Outcome.Waiting,
        };
}
