using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>Gives a member a mailbox to import into; the same name leads to the same one.</summary>
public sealed class OpenMailbox(RapportDb db, TimeProvider clock)
{
    private const int LongestName = 200;

    /// <summary>The member's mailbox of that name, made where there is none.</summary>
    public async Task<Result<MailboxId>> RunAsync(string name, Actor by, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName) return Refusal.Invalid("mailbox.name", "Give the mailbox a name of at most 200 characters.", "name");
        if (await db.Set<Mailbox>().FirstOrDefaultAsync(m => m.Owner == by.Id && m.Name == name, ct) is { } existing) return existing.Id;
        var mailbox = new Mailbox { Id = Ids.New<MailboxId>(clock), Owner = by.Id, Name = name };
        db.Add(mailbox);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        return mailbox.Id;
    }
}

/// <summary>Says of more mail domains, or of single addresses at a free-mail provider, that they are ours. Needed before mail is read: it decides who is a customer and who is one of us.</summary>
public sealed class ExtendOurs(RapportDb db)
{
    /// <summary>Adds what is not ours yet. Refused for the domain of a free-mail provider, where everybody is.</summary>
    public async Task<Refusal?> RunAsync(IEnumerable<string> domains, Actor by, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } installation) return Refusal.Conflict("installation.missing", "Rapport does not know yet whose it is. Finish the first-run page, then import.");
        var added = new List<string>();
        foreach (var given in domains.Select(d => d.Trim().TrimStart('@')))
        {
            var ours = given.Contains('@', StringComparison.Ordinal) ? EmailAddresses.Key(given) : EmailAddresses.Domain(given);
            if (ours is null) return Refusal.Invalid("ours.unreadable", $"\"{given}\" is no mail domain. Write it like example.com.", "ours");
            if (FreeMailDomains.Contains(ours)) return Refusal.Invalid("ours.freemail", $"Anybody can have an address at {ours}. Give your own address there instead of the domain.", "ours");
            if (!installation.IsOurs(ours.Contains('@', StringComparison.Ordinal) ? ours : "x@" + ours)) added.Add(ours);
        }
        if (added.Count == 0) return null;
        installation.MailDomains = [.. installation.MailDomains, .. added.Distinct()];
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>How to reach mailboxes.</summary>
public static class MailboxSets
{
    /// <summary>A mailbox that the actor may put mail into: their own, or any when the actor is Rapport itself.</summary>
    public static Task<Mailbox?> MailboxAsync(this RapportDb db, MailboxId id, Actor by, CancellationToken ct) =>
        db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == id && (m.Owner == by.Id || by.Id == default), ct);

    /// <summary>The actor's own mailboxes and those shared with everyone or with a team of theirs, by name.</summary>
    public static IQueryable<Mailbox> MailboxesFor(this RapportDb db, Actor by)
    {
        var teams = by.Teams.Select(t => (TeamId?)new TeamId(t.Value)).ToList();
        return db.Set<Mailbox>().Where(m => m.Owner == by.Id || m.Visibility == Visibility.Everyone || m.Visibility == Visibility.Team && teams.Contains(m.Team)).OrderBy(m => m.Name);
    }
}
