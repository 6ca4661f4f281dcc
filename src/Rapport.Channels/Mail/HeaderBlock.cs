namespace Rapport.Channels.Mail;

/// <summary>The block of headers (From, Sent, To, Subject) that Outlook and others put above a quoted mail, in the languages of the table.</summary>
internal static class HeaderBlock
{
    private const int LongestBlock = 40;

    /// <summary>How many lines from <paramref name="start"/> belong to a block of headers that begins there; 0 when none does.</summary>
    public static int LengthAt(string[] raw, LineKind[] kinds, int start)
    {
        if (MailWords.HeaderOf(raw[start], out var first) == HeaderName.None) return 0;
        // The same name again below is a list of something.
        if (start + 2 < raw.Length && MailWords.HeaderOf(raw[start + 2], out var third) != HeaderName.None && third == first) return 0;
        var seen = HeaderName.None;
        var names = new HashSet<string>();
        var (end, address, since) = (start, false, 0);
        for (var i = start; i < raw.Length && i < start + LongestBlock; i++)
        {
            var header = kinds[i] == LineKind.Text ? MailWords.HeaderOf(raw[i], out var name) : Nothing(out name);
            if (header != HeaderName.None && !names.Add(name)) break;
            if (header != HeaderName.None)
            {
                (seen, end, since) = (seen | header, i + 1, 0);
                address |= raw[i].Contains('@', StringComparison.Ordinal);
            }
            // A long list of recipients runs on; some programs set blank lines between.
            else if (kinds[i] is not (LineKind.Text or LineKind.Blank) || ++since > 3 || (kinds[i] == LineKind.Blank && seen.HasFlag(HeaderName.Subject))) break;
        }
        return IsMailHeader(seen, names.Count, address) ? end - start : 0;
    }

    // "From: London, To: Paris, Date: Monday" is a journey, not a mail: a subject or an address is asked for.
    private static bool IsMailHeader(HeaderName seen, int count, bool address) =>
        count >= 3 && seen.HasFlag(HeaderName.From) && (seen & (HeaderName.Sent | HeaderName.To)) != 0 && (address || seen.HasFlag(HeaderName.Subject));

    private static HeaderName Nothing(out string name)
    {
        name = "";
        return HeaderName.None;
    }
}
