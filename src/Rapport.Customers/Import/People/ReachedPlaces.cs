namespace Rapport.Customers.Import;

/// <summary>
/// Organisations of which it is known that all their people have e-mail addresses: nobody there is met by name by a row that has one, so nobody needs to be looked for.
/// Most are, and in a large import looking for namesakes would cost more than all else. When somebody else adds or changes anything while the import runs, all of it is forgotten.
/// </summary>
internal sealed class ReachedPlaces
{
    private readonly HashSet<PartyId> _all = [];

    public bool Has(PartyId organization) => _all.Contains(organization);

    public void Add(PartyId organization) => _all.Add(organization);

    /// <summary>Whatever was known may be otherwise by now.</summary>
    public void Clear() => _all.Clear();

    /// <summary>Somebody belongs there now.</summary>
    public void Joined(PartyId organization, PartyState person)
    {
        if (!person.Has(ContactKind.Email)) _all.Remove(organization);
    }
}
