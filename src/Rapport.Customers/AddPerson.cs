using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>A person to be added, with where they are and how they are reached.</summary>
public sealed record NewPerson(
    string Name, string? GivenName = null, string? FamilyName = null, PartyId? Organization = null, string? Title = null, Level Level = Level.Unknown, string? Department = null,
    IReadOnlyList<NewContactPoint>? ContactPoints = null, string? Note = null, string? Language = null, string? Zone = null, Who Who = Who.Unknown, string? ExternalKey = null);

/// <summary>Adds a person.</summary>
public sealed class AddPerson(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>The new person's id.</summary>
    public async Task<Result<PartyId>> RunAsync(NewPerson given, Actor by, CancellationToken ct)
    {
        var name = string.IsNullOrWhiteSpace(given.Name) ? PersonNames.From(given.GivenName, given.FamilyName).Original : given.Name.Trim();
        if ((PartyInput.CheckName(name) ?? PartyInput.CheckDetails(given.Note, given.Language, given.Zone)) is { } refusal) return refusal;
        if (given.Organization is { } wanted && !await db.Organizations().AnyAsync(o => o.Id == wanted, ct)) return Refusal.Missing("organization");

        var read = PersonNames.Read(name);
        var person = new Person
        {
            Id = Ids.New<PartyId>(clock),
            CreatedAt = clock.GetUtcNow(),
            GivenName = PartyInput.Clean(given.GivenName) ?? PartyInput.Clean(read.Given),
            FamilyName = PartyInput.Clean(given.FamilyName) ?? PartyInput.Clean(read.Family),
            Note = PartyInput.Clean(given.Note),
            Language = PartyInput.Clean(given.Language),
            Zone = PartyInput.Clean(given.Zone),
            Who = given.Who,
            ExternalKey = given.ExternalKey,
        };
        person.Rename(name);
        db.Add(person);
        if (await db.AddPointsAsync(person.Id, given.ContactPoints, clock, ct) is { } unreadable) return unreadable;
        if (given.Organization is { } organization)
            db.Add(new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = person.Id, Organization = organization, Title = PartyInput.Clean(given.Title, 200), Level = given.Level, Department = PartyInput.Clean(given.Department, 200) });
        return await settle.SaveAsync([person.Id], by, ct) is { } conflict ? conflict : person.Id;
    }
}
