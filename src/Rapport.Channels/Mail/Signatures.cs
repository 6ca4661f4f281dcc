using System.Collections.Frozen;

namespace Rapport.Channels.Mail;

/// <summary>Finds the signature that no "-- " announces: words of closing alone on a line, and below them a few short lines that say who it was.</summary>
/// <remarks>Only for what is quoted in a line. A mail itself is shown whole, because the signature may be what is looked for.</remarks>
public static class Signatures
{
    private const int MostLines = 7, LongestLine = 70, LongestAbbreviation = 8;

    private static readonly FrozenSet<string> Particles = "de van von der den da di du la le bin al zu af dos del ten ter".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Closings = string.Join('|',
        "regards|kind regards|best regards|warm regards|with kind regards|with best regards|best|best wishes|all the best|many thanks|thanks|thank you|thanks and regards|cheers|sincerely|yours sincerely|sincerely yours|yours faithfully|yours truly|yours|take care",
        "mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|herzliche grüße|liebe grüße|schöne grüße|mit besten grüßen|gruß|grüße|mfg|vg|lg|hochachtungsvoll",
        "cordialement|bien cordialement|bien à vous|sincères salutations|salutations|meilleures salutations|amicalement|merci|à bientôt",
        "saludos|saludos cordiales|un saludo|un cordial saludo|atentamente|gracias|un abrazo",
        "cordiali saluti|distinti saluti|saluti|un saluto|cordialmente|grazie",
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|groeten|groet|mvg|hartelijke groet|bedankt",
        "atenciosamente|cumprimentos|com os melhores cumprimentos|abraço|obrigado|obrigada",
        "pozdrawiam|z poważaniem|serdecznie pozdrawiam|dziękuję",
        "med vänliga hälsningar|vänliga hälsningar|hälsningar|mvh|tack",
        "med venlig hilsen|venlig hilsen|med vennlig hilsen|vennlig hilsen|hilsen|mvh|vh|takk|tak",
        "ystävällisin terveisin|terveisin|terv|kiitos",
        "с уважением|с наилучшими пожеланиями|спасибо|з повагою|дякую|с уважение|поздрави",
        "s pozdravem|s přáním hezkého dne|s pozdravom|děkuji|lp|lep pozdrav|srdačan pozdrav|pozdrav|s poštovanjem",
        "saygılarımla|iyi çalışmalar|teşekkürler|üdvözlettel|tisztelettel|köszönöm|cu stimă|cu respect|mulțumesc|με εκτίμηση|φιλικά|ευχαριστώ",
        "lugupidamisega|tervitades|ar cieņu|pagarbiai|salutacions|cordialment|בברכה|תודה|مع التحية|تحياتي|مع أطيب التحيات|با احترام|trân trọng|hormat saya|salam|ขอแสดงความนับถือ",
        "よろしくお願いいたします|よろしくお願いします|以上|此致|敬礼|祝好|谢谢|謝謝|감사합니다").Split('|').ToFrozenSet();

    /// <summary>The text without such a signature; the text itself when it has none, or would have nothing else.</summary>
    public static string Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        var (below, name) = (0, "");
        for (var i = lines.Length - 1; i > 0 && below <= MostLines; i--)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) continue;
            if (IsClosing(line)) return IsName(name) && string.Join('\n', lines[..i]).TrimEnd() is { Length: > 0 } said ? said : text;
            // Somebody still says something: the closing word above it, if there is one, closed nothing.
            if (line.Length > LongestLine || line[^1] is '?' or '!' || line[^1] == '.' && IsSentence(line)) return text;
            (below, name) = (below + 1, line);
        }
        return text;
    }

    // "Head of docks, Quay Example Ltd." and "Servizi Example S.p.A." end with an abbreviation: what is short and begun with a capital, or has points within.
    private static bool IsSentence(string line) =>
        line.AsSpan().Count(' ') >= 3 && line[(line.LastIndexOf(' ') + 1)..] is var last && !(last.Length <= 5 && char.IsUpper(last[0]) || last.Length <= LongestAbbreviation && last[..^1].Contains('.', StringComparison.Ordinal));

    // At most five words, each begun as a name is, or written in a script that has no capitals.
    private static bool IsName(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 5 && Array.TrueForAll(words, word => Particles.Contains(word) || !char.IsLower(word[0]) && word.Any(char.IsLetter));
    }

    private static bool IsClosing(string line) => line.Length <= 60 && Closings.Contains(MailWords.Fold(line.TrimEnd(',', '.', '!', '，', '。', '、', ' ')));
}
