using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>An organisation to be added; a unit where it has a parent.</summary>
public sealed record NewOrganization(
    string Name, PartyId? Parent = null, IReadOnlyList<string>? Domains = null, IReadOnlyList<NewContactPoint>? ContactPoints = null,
    string? Note = null, string? Language = null, string? Zone = null, Who Who = Who.Unknown, string? ExternalKey = null);

/// <summary>Adds an organisation, or a unit of one. A unit of ours is one of us.</summary>
public sealed class AddOrganization(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>The new organisation's id.</summary>
    public async Task<Result<PartyId>> RunAsync(NewOrganization given, Actor by, CancellationToken ct)
    {
        if ((PartyInput.CheckName(given.Name) ?? PartyInput.CheckDetails(given.Note, given.Language, given.Zone)) is { } refusal) return refusal;
        var parent = given.Parent is { } wanted ? await db.Organizations().SingleOrDefaultAsync(o => o.Id == wanted, ct) : null;
        if (parent is null && given.Parent is not null) return Refusal.Missing("organization");

        var organization = new Organization
        {
            Id = Ids.New<PartyId>(clock),
            CreatedAt = clock.GetUtcNow(),
            Parent = parent?.Id,
            Note = PartyInput.Clean(given.Note),
            Language = PartyInput.Clean(given.Language),
            Zone = PartyInput.Clean(given.Zone),
            Who = parent?.Who == Who.OneOfUs ? Who.OneOfUs : given.Who,
            ExternalKey = given.ExternalKey,
        };
        organization.Rename(given.Name.Trim());
        db.Add(organization);
        if (MailDomains.Read(given.Domains, organization.Id) is { Count: > 0 } domains) db.AddRange(domains);
        if (await db.AddPointsAsync(organization.Id, given.ContactPoints, clock, ct) is { } unreadable) return unreadable;
        return await settle.SaveAsync([organization.Id], by, ct) is { } conflict ? conflict : organization.Id;
    }
}
