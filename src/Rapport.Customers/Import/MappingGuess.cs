namespace Rapport.Customers.Import;

/// <summary>Guesses what columns hold: by their heads first, by their values where the heads say nothing, by their neighbours where they say two things.</summary>
internal sealed class MappingGuess(IReadOnlyList<string> header, bool hasHeader, IReadOnlyList<TableRow> sample, string region)
{
    private readonly ColumnKind[] _kinds = new ColumnKind[header.Count];
    private readonly string[] _reasons = new string[header.Count];

    public PeopleMapping Make()
    {
        for (var i = 0; i < header.Count; i++) ByItself(i);
        ByNeighbours();
        OneAddress();
        OnceEach();
        return new PeopleMapping([.. header.Select((head, i) => new MappedColumn(i, head, _kinds[i], _reasons[i]))], Dates());
    }

    private void ByItself(int column)
    {
        var byHead = hasHeader ? ColumnWords.KindOf(header[column]) : ColumnKind.Ignore;
        if (byHead != ColumnKind.Ignore && !Contradicts(column, byHead)) Set(column, byHead, "by its head");
        else if (byHead != ColumnKind.Ignore) Set(column, ColumnKind.Ignore, $"its head says {Words(byHead)}, its values do not; choose if you want it");
        else if (ColumnWords.IsForeign(header[column])) Set(column, ColumnKind.Ignore, "not something that Rapport keeps");
        else if (ColumnValues.KindOf(Values(column)) is var byValue and not ColumnKind.Ignore) Set(column, byValue, "by its values");
        else Set(column, ColumnKind.Ignore, Values(column).Count == 0 ? "it is empty in the first rows" : "its head is not known; choose if you want it");
    }

    // Heads lie: a column called "mail" that holds "yes" is not one of addresses.
    private bool Contradicts(int column, ColumnKind kind)
    {
        // A formula says nothing of what the column holds: its rows are named when they are read.
        var values = Values(column).FindAll(value => value[0] != '=');
        if (values.Count < 2) return false;
        return kind switch
        {
            ColumnKind.Email => ColumnValues.Share(values, value => value.Contains('@')) < 0.3,
            ColumnKind.Phone => ColumnValues.Share(values, value => value.Count(char.IsDigit) >= 4) < 0.3,
            ColumnKind.Tier => ColumnValues.Share(values, value => PeopleValues.TierOf(value) is not null) < 0.5,
            ColumnKind.Payer => ColumnValues.Share(values, value => PeopleValues.YesNo(value) is not null) < 0.5,
            ColumnKind.CustomerSince => ColumnValues.Share(values, value => DateWords.Read(value, DateOrder.DayFirst) is not null || DateWords.Read(value, DateOrder.MonthFirst) is not null) < 0.5,
            ColumnKind.Domain => ColumnValues.Share(values, value => EmailAddresses.Domain(value) is not null) < 0.5,
            _ => false,
        };
    }

    private void ByNeighbours()
    {
        for (var i = 0; i < header.Count; i++)
        {
            var head = ColumnWords.Plain(header[i]);
            switch (_kinds[i])
            {
                case ColumnKind.FullName when Has(ColumnKind.Given) && !Has(ColumnKind.Family):
                    Set(i, ColumnKind.Family, "a given name stands beside it");
                    break;
                case ColumnKind.FullName when head is "name" or "naam" && !Has(ColumnKind.Organization) && ColumnValues.Share(Values(i), ColumnValues.IsCompany) > 0.3:
                    Set(i, ColumnKind.Organization, "by its values");
                    break;
                case ColumnKind.Family when head == "nom" && !Has(ColumnKind.Given):
                case ColumnKind.Given when head == "nombre" && !Has(ColumnKind.Family):
                    Set(i, ColumnKind.FullName, "no other name stands beside it");
                    break;
                case ColumnKind.Title when Values(i).Count > 0 && ColumnValues.Share(Values(i), ColumnValues.IsHonorific) > 0.5:
                    Set(i, ColumnKind.Honorific, "by its values");
                    break;
                // Two columns of job titles: in some exports the bare one is the form of address.
                case ColumnKind.Title when head is "title" or "titel" && _kinds.Count(kind => kind == ColumnKind.Title) > 1 && !Has(ColumnKind.Honorific):
                    Set(i, ColumnKind.Honorific, "another column holds the job title");
                    break;
                case ColumnKind.PersonKey when head is "id" or "key" && !HasPersonName() && Has(ColumnKind.Organization):
                    Set(i, ColumnKind.OrganizationKey, "the rows are organisations");
                    break;
                default:
                    break;
            }
        }
        // Parts of a name say more than the whole.
        if (Has(ColumnKind.Given) && Has(ColumnKind.Family)) Drop(ColumnKind.FullName, "given and family name stand in columns of their own");
    }

