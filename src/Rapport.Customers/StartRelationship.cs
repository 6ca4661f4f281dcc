using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Customers;

/// <summary>A relationship as somebody states it. Its standing is not among it: that is computed.</summary>
/// <param name="Owner">The one member who answers for it.</param>
/// <param name="Tier">How much it matters.</param>
/// <param name="Primary">It pays.</param>
/// <param name="Payer">Who pays for it, when it is somebody else.</param>
/// <param name="HasBought">A purchase or delivery is on record.</param>
/// <param name="Since">First day.</param>
/// <param name="Until">Last day.</param>
public sealed record RelationshipTerms(MemberId? Owner = null, Tier Tier = Tier.None, bool Primary = false, PartyId? Payer = null, bool HasBought = false, DateOnly? Since = null, DateOnly? Until = null);

/// <summary>Says that somebody of ours serves a customer.</summary>
public sealed class StartRelationship(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>The relationship's id. The provider is our organisation unless a unit of ours is named.</summary>
    public async Task<Result<RelationshipId>> RunAsync(PartyId customer, PartyId? provider, RelationshipTerms terms, Actor by, CancellationToken ct)
    {
        var serves = provider ?? OurOrganization.Id;
        if (serves == OurOrganization.Id) await db.OursAsync(clock, ct);
        if (await db.CheckTermsAsync(customer, terms, ct) is { } refusal) return refusal;
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == customer, ct) is not { } party) return Refusal.Missing("party");
        if (serves == customer) return Refusal.Invalid("relationship.self", "Nobody is their own customer.", "customer");
        if (serves != OurOrganization.Id && await db.Parties().Where(p => p.Id == serves).Select(p => (Who?)p.Who).SingleOrDefaultAsync(ct) != Who.OneOfUs)
            return Refusal.Invalid("provider.not-ours", "Only our organisation, a unit or a colleague of ours can be the one who serves.", "provider");
        if (await db.Set<Relationship>().AnyAsync(r => r.Provider == serves && r.Customer == customer, ct)) return Refusal.Conflict("relationship.exists", "There is a relationship with them already. Change that one.");

        var relationship = new Relationship { Id = Ids.New<RelationshipId>(clock), Provider = serves, Customer = customer, Internal = party.IsOurs(), CreatedAt = clock.GetUtcNow() };
        relationship.Take(terms);
        db.Add(relationship);
        return await settle.SaveAsync([customer], by, ct) is { } conflict ? conflict : relationship.Id;
    }
}

/// <summary>Changes who answers for a relationship, how much it matters, who pays, since and until when.</summary>
public sealed class ChangeRelationship(RapportDb db, SettleParties settle)
{
    /// <summary>Null when it was changed. <paramref name="check"/> may refuse once the record is read.</summary>
    public async Task<Refusal?> RunAsync(RelationshipId id, RelationshipTerms terms, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if (await db.Set<Relationship>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } relationship) return Refusal.Missing("relationship");
        if ((check?.Invoke(relationship) ?? await db.CheckTermsAsync(relationship.Customer, terms, ct)) is { } refusal) return refusal;
        relationship.Take(terms);
        return await settle.SaveAsync([relationship.Customer], by, ct);
    }
}

internal static class RelationshipInput
{
    public static async Task<Refusal?> CheckTermsAsync(this RapportDb db, PartyId customer, RelationshipTerms terms, CancellationToken ct)
    {
        if (PartyInput.CheckDays(terms.Since, terms.Until) is { } refusal) return refusal;
        if (terms.Payer == customer) return Refusal.Invalid("payer.self", "Who pays for themselves is marked as paying, and has no other payer.", "payer");
        if (terms is { Payer: not null, Primary: true }) return Refusal.Invalid("payer.both", "Either they pay themselves or somebody else pays for them.", "payer");
        if (terms.Payer is { } payer && !await db.Parties().AnyAsync(p => p.Id == payer, ct)) return Refusal.Missing("party");
        if (terms.Owner is { } owner && await db.MemberAsync(owner, ct) is null) return Refusal.Invalid("owner.missing", "There is no such member.", "owner");
        return null;
    }

    public static void Take(this Relationship relationship, RelationshipTerms terms)
    {
        (relationship.Owner, relationship.Tier, relationship.Primary, relationship.Payer) = (terms.Owner, terms.Tier, terms.Primary, terms.Payer);
        (relationship.HasBought, relationship.Since, relationship.Until) = (terms.HasBought, terms.Since, terms.Until);
    }
}
