using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>By which address whom something was promised to can be written to, and from which mailbox of ours.</summary>
public sealed class ReachRecipient(RapportDb db, SayToEach say)
{
    /// <summary>The address they prefer of those that may be used, as it was given; null when there is none.</summary>
    public async Task<string?> AddressAsync(PartyId party, CancellationToken ct)
    {
        var points = await db.Set<ContactPoint>().Where(c => c.Party == party && c.Kind == ContactKind.Email && !c.DoNotUse).OrderByDescending(c => c.Preferred).ThenByDescending(c => c.VerifiedAt != null).ThenBy(c => c.Id).Select(c => new { c.Value, c.Given }).ToListAsync(ct);
        var suppressed = await db.SuppressedAsync([.. points.Select(p => p.Value)], ct);
        return points.Find(p => !suppressed.ContainsKey(p.Value))?.Given;
    }

    /// <summary>Where it was said, else the member's own mailbox, else one of everybody's; null when there is none with a way out.</summary>
    public async Task<MailboxId?> FromAsync(InteractionId? saidIn, Actor by, CancellationToken ct)
    {
        var said = saidIn is { } interaction ? await db.Set<Intake>().Where(i => i.Interaction == interaction).Select(i => (MailboxId?)i.Mailbox).FirstOrDefaultAsync(ct) : null;
        var boxes = await db.MailboxesToWriteFrom(by).Where(m => db.Set<MailboxConnection>().Any(c => c.Mailbox == m.Id)).OrderBy(m => m.Id == said ? 0 : m.Owner == by.Id ? 1 : 2).ThenBy(m => m.Name).Select(m => m.Id).ToListAsync(ct);
        foreach (var box in boxes)
            if (await say.MaySendFromAsync(box, ct)) return box;
        return null;
    }
}