    // Of several addresses the one at work, else the first, is imported.
    private void OneAddress()
    {
        ColumnKind[] parts = [ColumnKind.Street, ColumnKind.HouseNumber, ColumnKind.Postcode, ColumnKind.City, ColumnKind.Region, ColumnKind.Country];
        var columns = Enumerable.Range(0, header.Count).Where(i => parts.Contains(_kinds[i])).ToList();
        var filled = columns.Where(i => Values(i).Count > 0).ToList();
        var chosen = (filled.Count > 0 ? filled : columns).Select(i => ColumnWords.AddressOf(header[i])).OrderBy(address => address.Length > 0).FirstOrDefault();
        foreach (var i in columns)
            if (ColumnWords.AddressOf(header[i]) != chosen) Set(i, ColumnKind.Ignore, "another address is imported already");
    }

    private void OnceEach()
    {
        ColumnKind[] several = [ColumnKind.Ignore, ColumnKind.Email, ColumnKind.Phone, ColumnKind.Note, ColumnKind.Tags, ColumnKind.Website, ColumnKind.Street];
        var first = new Dictionary<ColumnKind, int>();
        for (var i = 0; i < header.Count; i++)
        {
            if (several.Contains(_kinds[i])) continue;
            if (!first.TryGetValue(_kinds[i], out var taken)) { first[_kinds[i]] = i; continue; }
            var loser = Values(taken).Count == 0 && Values(i).Count > 0 ? taken : i;
            var winner = loser == i ? taken : i;
            first[_kinds[i]] = winner;
            Set(loser, ColumnKind.Ignore, $"\"{header[winner]}\" is taken for {Words(_kinds[winner])} already; choose if this one is right");
        }
    }

    private DateOrder Dates()
    {
        var dates = Enumerable.Range(0, header.Count).Where(i => _kinds[i] == ColumnKind.CustomerSince).SelectMany(Values).ToList();
        var day = dates.Count(value => DateWords.Read(value, DateOrder.DayFirst) is not null);
        var month = dates.Count(value => DateWords.Read(value, DateOrder.MonthFirst) is not null);
        if (day != month) return day > month ? DateOrder.DayFirst : DateOrder.MonthFirst;
        return region.ToUpperInvariant() is "US" or "PH" ? DateOrder.MonthFirst : DateOrder.DayFirst;
    }

    private bool HasPersonName() => Has(ColumnKind.FullName) || Has(ColumnKind.Given) || Has(ColumnKind.Family);

    private bool Has(ColumnKind kind) => _kinds.Contains(kind);

    private void Drop(ColumnKind kind, string reason)
    {
        for (var i = 0; i < header.Count; i++)
            if (_kinds[i] == kind) Set(i, ColumnKind.Ignore, reason);
    }

    private void Set(int column, ColumnKind kind, string reason) => (_kinds[column], _reasons[column]) = (kind, reason);

    private List<string> Values(int column) => [.. sample.Select(row => row[column]).Where(value => value.Length > 0)];

    private static string Words(ColumnKind kind) => System.Text.RegularExpressions.Regex.Replace(kind.ToString(), "(?<=[a-z])(?=[A-Z])", " ").ToLowerInvariant();
}
