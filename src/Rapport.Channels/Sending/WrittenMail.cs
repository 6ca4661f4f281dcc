using System.Buffers;
using Rapport.Channels.Mail;
using Rapport.Customers;

namespace Rapport.Channels;

/// <summary>A file that goes out with a mail.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Type">Its media type; what is none is sent as bytes.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record WrittenFile(string Name, string Type, byte[] Bytes);

/// <summary>What an answer or a forwarded mail shows beneath its own words.</summary>
/// <param name="Heading">The line, or lines, that say whose words these are.</param>
/// <param name="Text">The words.</param>
/// <param name="Forwarded">They are passed on, and not answered: nobody takes them for a quote.</param>
public sealed record WrittenBefore(string Heading, string Text, bool Forwarded);

/// <summary>A mail as it is to be written.</summary>
/// <param name="MessageId">Signed by us (<see cref="OurMarks"/>), without angle brackets.</param>
/// <param name="From">Whose it is.</param>
/// <param name="To">Whom it is addressed to.</param>
/// <param name="Cc">Who is in copy.</param>
/// <param name="Subject">On one line.</param>
/// <param name="Text">The member's words.</param>
/// <param name="Date">When.</param>
public sealed record WrittenMail(string MessageId, Correspondent From, IReadOnlyList<Correspondent> To, IReadOnlyList<Correspondent> Cc, string Subject, string Text, DateTimeOffset Date)
{
    /// <summary>Where answers are to go; null for <see cref="From"/>.</summary>
    public string? ReplyTo { get; init; }
    /// <summary>The Message-ID that it answers.</summary>
    public string? InReplyTo { get; init; }
    /// <summary>Those before it, the oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
    /// <summary>The mark of ours that its last line bears, for answers that keep nothing but words (V3); null for none.</summary>
    public string? Mark { get; init; }
    /// <summary>What stands beneath it.</summary>
    public string Signature { get; init; } = "";
    /// <summary>What it answers or passes on, beneath that.</summary>
    public WrittenBefore? Before { get; init; }
    /// <summary>What goes with it.</summary>
    public IReadOnlyList<WrittenFile> Files { get; init; } = [];
    /// <summary>What calendars say to each other by it, of the type text/calendar with the method REPLY (RFC 6047); null where it is for people alone.</summary>
    public string? Calendar { get; init; }
    /// <summary>No person wrote it: it is marked so that nobody answers it automatically (V6, RFC 3834).</summary>
    public bool Automatic { get; init; }
    /// <summary>Automatic as it may be, it comes back when it does not arrive: somebody wants to know whom it did not reach.</summary>
    public bool ComesBack { get; init; }
    /// <summary>Where one click unsubscribes from what it is part of (RFC 8058).</summary>
    public string? Unsubscribe { get; init; }
}

/// <summary>Reads a field of recipients: addresses with or without names, between commas, semicolons or on lines of their own.</summary>
public static class RecipientText
{
    private const int LongestName = 200;
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;<>\"@");

    /// <summary>The recipients, each once; refused with a sentence that names the first that is no address.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="field">The field's name, for the refusal.</param>
    public static Result<IReadOnlyList<Correspondent>> Read(string? text, string field)
    {
        var read = new List<Correspondent>();
        var seen = new HashSet<string>();
        foreach (var part in Parts(text ?? ""))
        {
            if (EmailAddresses.Read(part) is not { } address) return Refusal.Invalid("recipient.unreadable", $"“{Short(part)}” is no mail address. Write it like jane@example.com, with commas between several.", field);
            if (!seen.Add(address.Key)) continue;
            var open = part.LastIndexOf('<');
            var name = open > 0 ? MailText.OnOneLine(part[..open].Trim().Trim('"', '\'').Replace("\\", "", StringComparison.Ordinal), LongestName) : "";
            read.Add(new(name, $"{address.LocalPart}@{address.Domain}"));
        }
        return read;
    }

    /// <summary>As a field holds them.</summary>
    public static string Write(IEnumerable<Correspondent> recipients) => string.Join(", ", recipients.Select(One));

    private static string One(Correspondent c) =>
        c.Name.Length == 0 ? c.Address : $"{(c.Name.AsSpan().ContainsAny(Separators) ? $"\"{c.Name.Replace("\"", "", StringComparison.Ordinal)}\"" : c.Name)} <{c.Address}>";

    // What stands between quotation marks or angle brackets holds no separators.
    private static IEnumerable<string> Parts(string text)
    {
        var (start, quoted, inside) = (0, false, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i == text.Length ? ',' : text[i];
            if (i < text.Length && c == '"') quoted = !quoted;
            else if (!quoted && c is '<' or '>') inside = c == '<';
            if (i < text.Length && c is not '\n' and not '\r' && (quoted || inside || c is not (',' or ';'))) continue;
            if (text[start..i].Trim() is { Length: > 0 } part) yield return part;
            (start, quoted, inside) = (i + 1, false, false);
        }
    }

    private static string Short(string part) => part.Length > 80 ? part[..80] + "…" : part;
}
