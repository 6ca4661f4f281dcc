using System.Globalization;

namespace Rapport.Customers;

/// <summary>An e-mail address: the original as given, the key to compare by (lower case, domain in its ASCII form), and its two halves.</summary>
public sealed record EmailAddress(string Original, string Key, string LocalPart, string Domain)
{
    /// <summary>The domain as people read it: Unicode where it was encoded (RFC 5891).</summary>
    public string ReadableDomain => Domain.Contains("xn--", StringComparison.Ordinal) ? EmailAddresses.ToUnicode(Domain) : Domain;

    /// <summary>The original.</summary>
    public override string ToString() => Original;
}

/// <summary>Reads e-mail addresses (RFC 5321 and 6531, by their form; whether anybody is there only a mail can tell).</summary>
public static class EmailAddresses
{
    private const int LongestAddress = 254, LongestLocalPart = 64, LongestLabel = 63;
    private const string Specials = "!#$%&'*+-/=?^_`{|}~.";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>The address in the text, which may be bare, after "mailto:", or "Name &lt;address&gt;". Null when there is none of a correct form.</summary>
    public static EmailAddress? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 1000) return null;
        var bare = Bare(text.AsSpan().Trim());
        var at = bare.LastIndexOf('@');
        if (at <= 0 || at > LongestLocalPart || bare.Length > LongestAddress || !IsLocalPart(bare[..at])) return null;
        if (Domain(bare[(at + 1)..]) is not { } domain) return null;

        var local = bare[..at].ToString();
        var original = bare.ToString();
        // The same text serves as key in the common case: a million rows share what they can.
        var key = IsLower(bare) && bare[(at + 1)..].SequenceEqual(domain) ? original : string.Concat(local.ToLowerInvariant(), "@", domain);
        return new EmailAddress(original, key, local, domain);
    }

    /// <summary>The key that two writings of one address share, or null when the text is none.</summary>
    public static string? Key(string? text) => Read(text)?.Key;

    /// <summary>A domain in lower case ASCII form, from either form. Null when it is none with at least two labels.</summary>
    public static string? Domain(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimEnd('.');
        if (text.IsEmpty || text.Length > 253) return null;
        var ascii = System.Text.Ascii.IsValid(text) ? text.ToString().ToLowerInvariant() : ToAscii(text.ToString());
        return ascii is not null && IsHostName(ascii) ? ascii : null;
    }

    /// <summary>The readable form of an encoded domain; the domain itself when it cannot be decoded.</summary>
    public static string ToUnicode(string domain)
    {
        try { return Idn.GetUnicode(domain); }
        catch (ArgumentException) { return domain; }
    }

    private static string? ToAscii(string domain)
    {
        try { return Idn.GetAscii(domain.ToLowerInvariant()); }
        catch (ArgumentException) { return null; }
    }

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        if (text[^1] == '>' && text.LastIndexOf('<') is >= 0 and var open) text = text[(open + 1)..^1].Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        return text;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local is ['"', .., '"'] && local.Length > 2) return !local[1..^1].ContainsAny("\"\\\r\n\0");
        if (local[0] == '.' || local[^1] == '.') return false;
        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (c == '.' && local[i - 1] == '.') return false;
            if (!(char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) || Specials.Contains(c) : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)) return false;
        }
        return true;
    }

    private static bool IsHostName(string domain)
    {
        int label = 0, labels = 0;
        for (var i = 0; i <= domain.Length; i++)
        {
            if (i < domain.Length && domain[i] != '.')
            {
                if (!char.IsAsciiLetterOrDigit(domain[i]) && domain[i] is not ('-' or '_')) return false;
                label++;
                continue;
            }
            if (label is 0 or > LongestLabel || domain[i - 1] == '-' || domain[i - label] == '-') return false;
            (label, labels) = (0, labels + 1);
        }
        return labels >= 2 && !char.IsAsciiDigit(domain[^1]);
    }

    private static bool IsLower(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c is >= 'A' and <= 'Z' || !char.IsAscii(c)) return false;
        return true;
    }
}
