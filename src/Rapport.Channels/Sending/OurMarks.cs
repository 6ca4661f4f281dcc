using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Rapport.Channels.Mail;
using Rapport.Kernel.Installation;

namespace Rapport.Channels;

/// <summary>
/// The marks by which answers to our mail find home (V3): in the Message-ID, behind the plus of the address that answers go to, in a last line of the text, and between brackets in a subject.
/// <c>r1KEY.UNIQUE.HASH</c>: which key it was made with, ten random bytes, and their keyed hash. What bears our key and another hash was made up by somebody.
/// </summary>
/// <param name="installation">Whose marks they are.</param>
/// <param name="addresses">Those that we send from: a mark in a text does not say at which domain its Message-ID is.</param>
public sealed partial class OurMarks(OurInstallation installation, IEnumerable<string>? addresses = null)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int LongestLocalPart = 64, Length = 40, MostSearched = 100_000, MostFound = 5, MostDomains = 20, LongestBeforeInBrackets = 20;

    private readonly string key = Text(SHA256.HashData(installation.SigningKey), 4);
    private readonly List<string> domains = [.. installation.MailDomains.Concat(addresses ?? []).Select(d => d[(d.LastIndexOf('@') + 1)..].ToLowerInvariant()).Distinct().Take(MostDomains)];

    /// <summary>A new one, never given before.</summary>
    public string New()
    {
        var unique = Text(RandomNumberGenerator.GetBytes(10), 16);
        return $"r1{key}.{unique}.{HashOf(unique)}";
    }

    /// <summary>The Message-ID that bears a mark, at the domain of the address it is sent from.</summary>
    public static string MessageId(string mark, string address) => $"{mark}@{address[(address.LastIndexOf('@') + 1)..]}";

    /// <summary>The address with the mark behind its plus; null where there is no room for it (RFC 5321, 4.5.3.1.1).</summary>
    public static string? ReplyAddress(string mark, string address)
    {
        var at = address.LastIndexOf('@');
        return at + 1 + mark.Length > LongestLocalPart ? null : $"{address[..at]}+{mark}{address[at..]}";
    }

    /// <summary>Whether a Message-ID is one that we made.</summary>
    public bool Made(string messageId) => Judge(messageId) == true;

    /// <summary>The mail as far as its marks are true: the mail of ours that its recipient's address names, and no ids that were made up. <paramref name="forged"/> says how many were.</summary>
    public ReadMail Check(ReadMail mail, out int forged)
    {
        var (inAddresses, answers) = (0, (string?)null);
        var (to, cc) = (mail.To.Select(c => c with { Address = Plain(c.Address) }).ToList(), mail.Cc.Select(c => c with { Address = Plain(c.Address) }).ToList());
        var delivered = mail.DeliveredTo.Select(Plain).ToList();
        forged = inAddresses;
        var made = mail.InReplyTo.Concat(mail.References).Append(mail.About ?? "").Where(id => Judge(id) == false).ToHashSet();
        var wrong = new HashSet<string>();
        var (inText, inSubject) = (In(mail.Text, inBrackets: false, wrong), In(mail.Subject, inBrackets: true, wrong));
        forged += made.Count + wrong.Count;
        if (forged == 0 && answers is null && inText.Count + inSubject.Count == 0) return mail;
        return mail with { MarkedInText = inText, MarkedInSubject = inSubject, Answers = answers, To = to, Cc = cc, DeliveredTo = delivered, InReplyTo = Without(mail.InReplyTo), References = Without(mail.References), About = mail.About is { } about && made.Contains(about) ? null : mail.About };

        List<string> Without(IReadOnlyList<string> ids) => [.. ids.Where(id => !made.Contains(id))];

        // The address as it is without a mark of ours; any other mark is its owner's.
        string Plain(string address)
        {
            var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
            if (plus <= 0 || at < plus || Judge(address[(plus + 1)..].ToLowerInvariant()) is not { } ours || address[..plus] + address[at..] is not { } plain || !installation.IsOurs(plain)) return address;
            if (ours) answers ??= address[(plus + 1)..].ToLowerInvariant();
            else inAddresses++;
            return plain;
        }
    }

    // The Message-IDs whose marks stand in a text, at each domain that we send from. Only so much is searched: whoever answers quotes what they answer first.
    private List<string> In(string all, bool inBrackets, HashSet<string> wrong)
    {
        var text = all.AsSpan(0, Math.Min(all.Length, MostSearched));
        var (begins, found) = ($"r1{key}.", new HashSet<string>());
        for (var at = 0; found.Count < MostFound && text[at..].IndexOf(begins, StringComparison.OrdinalIgnoreCase) is >= 0 and var next; at += begins.Length)
        {
            at += next;
            if (text.Length < at + Length || !StandsAlone(text[..at], text[(at + Length)..]) || inBrackets && !AreBrackets(text[..at], text[(at + Length)..])) continue;
            var mark = text.Slice(at, Length).ToString().ToLowerInvariant();
            if (Judge(mark + "@") is { } ours) (ours ? found : wrong).Add(mark);
        }
        return [.. found.SelectMany(mark => domains.Select(domain => $"{mark}@{domain}"))];
    }

    private static bool StandsAlone(ReadOnlySpan<char> before, ReadOnlySpan<char> after) => !(before is [.., var left] && char.IsLetterOrDigit(left)) && !(after is [var right, ..] && char.IsLetterOrDigit(right));

    private static bool AreBrackets(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        after.TrimStart() is [']', ..] && before.LastIndexOf('[') is >= 0 and var open && before.Length - open <= LongestBeforeInBrackets && !before[open..].Contains(']');

    // True: ours. False: it pretends to be. Null: somebody else's, or of a key that we no longer have.
    private bool? Judge(string messageId)
    {
        if (Shape().Match(messageId) is not { Success: true } mark || mark.Groups["key"].Value != key) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(mark.Groups["unique"].Value)), Encoding.ASCII.GetBytes(mark.Groups["hash"].Value));
    }

    private string HashOf(string unique) => Text(HMACSHA256.HashData(installation.SigningKey, Encoding.ASCII.GetBytes("rapport mail " + unique)), 16);

    // Base 32 without capitals: mail systems change their case.
    private static string Text(ReadOnlySpan<byte> bytes, int length)
    {
        var text = new StringBuilder(length);
        for (var bit = 0; text.Length < length; bit += 5)
        {
            var two = bytes[bit / 8] << 8 | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text.Append(Letters[two >> (11 - bit % 8) & 31]);
        }
        return text.ToString();
    }

    [GeneratedRegex("^r1(?<key>[a-z2-7]{4})\\.(?<unique>[a-z2-7]{16})\\.(?<hash>[a-z2-7]{16})@", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
