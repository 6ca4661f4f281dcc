using System.Buffers.Text;
using System.Text;

namespace Rapport.Kernel.Web;

/// <summary>A stretch of a list, and how to ask for what follows.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Pass it as <c>after</c> for the next stretch; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>How many items a stretch has when nobody says, and at most.</summary>
    public const int Usual = 50, Most = 200;

    /// <summary>A stretch from one row more than was asked for: the extra one only says that there is more.</summary>
    public static Page<T> Of(List<T> rows, int size, Func<T, Cursor> cursor) =>
        rows.Count <= size ? new(rows, null) : new(rows[..size], cursor(rows[size - 1]).ToString());
}

/// <summary>The place after which a list goes on: the values it is sorted by, of the last row that was seen. Opaque to clients.</summary>
public readonly record struct Cursor(params string[] Values)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is missing or anything else.</summary>
    public static Cursor? Parse(string? text, int values)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 2000 || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\0');
        return parts.Length == values ? new Cursor(parts) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\0', Values)));
}
