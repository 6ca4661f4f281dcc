using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Updates;

/// <summary>What somebody unsubscribes from by a link.</summary>
/// <param name="Topic">From which kind of notice.</param>
/// <param name="Address">At which address.</param>
/// <param name="Us">Who we are.</param>
/// <param name="Done">They have.</param>
internal sealed record Unsubscribing(NoticeKind Topic, string Address, string Us, bool Done);

/// <summary>Unsubscribes an address from a topic, by the link in a mail and without an account (U6, RFC 8058). As often as one likes it is the same; it counts for what is queued already (U5).</summary>
internal sealed class Unsubscribe(RapportDb db, TimeProvider clock)
{
    private const DispatchChannel Channel = DispatchChannel.Email;

    /// <summary>How it stands; null when the link was not made here. Changes nothing.</summary>
    public async Task<Unsubscribing?> FindAsync(string token, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } us || new UnsubscribeLink(us).Read(token) is not var (notice, party)) return null;
        var found = await (from t in db.Set<Telling>() where t.Notice == notice && t.Party == party && t.Address != "" join n in db.Set<Notice>() on t.Notice equals n.Id orderby t.Place descending select new { n.Kind, t.Address }).FirstOrDefaultAsync(ct);
        if (found is null || !Topics.MayBeUnsubscribed(found.Kind)) return null;
        return new(found.Kind, found.Address, us.Name, await db.Set<Unsubscribed>().AnyAsync(u => u.Address == found.Address && u.Topic == found.Kind && u.Channel == Channel, ct));
    }

    /// <summary>They want no more of it.</summary>
    public async Task<Refusal?> RunAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } from) return Refusal.Missing("link");
        if (from.Done) return null;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        db.Add(new Unsubscribed { Address = from.Address, Topic = from.Topic, Channel = Channel, At = now });
        await db.CancelAsync(db.Set<Telling>().Where(t => t.Address == from.Address && db.Set<Notice>().Any(n => n.Id == t.Notice && n.Kind == from.Topic)
            && !db.Set<NoticeWord>().Any(w => w.Notice == t.Notice && w.Place == t.Place && w.Kind == WordKind.AllClear)), CancelUnsent.Left, now, ct);
        // Twice at once is once.
        if (await db.SaveAsync(Actor.Rapport, ct) is not null) return null;
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>They do again.</summary>
    public async Task<Refusal?> UndoAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } from) return Refusal.Missing("link");
        if (await db.Set<Unsubscribed>().SingleOrDefaultAsync(u => u.Address == from.Address && u.Topic == from.Topic && u.Channel == Channel, ct) is { } there) db.Remove(there);
        return await db.SaveAsync(Actor.Rapport, ct);
    }
}
