using System.Buffers;
using System.Text.RegularExpressions;

namespace Rapport.Channels.Mail;

/// <summary>What a refusal means. Words that say it clearly come first, because codes often mislead ("552 over quota (#5.1.1)"); then the enhanced status (RFC 3463), then words that say little, then the reply code (RFC 5321).</summary>
internal static partial class BounceRule
{
    /// <param name="status">As the report gives it; one that the other side said itself counts before it.</param>
    /// <param name="said">What the other side said.</param>
    /// <param name="notice">The rest of the notice, asked when nothing else decides.</param>
    public static (BounceKind Kind, string Status) Of(string status, string said, string notice)
    {
        var own = Said().Match(said) is { Success: true } match ? match.Value : "";
        var reported = Enhanced().Match(status) is { Success: true } field ? field.Groups[1].Value : "";
        var code = own.Length > 0 && own[0] is '4' or '5' ? own : reported;
        var reply = Reply().Match(said) is { Success: true } number ? number.Groups[1].Value : "";
        var words = Words(said);
        var kind = ByClearWords(words, code) ?? ByStatus(code, reply) ?? ByReply(reply, words) ?? ByVagueWords(words) ?? ByNotice(Words(notice), reply, code);
        return (kind, code);
    }

    private static BounceKind? ByClearWords(string words, string code)
    {
        if (Has(words, BounceWords.Full)) return BounceKind.Soft;
        if (Has(words, BounceWords.Nobody) || HasNoAccount().IsMatch(words)) return BounceKind.Hard;
        // A name server that does not answer is no missing host.
        if (Has(words, BounceWords.NoHost)) return code.StartsWith('4') ? BounceKind.Soft : BounceKind.Hard;
        return Has(words, BounceWords.Refused) ? BounceKind.Policy : null;
    }

    private static BounceKind? ByStatus(string code, string reply)
    {
        if (code.Length == 0) return null;
        var parts = code.Split('.');
        var (subject, detail) = (parts[1], parts[2].TrimStart('0'));
        if (code[0] == '4') return subject == "7" ? BounceKind.Policy : BounceKind.Soft;
        return (subject, detail) switch
        {
            // The sender's address is at fault, not the recipient's.
            ("1", "7" or "8") => BounceKind.Policy,
            ("1", "" or "9") => null,
            ("1", _) => BounceKind.Hard,
            ("2", "3") => BounceKind.Policy,
            ("2", "") => null,
            ("2", _) => BounceKind.Soft,
            ("3", "2") => reply is "521" or "556" ? BounceKind.Hard : BounceKind.Soft,
            ("3", "4") => BounceKind.Policy,
            ("3", "") => null,
            ("3", _) => BounceKind.Soft,
            ("4", "4") => BounceKind.Hard,
            ("4", "") => null,
            ("4", _) => BounceKind.Soft,
            ("6", "") => null,
            ("6", _) => BounceKind.Policy,
            // RFC 7505, RFC 7293 and what registries added: a mailbox that is switched off, or another's by now.
            ("7", "13") => BounceKind.Soft,
            ("7", "17" or "18") => BounceKind.Hard,
            ("7", _) => BounceKind.Policy,
            _ => null,
        };
    }

    private static BounceKind? ByReply(string reply, string words)
    {
        if (reply is "521" or "556") return BounceKind.Hard;
        if (reply == "550" && words.Contains("mailbox unavailable", StringComparison.OrdinalIgnoreCase)) return BounceKind.Hard;
        if (reply is "552" || reply is ['4', ..]) return BounceKind.Soft;
        return null;
    }

    private static BounceKind? ByVagueWords(string words) => Has(words, BounceWords.NotNow) ? BounceKind.Soft : null;

    private static BounceKind ByNotice(string notice, string reply, string code)
    {
        if (ByClearWords(notice, code) is { } clear && (clear != BounceKind.Policy || reply.Length > 0)) return clear;
        if (code.Length == 0 && Said().Match(notice) is { Success: true } match && ByStatus(match.Value, reply) is { } kind) return kind;
        return ByVagueWords(notice) ?? BounceKind.Unknown;
    }

    private static bool Has(string words, SearchValues<string> any) => words.AsSpan().ContainsAny(any);

    // "spam@example.com" and ".../dnsbl?ip=" say nothing about why.
    private static string Words(string text) => NoWords().Replace(text.Replace('’', '\''), " ");

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")]
    private static partial Regex Said();

    [GeneratedRegex(@"^\s*([245]\.\d{1,3}\.\d{1,3})")]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(?<![\d.\w:\[-])([45][0-5]\d)(?=[\s:,-]|$)")]
    private static partial Regex Reply();

    [GeneratedRegex(@"\bdo(es)?(n't| not) have an? (\S+ )?(account|mailbox)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HasNoAccount();

    [GeneratedRegex(@"(https?://|www\.)\S+|<?[^\s<>()]+@[^\s<>()]+>?", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NoWords();
}
