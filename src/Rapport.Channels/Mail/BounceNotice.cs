using System.Text;
using System.Text.RegularExpressions;

namespace Rapport.Channels.Mail;

/// <summary>Reads what a mail system writes for people when it gives a mail back: whom it names as not reached, what it says of each, and where the mail that came back begins.</summary>
internal sealed partial class BounceNotice
{
    private const int Longest = 500_000, Most = 5_000, MostLinesOfReason = 15, LongestReason = 2_000, LongestLine = 2_000;

    private readonly List<(string Recipient, int Line, string After, bool Ours)> named = [];
    private readonly string[] lines;

    /// <param name="ours">Addresses that sent or got this notice: they are recipients only where nobody else is.</param>
    public BounceNotice(string text, IReadOnlyCollection<string> ours)
    {
        var all = (text.Length > Longest ? text[..Longest] : text).Split('\n');
        var end = Array.FindIndex(all, IsBeginningOfReturned);
        lines = end < 0 ? all : all[..end];
        Text = string.Join('\n', lines);
        Returned = ReturnedMail.Of(string.Join('\n', end < 0 ? all : all[(end + 1)..]));
        HasReturned = end >= 0;
        for (var i = 0; i < lines.Length && named.Count < Most; i++) Name(i, ours);
        if (named.Exists(n => !n.Ours)) named.RemoveAll(n => n.Ours);
    }

    /// <summary>The notice without what came back.</summary>
    public string Text { get; }

    /// <summary>What came back below it, as far as headers are there.</summary>
    public ReturnedMail Returned { get; }

    /// <summary>A line says that the mail follows.</summary>
    public bool HasReturned { get; }

    /// <summary>Each recipient once, with what is said of them.</summary>
    public IReadOnlyList<(string Recipient, string Reason)> Recipients()
    {
        var reasons = new Dictionary<string, StringBuilder>(StringComparer.OrdinalIgnoreCase);
        var order = new List<string>();
        for (var i = 0; i < named.Count; i++)
        {
            var (recipient, line, rest, _) = named[i];
            if (!reasons.TryGetValue(recipient, out var reason))
            {
                reasons.Add(recipient, reason = new());
                order.Add(recipient);
            }
            if (reason.Length > LongestReason) continue;
            Add(reason, rest);
            for (var j = line + 1; j < lines.Length && j <= line + MostLinesOfReason && (i + 1 >= named.Count || j < named[i + 1].Line); j++) Add(reason, lines[j]);
        }
        return order.ConvertAll(r => (r, reasons[r].ToString() is var said && HasLetters(said) ? said : Whole));
    }

    /// <summary>Its beginning, for whoever is not given a reason of their own.</summary>
    public string Whole => Text.Length > LongestReason ? Text[..LongestReason] : Text;

    private static void Add(StringBuilder reason, string line) => reason.Append(line.AsSpan(0, Math.Min(line.Length, LongestLine))).Append('\n');

    private void Name(int index, IReadOnlyCollection<string> ours)
    {
        var line = lines[index];
        if (line.Length > LongestLine || !line.Contains('@', StringComparison.Ordinal)) return;
        var before = 0;
        foreach (var (address, start, end) in MailAddresses.Places(line))
        {
            var lead = line.AsSpan(before, start - before);
            before = end;
            if (!Leads(lead) || address.StartsWith('/')) continue;
            if (named.Count > 0 && string.Equals(named[^1].Recipient, address, StringComparison.OrdinalIgnoreCase)) return;
            named.Add((address, index, line[end..], ours.Contains(address, StringComparer.OrdinalIgnoreCase)));
            // What follows in the line is about this one.
            if (!HasLetters(lead)) return;
        }
    }

    // A recipient begins a line, or stands after what leads to one: "could not be delivered to", "Recipient:", "RCPT TO:".
    private static bool Leads(ReadOnlySpan<char> lead)
    {
        if (!HasLetters(lead)) return true;
        return !lead.ContainsAny(BounceWords.Elsewhere) && LeadsTo().IsMatch(lead.Trim(" \t<>\"'([*-"));
    }

    private static bool HasLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsLetter(c)) return true;
        return false;
    }

    private static bool IsBeginningOfReturned(string line)
    {
        if (line.Length is < 8 or > 120) return false;
        var bare = line.AsSpan().Trim();
        if (bare.IsEmpty) return false;
        var drawn = bare[0] is '-' or '=' or '*' or '_' or '#';
        var core = bare.Trim("-=*_#:. ");
        return core.Length > 6 && BeginsReturned().IsMatch(core) && (drawn || bare[^1] is ':' or '.' or '-' || core.Length < 40);
    }

    [GeneratedRegex(@"(\bto|\brcpt|recipients?|address(es)?|user|mailbox|account|for|in|not delivered)\s*(the following( recipients?| address(es)?)?)?\s*(is|was)?\s*:?$|:$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex LeadsTo();

    [GeneratedRegex(@"^((below( this line)? is|this is|enclosed is|here is|included is|the following is|attached is) (a|the) copy of .*|"
        + @"(original|returned|unsent|undelivered|bounced|your) (message|mail)( headers?)?( (follows?|is|as follows|details|text|below).*)?|"
        + @"(the )?(original|unsent|returned) (message|mail) (follows|below|headers).*|original mail as follows|"
        + @"the (text|header|headers|body) of (the|your) (original )?(message|mail).*|(message|mail) headers? follows?|copy of (the|your) .*|"
        + @"original (e-?mail|message) (message|headers?|text).*|body of message generated response|(begin )?(returned|rejected) (message|mail).*|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex BeginsReturned();
}
