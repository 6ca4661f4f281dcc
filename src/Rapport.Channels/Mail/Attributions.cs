namespace Rapport.Channels.Mail;

/// <summary>Finds the lines that introduce a quoted mail ("On Monday ... wrote:"), on one line or broken over several.</summary>
internal static class Attributions
{
    private const int MostLines = 6;
    private const int Longest = 500;
    private static readonly Beginnings Starts = new(MailLanguages.All.SelectMany(l => l.Starts));
    private static readonly string[] Verbs = [.. MailLanguages.All.SelectMany(l => l.Wrote).Distinct().OrderByDescending(v => v.Length)];

    /// <summary>For each line the number of lines of the attribution that begins there, 0 for none.</summary>
    public static int[] Find(string[] raw, LineKind[] kinds)
    {
        var lengths = new int[raw.Length];
        var free = 0;
        for (var end = 0; end < raw.Length; end++)
        {
            if (raw[end].Length > Longest || !MayEnd(raw, kinds, end)) continue;
            var start = StartOf(raw, kinds, end, free);
            if (start < 0) continue;
            lengths[start] = end - start + 1;
            free = end + 1;
        }
        return lengths;
    }

    private static bool MayEnd(string[] raw, LineKind[] kinds, int line)
    {
        if (kinds[line] == LineKind.Quote) return IsBrokenEnd(raw, kinds, line);
        if (kinds[line] != LineKind.Text) return false;
        var text = raw[line].AsSpan().TrimEnd(" \t\u00a0*_\u200e\u200f\u202c\u2069");
        if (QuoteFollows(kinds, line) && text.Contains('@') && EndsWithVerb(MailWords.Fold(raw[line]).TrimEnd('*', '_', ' '))) return true;
        return text.EndsWith(":") || text.EndsWith("：") || text.Contains(":   ", StringComparison.Ordinal) || char.IsAsciiDigit(raw[line].AsSpan().TrimStart()[0]);
    }

    // "On ... Some One <" / "a@b.example" / "> wrote:" leaves a last line that only looks quoted.
    private static bool IsBrokenEnd(string[] raw, LineKind[] kinds, int line)
    {
        var rest = raw[line].TrimStart().TrimStart('>').Trim().TrimEnd(':', '：').TrimEnd();
        return line > 0 && kinds[line - 1] is LineKind.Text && rest.Length < 40 && Array.IndexOf(Verbs, rest.ToLowerInvariant()) >= 0;
    }

    private static int StartOf(string[] raw, LineKind[] kinds, int end, int free)
    {
        var joined = "";
        var fallback = -1;
        var quoteFollows = QuoteFollows(kinds, end);
        for (var start = end; start >= free && start > end - MostLines; start--)
        {
            if (kinds[start] == LineKind.Blank && !raw[start + 1].TrimStart().StartsWith('<')) break;
            if (start < end && kinds[start] is not (LineKind.Text or LineKind.Blank)) break;
            joined = joined.Length == 0 ? MailWords.Fold(raw[start]) : MailWords.Fold(raw[start]) + " " + joined;
            if (joined.Length > Longest) break;
            if (kinds[start] == LineKind.Blank) continue;

            var begins = char.IsAsciiDigit(joined[0]) || Starts.Of(joined) is not null;
            if (!IsAttribution(joined.Trim('*', '_'), begins, quoteFollows)) continue;
            if (begins) return start;
            if (fallback < 0 && (start == end || start == 0 || kinds[start - 1] is not LineKind.Text)) fallback = start;
        }
        return fallback;
    }

    private static bool QuoteFollows(LineKind[] kinds, int line)
    {
        for (var i = line + 1; i < kinds.Length && i <= line + 3; i++)
            if (kinds[i] != LineKind.Blank) return kinds[i] == LineKind.Quote;
        return false;
    }

    private static bool IsAttribution(string text, bool begins, bool quoteFollows)
    {
        var open = text.AsSpan().Count('<');
        if (open != text.AsSpan().Count('>') && !text.Contains("=>", StringComparison.Ordinal)) return false;
        var address = text.Contains('@', StringComparison.Ordinal);
        var colon = text[^1] is ':' or '：';
        var core = text.TrimEnd(':', '：', ' ', '*');
        var (time, year) = (HasTime(text), HasYear(text) || HasShortDate(text));
        if (!address && !time && !year && !quoteFollows) return false;
        if (!colon) return IsBareDate(core, time, address) || (quoteFollows && begins && address && EndsWithVerb(core)) || IsFollowedOnItsLine(core, begins, address);

        if (EndsWithVerb(core))
            return address || (begins && (time || year || (quoteFollows && text.Any(char.IsAsciiDigit)))) || (quoteFollows && core.AsSpan().Count(' ') < 8);
        // Many write their own words ("thus spoke"); with whom or when, and a quote below, they introduce all the same.
        if (quoteFollows && (address || (begins && year && time))) return true;
        if (address && time && year && (core[^1] is '>' or ')' or ']')) return true;
        if (IsBareDate(core, time, address)) return true;
        return (begins || address) && (address || time || year) && (quoteFollows || address || (time && year)) && HasVerb(core);
    }

    // Yahoo's program for Android puts the quoted text on the very line, behind some spaces.
    private static bool IsFollowedOnItsLine(string text, bool begins, bool address)
    {
        if (!begins || !address || text.IndexOf(":   ", StringComparison.Ordinal) is not (> 0 and var colon)) return false;
        return EndsWithVerb(text[..colon]) && (HasTime(text[..colon]) || HasYear(text[..colon]));
    }

    // Gmail in many languages once wrote "2016-03-03 17:21 GMT+01:00 Some One <a@b.example>:", also without the end.
    private static bool IsBareDate(string core, bool time, bool address) =>
        core.Length > 14 && char.IsAsciiDigit(core[0]) && char.IsAsciiDigit(core[3]) && HasYear(core[..4])
        && ((time && (core.Contains(" gmt", StringComparison.Ordinal) || core.Contains(" utc", StringComparison.Ordinal))) || (address && core[^1] == '>'));

    private static bool EndsWithVerb(string core) => Array.Exists(Verbs, verb => core.EndsWith(verb, StringComparison.Ordinal) && IsWord(core, core.Length - verb.Length, verb.Length));

    private static bool HasVerb(string core) =>
        Array.Exists(Verbs, verb => core.IndexOf(verb, StringComparison.Ordinal) is var at and >= 0 && IsWord(core, at, verb.Length));

    // Chinese, Japanese and Korean write without spaces between words.
    private static bool IsWord(string text, int at, int length) =>
        text[at] > '\u2e80' || ((at == 0 || !char.IsLetter(text[at - 1])) && (at + length == text.Length || !char.IsLetter(text[at + length])));

    private static bool HasTime(string text)
    {
        for (var i = 1; i + 2 < text.Length; i++)
            if (text[i] is ':' or '.' or 'h' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2])) return true;
        return false;
    }

    private static bool HasYear(string text)
    {
        for (var i = 0; i + 3 < text.Length; i++)
            if (text[i] is '1' or '2' && text[i + 1] is '9' or '0' && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])) return true;
        return false;
    }

    // "07-03-16", "7.3.16": a year of two digits counts only behind a day and a month.
    private static bool HasShortDate(string text)
    {
        foreach (var word in text.Split(' ', ','))
            if (word.Length is >= 6 and <= 8 && word.Split('-', '.', '/') is [{ Length: 1 or 2 } day, { Length: 1 or 2 } month, { Length: 2 } year] && (day + month + year).All(char.IsAsciiDigit)) return true;
        return false;
    }
}
