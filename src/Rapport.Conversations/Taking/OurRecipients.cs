using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>To whom mails of ours went: anybody can write a report, and only one of a mail that we did send there counts (V7).</summary>
internal sealed class OurRecipients(RapportDb db, Mailbox box)
{
    // Some servers report without naming the mail; clocks of others go a little wrong.
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7), Skew = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, HashSet<string>> sent = [];

    /// <summary>Message-IDs of ours that this batch brought from a Sent folder or an import.</summary>
    public IReadOnlyCollection<string> Taken => sent.Keys;

    /// <summary>An address as it is compared.</summary>
    public static string Key(string address) => EmailAddresses.Key(address) ?? address.Trim().ToLowerInvariant();

    /// <summary>A mail of ours that went out by another program.</summary>
    public void Take(ReadMail mail) => sent[Threads.Stored(mail.MessageId)] = [.. mail.To.Concat(mail.Cc).Select(c => Key(c.Address)).Concat(mail.DeliveredTo.Select(Key))];

    /// <summary>Of these Message-IDs, the ones that are ours, with the addresses they went to. A mail that only claims to be ours is none: it must have gone out from here, lain in a Sent folder, or come by an import.</summary>
    public async Task<Dictionary<string, HashSet<string>>> OfAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var all = ids.Where(sent.ContainsKey).ToDictionary(id => id, id => sent[id].ToHashSet());
        if (ids.Count == 0) return all;
        foreach (var (id, address) in await (from m in db.Set<OutgoingMail>() where EF.Parameter(ids).Contains(m.MessageId) join d in db.Set<Dispatch>() on m.Interaction equals d.Interaction select new ValueTuple<string, string>(m.MessageId, d.Recipient)).ToListAsync(ct)) Add(id, address);
        var elsewhere = ids.Where(id => !all.ContainsKey(id)).ToList();
        var known = from m in db.Set<MessageIdRow>()
                    where EF.Parameter(elsewhere).Contains(m.MessageId)
                    join i in db.Set<Interaction>() on m.Interaction equals i.Id
                    where i.Direction != Direction.Inbound && db.Set<Intake>().Any(n => n.Interaction == i.Id && (n.Sent || n.Import != null))
                    join p in db.Set<Participant>() on i.Id equals p.Interaction
                    where p.Part == Part.To || p.Part == Part.Cc
                    join c in db.Set<ContactPoint>() on p.Party equals c.Party
                    where c.Kind == ContactKind.Email
                    select new ValueTuple<string, string>(m.MessageId, c.Value);
        if (elsewhere.Count > 0)
            foreach (var (id, address) in await known.ToListAsync(ct)) Add(id, address);
        return all;

        void Add(string id, string address)
        {
            if (!all.TryGetValue(id, out var there)) all[id] = there = [];
            there.Add(address);
        }
    }

    /// <summary>To whom this mailbox sent lately, of these addresses at these moments, with the Message-ID of what it sent; null where that were several mails.</summary>
    public async Task<Dictionary<(string Address, DateTimeOffset At), string?>> LatelyAsync(IReadOnlyCollection<(string Address, DateTimeOffset At)> told, CancellationToken ct)
    {
        if (told.Count == 0) return [];
        var (earliest, latest, addresses) = (IdAt(told.Min(t => t.At) - Lately), IdAt(told.Max(t => t.At) + Skew), told.Select(t => t.Address).Distinct().ToList());
        // By way of the people, whose timelines are ranges: after a notice to many the ledger of a week is long.
        var rows = await (from c in db.Set<ContactPoint>()
                          where c.Kind == ContactKind.Email && EF.Parameter(addresses).Contains(c.Value)
                          from p in db.Set<Participant>().Where(p => p.Party == c.Party && p.Interaction > earliest && p.Interaction < latest && (p.Part == Part.To || p.Part == Part.Cc))
                          from d in db.Set<Dispatch>().Where(d => d.Interaction == p.Interaction && d.Recipient == c.Value && d.Mailbox == box.Id && d.State != DispatchState.Queued)
                          join m in db.Set<OutgoingMail>() on d.Interaction equals m.Interaction
                          select new { d.Recipient, d.Interaction, m.MessageId }).Distinct().ToListAsync(ct);
        var went = rows.ToLookup(r => r.Recipient);
        var found = new Dictionary<(string, DateTimeOffset), string?>();
        foreach (var one in told)
            if (went[one.Address].Where(r => r.Interaction > IdAt(one.At - Lately) && r.Interaction < IdAt(one.At + Skew)).Select(r => r.MessageId).ToList() is { Count: > 0 } mails) found[one] = mails is [var only] ? only : null;
        return found;
    }

    private static InteractionId IdAt(DateTimeOffset at) => new(Moments.Key(at, 0));
}
