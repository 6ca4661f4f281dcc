using System.Globalization;

namespace Rapport.Customers.Import;

/// <summary>Writes into the relationship with a customer what a row says of it. Who pays, or is a customer since a day, has bought.</summary>
internal sealed class FillRelationship(Claims claims, ImportContext context, OrderedIds ids, TimeProvider clock, RowOutcome outcome)
{
    public void Fill(PartyState customer, MemberId? owner, PeopleRow row)
    {
        if (customer.Relationship is not { } relationship)
        {
            relationship = new Relationship { Id = ids.New<RelationshipId>(), Provider = OurOrganization.Id, Customer = customer.Id, Internal = customer.Party.IsOurs(), CreatedAt = clock.GetUtcNow() };
            customer.Gain(relationship);
            outcome.Done("relationship");
            // Who is served is a customer by the file's word.
            if (customer.Party.Who == Who.Unknown)
            {
                customer.Note("who", Who.Unknown.ToString(), Who.Customer.ToString(), outcome);
                customer.Party.Who = Who.Customer;
            }
        }
        Say(customer, relationship, owner, row);
        var standing = StandingRule.Compute(new(context.Today, relationship.Until, relationship.HasBought, relationship.Payer is not null || relationship is { Internal: true, Primary: false }, null), customer.Judgements);
        if (standing != relationship.Standing) Note(customer, "standing", relationship.Standing.ToString(), standing.ToString());
        relationship.Standing = standing;
        customer.Party.Show(relationship);
    }

    private void Say(PartyState customer, Relationship relationship, MemberId? owner, PeopleRow row)
    {
        if (owner is not null && Differs(customer, Claim.Owner, relationship.Owner, owner, relationship.Owner is null))
        {
            Note(customer, "owner", relationship.Owner?.ToString(), owner.ToString());
            relationship.Owner = owner;
        }
        if (row.Tier is { } tier && Differs(customer, Claim.Tier, relationship.Tier, tier, relationship.Tier == Tier.None))
        {
            Note(customer, "tier", relationship.Tier.ToString(), tier.ToString());
            relationship.Tier = tier;
        }
        if (row.Payer is { } pays && Differs(customer, Claim.Payer, relationship.Primary, pays, false))
        {
            Note(customer, "pays", relationship.Primary.ToString(), pays.ToString());
            relationship.Primary = pays;
        }
        if (row.CustomerSince is { } since && Differs(customer, Claim.Since, relationship.Since, since, relationship.Since is null))
        {
            Note(customer, "since", Day(relationship.Since), Day(since));
            relationship.Since = since;
        }
        if (relationship.HasBought || !(row.Payer == true || row.CustomerSince <= context.Today)) return;
        Note(customer, "bought", bool.FalseString, bool.TrueString);
        relationship.HasBought = true;
    }

    // The first row that speaks of it decides; a later one fills what is empty.
    private bool Differs<T>(PartyState customer, Claim claim, T stored, T said, bool isEmpty)
    {
        var first = claims.Take(customer.Id, claim);
        return (first || isEmpty) && !EqualityComparer<T>.Default.Equals(stored, said);
    }

    private void Note(PartyState customer, string field, string? from, string? to)
    {
        if (customer.Changes.Relationship is null) customer.Note($"relationship:{field}", from, to, outcome);
    }

    internal static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}
