using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapport.Customers.Import;

/// <summary>What one column is taken for, and why, for people.</summary>
public sealed record MappedColumn(int Index, string Header, ColumnKind Kind, string Reason);

/// <summary>In which order the numbers of a date stand where it is not the ISO order.</summary>
public enum DateOrder
{
    /// <summary>31/12/2026.</summary>
    DayFirst,
    /// <summary>12/31/2026.</summary>
    MonthFirst,
}

/// <summary>What the columns of a table hold: guessed, corrected by a person, and remembered for the next file with the same heads.</summary>
public sealed record PeopleMapping(IReadOnlyList<MappedColumn> Columns, DateOrder Dates)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The same for files with the same heads in the same order, however they are written; to remember a mapping by.</summary>
    public string Signature => SignatureOf(Columns.Select(column => column.Header));

    /// <summary>Guesses from the heads and the first rows. <paramref name="region"/> settles dates that can be read both ways.</summary>
    public static PeopleMapping Guess(TableFile table, string region)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new MappingGuess(table.Header, table.HasHeader, table.Sample, region).Make();
    }

    /// <summary>The signature of a file's heads.</summary>
    public static string SignatureOf(IEnumerable<string> header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', header.Select(head => head.Trim().ToUpperInvariant())))))[..32];

    /// <summary>The mapping with one column corrected by a person.</summary>
    public PeopleMapping With(int column, ColumnKind kind) =>
        this with { Columns = [.. Columns.Select(c => c.Index == column ? c with { Kind = kind, Reason = "chosen by you" } : c)] };

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From JSON; null where it is none of ours.</summary>
    public static PeopleMapping? FromJson(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<PeopleMapping>(json, Json);
            return mapping?.Columns is null || mapping.Columns.Any(column => column?.Header is null || column.Index < 0) ? null : mapping;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why nothing can be imported with it, as one sentence; null when something can.</summary>
    public string? Problem() =>
        Columns.Any(column => column.Kind is ColumnKind.FullName or ColumnKind.Given or ColumnKind.Family or ColumnKind.Organization or ColumnKind.Email or ColumnKind.Phone)
            ? null
            : "No column holds a name, an organisation, an e-mail address or a telephone number; say which column is which.";
}
