using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Updates;

/// <summary>Somebody whom a notice concerns, and how they are told.</summary>
/// <param name="Party">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Address">Where a mail to them goes, as it was given; empty when they cannot be told.</param>
/// <param name="NotTold">Why they cannot be told; null when they can.</param>
/// <param name="Why">The same in a sentence.</param>
public sealed record Recipient(PartyId Party, string Name, string Address, NotTold? NotTold, string Why)
{
    /// <summary>Their zone, by its IANA name; null for ours.</summary>
    public string? Zone { get; init; }
    /// <summary>Who answers for them as customers.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>They unsubscribed from such notices.</summary>
    public bool Unsubscribed { get; init; }
}

/// <summary>Says of people at which address they are told, or why they cannot be (U9): no address, suppressed, asked not to, unsubscribed, or never dealt with us.</summary>
public sealed class WhoCanBeTold(RapportDb db, TimeProvider clock)
{
    private sealed record Known(PartyId Id, string Name, string? Zone, bool IsCustomer, MemberId? Owner);

    private sealed record Placed(PartyId Person, bool IsCustomer, MemberId? Owner, string? Zone);

    private sealed record Point(PartyId Party, string Value, string Given, bool DoNotUse);

    /// <summary>Of these, in the order they are given; who is gone is left out.</summary>
    public async Task<IReadOnlyList<Recipient>> OfAsync(IReadOnlyList<PartyId> ids, NoticeKind kind, CancellationToken ct)
    {
        var customers = Customers();
        var known = (await db.Set<Party>().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new Known(p.Id, p.Name, p.Zone, customers.Any(c => c.Id == p.Id), p.Owner)).ToListAsync(ct)).ToDictionary(k => k.Id);
        var places = (await (from a in await db.PresentPlacesAsync(clock, ct)
                             where EF.Parameter(ids).Contains(a.Person)
                             join o in db.Organizations() on a.Organization equals o.Id
                             orderby o.Rank, o.Id
                             select new Placed(a.Person, customers.Any(c => c.Id == o.Id), o.Owner, o.Zone)).ToListAsync(ct)).ToLookup(p => p.Person);
        var points = (await db.Set<ContactPoint>().Where(c => EF.Parameter(ids).Contains(c.Party) && c.Kind == ContactKind.Email)
            .OrderByDescending(c => c.Preferred).ThenByDescending(c => c.VerifiedAt != null).ThenBy(c => c.Id).Select(c => new Point(c.Party, c.Value, c.Given, c.DoNotUse)).ToListAsync(ct)).ToLookup(p => p.Party);
        var addresses = points.SelectMany(p => p).Select(p => p.Value).Distinct().ToList();
        var suppressed = await db.SuppressedAsync(addresses, ct);
        var unsubscribed = (await db.Set<Unsubscribed>().Where(u => u.Topic == kind && u.Channel == DispatchChannel.Email && EF.Parameter(addresses).Contains(u.Address)).Select(u => u.Address).ToListAsync(ct)).ToHashSet();
        var dealt = await DealtAsync([.. known.Values.Where(k => !k.IsCustomer && !places[k.Id].Any(p => p.IsCustomer)).Select(k => k.Id)], ct);
        return [.. ids.Where(known.ContainsKey).Select(id => Of(known[id], [.. places[id]], [.. points[id]], suppressed, unsubscribed, dealt))];
    }

    private static Recipient Of(Known who, List<Placed> places, List<Point> points, Dictionary<string, Suppression> suppressed, HashSet<string> unsubscribed, HashSet<PartyId> dealt)
    {
        var usable = points.Find(p => !p.DoNotUse && !suppressed.ContainsKey(p.Value));
        var left = points.Exists(p => unsubscribed.Contains(p.Value));
        var recipient = new Recipient(who.Id, who.Name, usable?.Given ?? "", null, "")
        {
            Zone = who.Zone ?? places.Select(p => p.Zone).FirstOrDefault(z => z is not null), Owner = who.Owner ?? places.Select(p => p.Owner).FirstOrDefault(o => o is not null), Unsubscribed = left,
        };
        if (points.Count == 0) return Not(NotTold.NoAddress, "No mail address of theirs is known.");
        if (!who.IsCustomer && !places.Exists(p => p.IsCustomer) && !dealt.Contains(who.Id)) return Not(NotTold.NeverDealt, "They never dealt with us: nothing they said is on record, and nothing that they bought.");
        if (usable is null) return points.TrueForAll(p => p.DoNotUse || suppressed[p.Value].Reason == SuppressionReason.Asked) ? Not(NotTold.AskedNot, "They asked not to be written to there.") : Not(NotTold.Suppressed, Said(points.First(p => !p.DoNotUse), suppressed));
        return left ? Not(NotTold.Unsubscribed, "They unsubscribed from such notices.") : recipient;

        Recipient Not(NotTold reason, string why) => recipient with { NotTold = reason, Why = why.Length > Telling.LongestWhy ? why[..Telling.LongestWhy] : why };
    }

    private static string Said(Point point, Dictionary<string, Suppression> suppressed) => $"Nothing is sent to {point.Given}: {suppressed[point.Value].Words}.";

    // Who is or was one, whoever bought, and those who work with us. To be in a list, with a tier and somebody who looks after it, is no dealing.
    private IQueryable<Party> Customers() =>
        db.Set<Party>().Where(p => p.Who == Who.OneOfUs || p.Standing == Standing.Customer || p.Standing == Standing.Former || db.Set<Relationship>().Any(r => r.Customer == p.Id && r.HasBought));

    // Something they said themselves, or we said to each other; being written to, or in copy, is no dealing.
    private async Task<HashSet<PartyId>> DealtAsync(List<PartyId> ids, CancellationToken ct) => ids.Count == 0 ? [] :
        [.. await (from p in db.Set<Participant>()
                   where EF.Parameter(ids).Contains(p.Party) && p.Counts && p.Part != Conversations.Part.Organization
                   join i in db.Set<Interaction>() on p.Interaction equals i.Id
                   where i.Direction == Direction.Mutual || i.Direction == Direction.Inbound && p.Part == Conversations.Part.From
                   select p.Party).Distinct().ToListAsync(ct)];
}
