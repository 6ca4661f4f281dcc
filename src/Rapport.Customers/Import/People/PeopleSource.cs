namespace Rapport.Customers.Import;

/// <summary>A person or organisation as read, with what stood in the file, and which file it was where there are several.</summary>
internal readonly record struct SourceRow(PeopleRow Row, string[] Cells, string? File = null);

/// <summary>The people in a file of whatever kind: rows of a table by a mapping, or cards.</summary>
internal sealed class PeopleSource
{
    private static readonly string[] CardHeads = ["Name", "Organization", "Department", "Title", "E-mail and telephone"];

    private readonly string _path, _region;
    private readonly TableFile? _table;

    private PeopleSource(string path, string region, TableFile? table, PeopleMapping? mapping) =>
        (_path, _region, _table, Mapping) = (path, region, table, mapping);

    /// <summary>What the columns hold; null for cards.</summary>
    public PeopleMapping? Mapping { get; }

    /// <summary>The heads over the cells of its rows.</summary>
    public IReadOnlyList<string> Header => _table?.Header ?? CardHeads;

    /// <summary>What it was read as, in words.</summary>
    public string Format => _table?.Format ?? "cards (vCard)";

    /// <summary>Opens a file by what is in it. Refused with a sentence that names it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mapping">Gives the mapping for the table; null for the guessed one.</param>
    /// <param name="region">Country whose national telephone numbers are understood.</param>
    public static Result<PeopleSource> Open(ImportFile file, Func<TableFile, PeopleMapping?> mapping, string region)
    {
        if (AreCards(file))
            return VCardFile.Refuse(file.Path, file.Name) is { } unreadable ? Refuse(unreadable) : new PeopleSource(file.Path, region, null, null);
        if (TableFile.Open(file.Path, out var problem, file.Name) is not { } table) return Refuse(problem!);
        var holds = mapping(table) ?? PeopleMapping.Guess(table, region);
        if (holds.Problem() is { } useless) return Refuse($"{file.Name}: {useless}");
        return new PeopleSource(file.Path, region, table, holds);
    }

    /// <summary>All rows, lazily; can be asked for again.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        if (_table is null)
        {
            foreach (var card in VCardFile.Read(_path, _region)) yield return new(card.Ready(), CellsOf(card));
            yield break;
        }
        var reader = new PeopleReader(Mapping!, _region);
        foreach (var row in _table.Rows()) yield return new(reader.Read(row).Ready(), row.Cells);
    }

    /// <summary>How many rows there are.</summary>
    public int Count() => _table is null ? VCardFile.Read(_path, _region).Count() : _table.Rows().Count();

    private static bool AreCards(ImportFile file)
    {
        try
        {
            using var stream = TableFile.OpenShared(file.Path);
            var start = new byte[4096];
            var text = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
            // In UTF-16 every second byte is a null.
            var letters = text.ToArray().Where(b => b is not (0 or 0xEF or 0xBB or 0xBF or 0xFE or 0xFF)).ToArray();
            var isNamedSo = file.Name.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".vcard", StringComparison.OrdinalIgnoreCase);
            return isNamedSo && text.Length > 0 && !ForeignFormat.IsZip(text) || letters.AsSpan().TrimStart(" \t\r\n"u8) is var said && said.Length >= 11 && System.Text.Ascii.EqualsIgnoreCase(said[..11], "BEGIN:VCARD");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] CellsOf(PeopleRow card) =>
        [card.Person?.Original ?? "", card.Organization ?? "", card.Department ?? "", card.Title ?? "", string.Join("; ", card.Contacts.Where(c => c.Kind is ContactKind.Email or ContactKind.Telephone).Select(c => c.Given))];

    private static Refusal Refuse(string sentence) => Refusal.Invalid("import.unreadable", sentence, "file");
}
