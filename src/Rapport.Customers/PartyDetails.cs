using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>A way to reach a party, as pages and the API show it.</summary>
/// <param name="BouncedAt">The last mail to it that we know of came back, then.</param>
/// <param name="Bounced">How it came back.</param>
/// <param name="BounceReason">Why, in words.</param>
public sealed record ContactPointRow(ContactPointId Id, ContactKind Kind, string Value, string Given, string? Label, bool Preferred, bool DoNotUse, DateTimeOffset? VerifiedAt, DateTimeOffset? BouncedAt, AddressNews? Bounced, string? BounceReason, int Version)
{
    /// <summary>Why nothing is sent there; null when mail is.</summary>
    public Suppression? Suppression { get; init; }

    /// <summary>Writing there is in vain, as far as we know, and nobody said otherwise.</summary>
    public bool IsGone => Suppression?.Reason == SuppressionReason.Gone;

    internal ContactPointRow CameBack(AddressReport? report) => report is null ? this : this with { BouncedAt = report.At, Bounced = report.News, BounceReason = report.Reason };
}

/// <summary>A place in an organisation, with the name of the party at its other end.</summary>
/// <param name="Ended">Its last day is over.</param>
public sealed record AffiliationRow(
    AffiliationId Id, PartyId Person, PartyId Organization, string Name, string? Title, Level Level, string? Department, DateOnly? From, DateOnly? Until, bool Proposed, bool Ended, int Version);

/// <summary>A judgement as it stands beside the others.</summary>
/// <param name="Counts">It is the newest of its kind.</param>
/// <param name="Opposed">Another of its kind says the opposite.</param>
/// <param name="Faded">It is past its half-life and should be confirmed.</param>
public sealed record JudgementRow(
    JudgementId Id, JudgementKind Kind, Answer Answer, string Evidence, InteractionId? Interaction, MemberId By, string? ByName, DateTimeOffset At, bool Counts, bool Opposed, bool Faded);

/// <summary>A relationship with everything that explains its standing.</summary>
/// <param name="NextQuestion">What to find out next; null when nothing is missing.</param>
public sealed record RelationshipRow(
    RelationshipId Id, PartyId Provider, string ProviderName, PartyId Customer, string CustomerName, bool Internal, Standing Standing, Tier Tier, MemberId? Owner, string? OwnerName,
    bool Primary, PartyId? Payer, string? PayerName, bool HasBought, DateOnly? Since, DateOnly? Until, int Version, string? NextQuestion, IReadOnlyList<JudgementRow> Judgements);

/// <summary>A serves-link, with the names at both ends.</summary>
public sealed record ServesRow(ServesLinkId Id, PartyId Provider, string ProviderName, PartyId Customer, string CustomerName, string With, DateOnly? From, DateOnly? Until, int Version);

/// <summary>Another party by name.</summary>
public sealed record PartyName(PartyId Id, string Name);

/// <summary>Everything this floor knows of one party.</summary>
/// <param name="Affiliations">A person's places; an organisation's people. The present ones first.</param>
/// <param name="Relationships">With us and our units; for a person without one, that of the organisation they work at.</param>
/// <param name="Questions">What is not known and should be asked.</param>
public sealed record PartyDetail(
    PartyId Id, PartyKind Kind, string Name, IReadOnlyList<string> FormerNames, string? GivenName, string? FamilyName, Who Who, string? Note, string? Language, string? Zone, ContactKind? Prefers,
    MemberId? Member, PartyName? Parent, IReadOnlyList<string> Domains, DateTimeOffset CreatedAt, DateTimeOffset? LastContactAt, DateTimeOffset? ArchivedAt, int Version,
    IReadOnlyList<ContactPointRow> ContactPoints, IReadOnlyList<AffiliationRow> Affiliations, IReadOnlyList<PartyName> Units,
    IReadOnlyList<RelationshipRow> Relationships, IReadOnlyList<ServesRow> Serves, IReadOnlyList<string> Questions)
{
    /// <summary>Their own relationship that lists show, or their organisation's.</summary>
    public RelationshipRow? Relationship => Relationships.Count > 0 ? Relationships[0] : null;
}

/// <summary>Reads one party whole.</summary>
public sealed class PartyDetails(RapportDb db, TimeProvider clock, RelationshipQueries relationships)
{
    /// <summary>How many people and units are read with a party; lists show the rest.</summary>
    public const int Most = 100;

