using System.Buffers.Text;
using System.Security.Cryptography;
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
    /// <summary>Reads what <see cref="ToString"/> wrote; null when nothing was written.</summary>
    /// <exception cref="UnreadableRequest">It is something else: whoever follows a list by a broken cursor would go round in it for ever if it began anew.</exception>
    public static Cursor? Parse(string? text, int values)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length <= 2000 && Base64Url.IsValid(text))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\0');
            if (parts.Length == values + 1 && parts[0] == Mark(parts[1..])) return new Cursor(parts[1..]);
        }
        throw new UnreadableRequest("This is no place in this list. Send as after what the answer before has as next, or leave it out to begin at the start.");
    }

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\0', [Mark(Values), .. Values])));

    // Against what was cut off or mistyped, not against anybody: whoever makes their own begins where they like.
    private static string Mark(string[] values) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', values))).AsSpan(0, 3));
}
