using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Rapport.Channels.Mail;

/// <summary>Which header a name in some language stands for; a name may stand for several ("a", "de").</summary>
[Flags]
internal enum HeaderName { None = 0, From = 1, Sent = 2, To = 4, Cc = 8, Subject = 16, Other = 32 }

/// <summary>Questions to the table of languages, about one folded line.</summary>
internal static class MailWords
{
    /// <summary>No marker, signature or header of one line is longer, in characters.</summary>
    public const int LongestMarker = 600;

    private const string RuleCharacters = "-_=*~#+—–‐‑─━═•·ᐧ,";
    private static readonly FrozenDictionary<string, HeaderName> Headers = BuildHeaders();
    private static readonly FrozenSet<string> Original = MailLanguages.All.SelectMany(l => l.Original).ToFrozenSet();
    private static readonly FrozenSet<string> Forwarded = MailLanguages.All.SelectMany(l => l.Forwarded).ToFrozenSet();
    private static readonly Beginnings ForwardedBy = new(MailLanguages.All.SelectMany(l => l.Forwarded));
    private static readonly SearchValues<string> ReplyAbove = SearchValues.Create(["reply above this line", "type your reply above", "reply above the line", "write above this line", "enter your reply above", "antworten sie oberhalb", "bitte antworten sie über dieser", "répondez au-dessus de cette ligne", "responda por encima de esta línea"], StringComparison.Ordinal);

    /// <summary>Lower case, without direction marks, emphasis and space around, and any space as a plain one.</summary>
    public static string Fold(string line)
    {
        if (Ascii.IsValid(line)) return line.Trim().ToLowerInvariant();
        var folded = new StringBuilder(line.Length);
        foreach (var c in line)
            if (!IsInvisible(c)) folded.Append(IsSpace(c) ? ' ' : c);
        return folded.ToString().Trim().ToLowerInvariant();
    }

    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c == '\u00a0';

    /// <summary>Nothing but a line drawn with characters, a signature's "-- " among them.</summary>
    public static bool IsRule(string folded)
    {
        if (folded is "—" or "ᐧ") return true;
        if (folded.Length < 2) return false;
        var drawn = 0;
        foreach (var c in folded)
        {
            if (c == ' ') continue;
            if (!RuleCharacters.Contains(c)) return false;
            drawn++;
        }
        return drawn >= 2;
    }

    public static bool IsForwarded(string folded)
    {
        if (!IsRuleCharacter(folded[0]) && folded[^1] is not (':' or '：')) return false;
        var core = WithoutRule(folded, out var dashes);
        if (core.Length is 0 or > 120) return false;
        if (Forwarded.Contains(core)) return dashes >= 2 || folded[^1] is ':' or '：';
        return dashes >= 3 && ForwardedBy.Of(core) is not null;
    }

    public static bool IsOriginal(string folded)
    {
        if (folded.AsSpan().ContainsAny(ReplyAbove)) return true;
        if (!IsRuleCharacter(folded[0])) return false;
        var core = WithoutRule(folded, out var dashes);
        return dashes >= 2 && core.Length < 60 && (Original.Contains(core) || core.StartsWith("message from ", StringComparison.Ordinal));
    }

    /// <summary>The header that a line names, or none.</summary>
    public static HeaderName HeaderOf(string line, out string name)
    {
        name = "";
        if (line.Length > LongestMarker) return HeaderName.None;
        var colon = line.AsSpan(0, Math.Min(line.Length, 40)).IndexOfAny(':', '：');
        if (colon < 1) return HeaderName.None;
        name = Fold(line[..colon]).Replace("*", "", StringComparison.Ordinal).Trim();
        return Headers.GetValueOrDefault(name);
    }

    private static bool IsRuleCharacter(char c) => c is '-' or '–' or '—' or '‐' or '‑' or '_' or '=' or '*' or '~' or '#' or '<' or '[';

    private static string WithoutRule(string folded, out int dashes)
    {
        var core = folded.Trim('-', '–', '—', '‐', '‑', '_', '=', '*', '~', '#', ' ', ':', '：', '<', '>', '[', ']');
        dashes = folded.Length - folded.TrimStart('-', '–', '—', '‐', '‑', '_', '=', '*', '~', '#').Length;
        return core;
    }

    private static bool IsInvisible(char c) => c is >= '\u200b' and <= '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2060' and <= '\u2069' or '\ufeff' or '\u00ad';

    private static FrozenDictionary<string, HeaderName> BuildHeaders()
    {
        var headers = new Dictionary<string, HeaderName>();
        foreach (var language in MailLanguages.All)
        {
            Add(language.From, HeaderName.From);
            Add(language.Sent, HeaderName.Sent);
            Add(language.To, HeaderName.To);
            Add(language.Cc, HeaderName.Cc);
            Add(language.Subject, HeaderName.Subject);
            Add(language.ReplyTo, HeaderName.Other);
        }
        return headers.ToFrozenDictionary();

        void Add(string[] names, HeaderName header)
        {
            foreach (var name in names) headers[name] = headers.GetValueOrDefault(name) | header;
        }
    }
}
