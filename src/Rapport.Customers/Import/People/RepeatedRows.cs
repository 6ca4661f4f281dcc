namespace Rapport.Customers.Import;

/// <summary>For previews longer than a batch: nothing is stored between the batches, so rows about somebody whom an earlier batch would have made are known by their keys.</summary>
internal sealed class RepeatedRows
{
    private readonly HashSet<int> _before = [], _now = [];

    /// <summary>Whether an earlier batch would have made whom the row is about.</summary>
    public bool Has(PeopleRow row)
    {
        var keys = Keys(row).ToList();
        _now.UnionWith(keys);
        return keys.Exists(_before.Contains);
    }

    public void NextBatch()
    {
        _before.UnionWith(_now);
        _now.Clear();
    }

    private static IEnumerable<int> Keys(PeopleRow row)
    {
        if (row.PersonKey is { } key) yield return HashCode.Combine('k', key);
        else if (row.Person is { } person)
        {
            var addresses = row.Contacts.Where(c => c.Kind == ContactKind.Email).ToList();
            foreach (var address in addresses) yield return HashCode.Combine('m', address.Value, person.ComparisonKey);
            if (addresses.Count == 0) yield return HashCode.Combine('n', person.ComparisonKey, row.Organization ?? (row.Contacts.Count > 0 ? row.Contacts[0].Value : null));
        }
        else yield return HashCode.Combine('o', row.OrganizationKey ?? row.Organization, row.Department);
    }
}
