namespace Rapport.Customers.Import;

/// <summary>
/// Organisations of which it is known that all their people have e-mail addresses: nobody there is met by name by a row that has one, so nobody needs to be looked for.
/// Most are, and in a large import looking for namesakes would cost more than all else. Whom somebody else adds while the import runs may be missed, and is then a possible duplicate.
/// </summary>
internal sealed class ReachedPlaces
{
    private readonly HashSet<PartyId> _all = [];

    public bool Has(PartyId organization) => _all.Contains(organization);

    public void Add(PartyId organization) => _all.Add(organization);

    /// <summary>Somebody belongs there now.</summary>
    public void Joined(PartyId organization, PartyState person)
    {
        if (!person.Has(ContactKind.Email)) _all.Remove(organization);
    }
}