    /// <summary>Null when there is none, or it was merged away.</summary>
    public async Task<PartyDetail?> FindAsync(PartyId id, CancellationToken ct)
    {
        if (await db.Parties().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } party) return null;
        var (person, organization) = (party as Person, party as Organization);
        var points = await db.Set<ContactPoint>().Where(c => c.Party == id).OrderByDescending(c => c.Preferred).ThenBy(c => c.Id)
            .Select(c => new ContactPointRow(c.Id, c.Kind, c.Value, c.Given, c.Label, c.Preferred, c.DoNotUse, c.VerifiedAt, null, null, null, c.Version)).ToListAsync(ct);
        var back = await db.CameBackAsync([.. points.Where(c => c.Kind == ContactKind.Email).Select(c => c.Value)], ct);
        var suppressed = await db.SuppressedAsync([.. points.Where(c => c.Kind == ContactKind.Email).Select(c => c.Value)], ct);
        points = points.ConvertAll(c => c.CameBack(back.GetValueOrDefault(c.Value)) with { Suppression = c.Kind == ContactKind.Email ? suppressed.GetValueOrDefault(c.Value) : null });
        var today = await db.TodayAsync(clock, ct);
        var affiliations = await AffiliationsAsync(party, today, ct);
        var rows = await RelationshipsAsync(party, affiliations, ct);
        return new(
            id, person is not null ? PartyKind.Person : PartyKind.Organization, party.Name, party.FormerNames, person?.GivenName, person?.FamilyName, party.Who, party.Note, party.Language, party.Zone, person?.Prefers,
            person?.Member, organization?.Parent is { } parent ? await db.Parties().Where(p => p.Id == parent).Select(p => new PartyName(p.Id, p.Name)).SingleOrDefaultAsync(ct) : null,
            organization is null ? [] : await db.Set<MailDomain>().Where(d => d.Organization == id).OrderBy(d => d.Domain).Select(d => d.Domain).ToListAsync(ct),
            party.CreatedAt, party.LastContactAt, party.ArchivedAt, party.Version, points, affiliations,
            organization is null ? [] : await db.Organizations().Where(o => o.Parent == id && o.ArchivedAt == null).OrderBy(o => o.SortName).Take(Most).Select(o => new PartyName(o.Id, o.Name)).ToListAsync(ct),
            rows, await ServesAsync(id, today, ct), [.. rows.Select(r => r.NextQuestion).OfType<string>().Distinct()]);
    }

    // Whom nothing ties to us themselves is shown with what ties the place where they work.
    private async Task<IReadOnlyList<RelationshipRow>> RelationshipsAsync(Party party, List<AffiliationRow> affiliations, CancellationToken ct)
    {
        var own = await relationships.OfCustomerAsync(party.Id, ct);
        if (own.Count > 0 || party is not Person || party.IsOurs()) return own;
        foreach (var place in affiliations.Where(a => !a.Ended).Take(5))
            if (await relationships.OfCustomerAsync(place.Organization, ct) is { Count: > 0 } theirs) return theirs;
        return [];
    }

    private async Task<List<AffiliationRow>> AffiliationsAsync(Party party, DateOnly today, CancellationToken ct)
    {
        var mine = db.Set<Affiliation>().AsNoTracking();
        var named = party is Person
            ? from a in mine.Where(a => a.Person == party.Id) join o in db.Set<Party>() on a.Organization equals o.Id select new { a, o.Name, Ended = a.Until < today, Rank = o.Rank }
            : from a in mine.Where(a => a.Organization == party.Id) join p in db.Persons() on a.Person equals p.Id select new { a, p.Name, Ended = a.Until < today, Rank = p.Rank };
        var rows = await named.OrderBy(x => x.Ended).ThenBy(x => x.Rank).ThenBy(x => x.a.Id).Take(Most).ToListAsync(ct);
        return [.. rows.OrderBy(x => x.Ended).ThenBy(x => x.a.Level == Level.Unknown ? Level.Operational : x.a.Level).ThenByDescending(x => x.a.Until)
            .Select(x => new AffiliationRow(x.a.Id, x.a.Person, x.a.Organization, x.Name, x.a.Title, x.a.Level, x.a.Department, x.a.From, x.a.Until, x.a.Proposed, x.Ended, x.a.Version))];
    }

    private Task<List<ServesRow>> ServesAsync(PartyId id, DateOnly today, CancellationToken ct) => (
        from s in db.Set<ServesLink>().Where(s => (s.Provider == id || s.Customer == id) && (s.Until == null || s.Until >= today))
        join p in db.Parties() on s.Provider equals p.Id
        join c in db.Parties() on s.Customer equals c.Id
        orderby c.Rank, s.Id
        select new ServesRow(s.Id, s.Provider, p.Name, s.Customer, c.Name, s.With, s.From, s.Until, s.Version)).Take(Most).ToListAsync(ct);
}
