namespace Rapport.Channels.Mail;

/// <summary>Reads Message-IDs from headers as they really come: several, folded, without brackets, with comments.</summary>
internal static class MailIds
{
    private const int Longest = 998;

    public static string? First(string? header)
    {
        var ids = All(header, 1);
        if (ids.Count > 0) return ids[0];
        var bare = MailText.OnOneLine(header, Longest).Trim('<', '>', ' ');
        return bare.Length > 2 && !bare.Contains(' ', StringComparison.Ordinal) ? bare : null;
    }

    /// <summary>Each id once, in order; from a header that is too long the first and the newest.</summary>
    public static List<string> All(string? header, int most)
    {
        var ids = new List<string>();
        if (header is null) return ids;
        var seen = new HashSet<string>();
        var rest = header.AsSpan();
        while (rest.IndexOf('<') is var open and >= 0)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0) break;
            var inner = rest[..close].LastIndexOf('<');
            var id = MailText.OnOneLine(rest[(inner + 1)..close].ToString(), Longest).Replace(" ", "", StringComparison.Ordinal);
            rest = rest[(close + 1)..];
            // "<a@b.example> from Bob <bob@c.example>" is an old way to reply; an address without digits is no id, yet harmless.
            if (id.Length > 2 && seen.Add(id)) ids.Add(id);
        }
        if (ids.Count > most) ids.RemoveRange(most > 1 ? 1 : most, ids.Count - most);
        return ids;
    }

    public static string? List(string header)
    {
        if (header.Length == 0) return null;
        var (open, close) = (header.LastIndexOf('<'), header.LastIndexOf('>'));
        var id = open >= 0 && close > open ? header[(open + 1)..close] : header;
        return id.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }
}
