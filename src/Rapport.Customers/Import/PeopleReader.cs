using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Applies a mapping to the rows of a table. The region's national forms of telephone numbers are understood. One reader is for one thread.</summary>
public sealed class PeopleReader
{
    private readonly int[][] _columns;
    private readonly PeopleMapping _mapping;
    private readonly string _region;

    /// <summary>Reads with this mapping; <paramref name="region"/> is an ISO 3166 country.</summary>
    public PeopleReader(PeopleMapping mapping, string region)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        (_mapping, _region) = (mapping, region);
        _columns = [.. Enum.GetValues<ColumnKind>().Select(kind => mapping.Columns.Where(column => column.Kind == kind).Select(column => column.Index).ToArray())];
    }

    /// <summary>The row as a person or organisation, with its problems.</summary>
    public PeopleRow Read(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var draft = new PeopleDraft(row.Number, _region);
        if (row.Problem is not null)
        {
            draft.Reject(null, row.Problem);
            return draft.ToRow(null, null);
        }
        Contacts(row, draft);
        var organization = Text(row, ColumnKind.Organization, Party.LongestName, draft);
        return draft.ToRow(Name(row, draft), organization) with
        {
            Department = Text(row, ColumnKind.Department, 200, draft),
            Title = Text(row, ColumnKind.Title, 200, draft),
            Level = Said(row, ColumnKind.Level, PeopleValues.LevelOf, "a level; write executive, management, professional or operational, or leave the cell empty", draft) ?? Level.Unknown,
            Language = Text(row, ColumnKind.Language, 35, draft),
            Note = Joined(row, ColumnKind.Note, "\n"),
            Tags = Tags(row),
            Owner = Text(row, ColumnKind.Owner, 300, draft),
            Tier = Said(row, ColumnKind.Tier, PeopleValues.TierOf, "a tier; write A, B, C or none, or leave the cell empty", draft),
            Payer = Said(row, ColumnKind.Payer, PeopleValues.YesNo, "yes or no; write one of them, or leave the cell empty", draft),
            CustomerSince = Said(row, ColumnKind.CustomerSince, value => DateWords.Read(value, _mapping.Dates), "a date; write it like 2026-03-31, or leave the cell empty", draft),
            PersonKey = Text(row, ColumnKind.PersonKey, 200, draft),
            OrganizationKey = Text(row, ColumnKind.OrganizationKey, 200, draft),
            // Last: what stands above adds to them.
            Problems = draft.Problems,
        };
    }

    private PersonName? Name(TableRow row, PeopleDraft draft)
    {
        var (given, family, middle) = (One(row, ColumnKind.Given), One(row, ColumnKind.Family), One(row, ColumnKind.Middle));
        var full = One(row, ColumnKind.FullName);
        var name = given.Length + family.Length + middle.Length > 0
            ? PersonNames.From(given, family, middle, One(row, ColumnKind.Honorific), One(row, ColumnKind.Suffix))
            : full.Length > 0 ? PersonNames.Read(full) : null;
        if (name is null || name.Original.Length <= Party.LongestName) return name;
        draft.Reject(null, $"the name is longer than {Party.LongestName} characters; shorten it.");
        return null;
    }

    private void Contacts(TableRow row, PeopleDraft draft)
    {
        foreach (var column in Columns(ColumnKind.Email)) draft.AddEmails(row[column], Head(column), null);
        foreach (var column in Columns(ColumnKind.Phone)) draft.AddPhones(row[column], Head(column), LabelOf(column));
        foreach (var column in Columns(ColumnKind.Website)) draft.AddWebsite(row[column], Head(column));
        if (Columns(ColumnKind.Domain) is [var domain, ..]) draft.AddDomain(row[domain], Head(domain));
        var street = PersonNames.Join(One(row, ColumnKind.HouseNumber), Joined(row, ColumnKind.Street, ", ") ?? "");
        draft.AddPostal(street, One(row, ColumnKind.Postcode), One(row, ColumnKind.City), One(row, ColumnKind.Region), One(row, ColumnKind.Country));
    }

    private int[] Columns(ColumnKind kind) => _columns[(int)kind];

    private string Head(int column) => _mapping.Columns[column].Header;

    private string? LabelOf(int column)
    {
        var head = TextFold.Fold(Head(column));
        return head.Contains("mob", StringComparison.Ordinal) || head.Contains("cell", StringComparison.Ordinal) || head.Contains("handy", StringComparison.Ordinal) ? "mobile" : null;
    }

    private string One(TableRow row, ColumnKind kind) => Columns(kind) is [var column, ..] ? row[column] : "";

    private string? Text(TableRow row, ColumnKind kind, int longest, PeopleDraft draft)
    {
        var value = One(row, kind);
        if (value.Length <= longest) return value.Length == 0 ? null : value;
        draft.Reject(Head(Columns(kind)[0]), $"'{value[..20]}...' is longer than {longest} characters; shorten it.");
        return null;
    }

    private string? Joined(TableRow row, ColumnKind kind, string between)
    {
        var columns = Columns(kind);
        if (columns is [var only]) return row[only] is { Length: > 0 } value ? value : null;
        var joined = string.Join(between, columns.Select(column => row[column]).Where(value => value.Length > 0));
        return joined.Length == 0 ? null : joined;
    }

    private T? Said<T>(TableRow row, ColumnKind kind, Func<string, T?> read, string wanted, PeopleDraft draft) where T : struct
    {
        var value = One(row, kind);
        if (value.Length == 0) return null;
        if (read(value) is { } said) return said;
        draft.Reject(Head(Columns(kind)[0]), $"'{PeopleDraft.Short(value)}' is not {wanted}.");
        return null;
    }

    private string[] Tags(TableRow row) =>
        Columns(ColumnKind.Tags).Length == 0 ? [] : [.. Columns(ColumnKind.Tags)
            .SelectMany(column => row[column].Split([",", ";", "|", ":::"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(tag => tag.TrimStart('*', ' ')).Where(tag => tag.Length is > 0 and <= 100).Distinct(StringComparer.OrdinalIgnoreCase).Take(50)];
}
