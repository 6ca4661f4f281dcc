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
    public Task<Result<MailboxId>> RunAsync(string name, Actor by, CancellationToken ct) => OpenAsync(name, by.Id, new(Visibility.Owner), by, ct);

    /// <summary>A mailbox that is nobody's own but a team's, or everyone's. Administrators look after those.</summary>
    public async Task<Result<MailboxId>> SharedAsync(string name, Sharing with, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return Refusal.Forbidden("mailbox.administrator", "Only an administrator opens a mailbox for a team or for everyone.");
        var team = with is { With: Visibility.Team, Team: { } id } && await db.TeamAsync(id, ct) is not null;
        if (!team && with is not { With: Visibility.Everyone, Team: null }) return Refusal.Invalid("visibility.team", "Choose the team whose mailbox it is, or everyone.", "sharing");
        return await OpenAsync(name, Mailbox.Nobody, with, by, ct);
    }

    private async Task<Result<MailboxId>> OpenAsync(string name, MemberId owner, Sharing with, Actor by, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName) return Refusal.Invalid("mailbox.name", "Give the mailbox a name of at most 200 characters.", "name");
        if (await db.Set<Mailbox>().FirstOrDefaultAsync(m => m.Owner == owner && m.Name == name, ct) is { } existing) return existing.Id;
        var mailbox = new Mailbox { Id = Ids.New<MailboxId>(clock), Owner = owner, Name = name, Visibility = with.With, Team = with.Team };
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
        // A list in JSON may hold null, whatever its type says.
        foreach (var given in domains.Select(d => (d ?? "").Trim().TrimStart('@')))
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
    /// <summary>A mailbox that the actor looks after; null when there is none.</summary>
    public static Task<Mailbox?> MailboxAsync(this RapportDb db, MailboxId id, Actor by, CancellationToken ct) => db.MailboxesOf(by).SingleOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>The mailboxes that the actor looks after, puts mail into and connects: their own; for administrators those that are nobody's own; all for Rapport itself.</summary>
    public static IQueryable<Mailbox> MailboxesOf(this RapportDb db, Actor by)
    {
        var administers = by.May(Roles.Administrator);
        return db.Set<Mailbox>().Where(m => m.Owner == by.Id || by.Id == default || administers && m.Owner == Mailbox.Nobody);
    }

    /// <summary>The actor's own mailboxes and those shared with everyone or with a team of theirs, by name.</summary>
    public static IQueryable<Mailbox> MailboxesFor(this RapportDb db, Actor by)
    {
        var teams = by.Teams.Select(t => (TeamId?)new TeamId(t.Value)).ToList();
        return db.Set<Mailbox>().Where(m => m.Owner == by.Id || m.Visibility == Visibility.Everyone || m.Visibility == Visibility.Team && teams.Contains(m.Team)).OrderBy(m => m.Name);
    }

    /// <summary>Whether a member, who is still here, may read what lies in a mailbox.</summary>
    public static async Task<bool> MayReadAsync(this RapportDb db, MailboxId box, MemberId member, CancellationToken ct) =>
        await db.MemberAsync(member, ct) is { IsHere: true } && await db.MailboxesFor(new Actor(member, "", Roles.Reader) { Teams = await db.TeamsOfAsync(member, ct) }).AnyAsync(m => m.Id == box, ct);
}
