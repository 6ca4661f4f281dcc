using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Says from which mailbox daily mails come, and who wants none.</summary>
public sealed class SetReminders(RapportDb db, SayToEach say, TimeProvider clock)
{
    /// <summary>The mailboxes they can come from: everybody's, that can send.</summary>
    public async Task<List<Mailbox>> MailboxesAsync(Actor by, CancellationToken ct)
    {
        var able = new List<Mailbox>();
        foreach (var box in await db.MailboxesToWriteFrom(by).AsNoTracking().Where(m => m.Visibility == Visibility.Everyone).OrderBy(m => m.Name).ToListAsync(ct))
            if (await say.MaySendFromAsync(box.Id, ct)) able.Add(box);
        return able;
    }

    /// <summary>They come from this mailbox from now on; from none, they are not sent.</summary>
    /// <param name="from">Which; null for none.</param>
    /// <param name="site">Where members find us.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Refusal?> FromAsync(MailboxId? from, string site, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return Refusal.Forbidden("reminders.settings", "Only an administrator can choose the mailbox.");
        if (from is { } box && !(await MailboxesAsync(by, ct)).Exists(m => m.Id == box)) return Refusal.Invalid("reminders.mailbox", "Choose a mailbox that is everybody's and can send.", "mailbox");
        if (await db.Set<ReminderSettings>().SingleOrDefaultAsync(ct) is not { } settings) db.Add(settings = new());
        (settings.Mailbox, settings.Site) = (from, site);
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Whether the actor wants the daily mail.</summary>
    public async Task<Refusal?> WantAsync(bool wanted, Actor by, CancellationToken ct)
    {
        var not = await db.Set<NoReminder>().SingleOrDefaultAsync(n => n.Member == by.Id, ct);
        if (wanted == not is null) return null;
        if (not is not null) db.Remove(not);
        else db.Add(new NoReminder { Member = by.Id, Since = clock.GetUtcNow() });
        return await db.SaveAsync(by, ct);
    }
}
