using System.Text;
using PhoneNumbers;

namespace Rapport.Customers;

/// <summary>A telephone number: E.164 to compare and to dial, the original as it was given, the extension within a switchboard when one was.</summary>
public sealed record PhoneNumber(string E164, string Original, string? Extension, bool IsMobile)
{
    /// <summary>The original.</summary>
    public override string ToString() => Original;
}

/// <summary>Reads telephone numbers as people write them.</summary>
public static class PhoneNumbers
{
    /// <summary>The longest text that is tried: what is longer is no telephone number.</summary>
    public const int Longest = 100;

    // Service numbers and extensions pass as possible; nobody abroad could dial them.
    private const int ShortestE164 = 7;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>The number, where the text is one that can exist; <paramref name="region"/> is the ISO 3166 country whose national form is understood. Null when it is not one.</summary>
    public static PhoneNumber? Read(string? text, string region)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest) return null;
        try
        {
            var number = Numbers.Parse(WithoutScheme(text), region.ToUpperInvariant());
            if (!Numbers.IsPossibleNumber(number)) return null;
            var e164 = Numbers.Format(number, PhoneNumberFormat.E164);
            if (e164.Length < ShortestE164) return null;
            return new PhoneNumber(
                e164, text.Trim(),
                number.HasExtension ? number.Extension : null, Numbers.GetNumberType(number) == PhoneNumberType.MOBILE);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Whether the country is one that telephone numbers are known of.</summary>
    public static bool Knows(string region) => Numbers.GetSupportedRegions().Contains(region.ToUpperInvariant());

    /// <summary>The number as people of the region write it; the text itself when it is no E.164 number.</summary>
    public static string Readable(string e164, string region)
    {
        try
        {
            var number = Numbers.Parse(e164, null);
            return Numbers.Format(number, string.Equals(Numbers.GetRegionCodeForNumber(number), region, StringComparison.OrdinalIgnoreCase) ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    /// <summary>The decimal digits of a text, of any script, as 0 to 9; to search by digits however they are grouped.</summary>
    public static string Digits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = new StringBuilder(Math.Min(text.Length, 32));
        foreach (var c in text)
            if (char.IsDigit(c)) digits.Append((char)('0' + (int)char.GetNumericValue(c)));
        return digits.ToString();
    }

    private static string WithoutScheme(string text) =>
        text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
}
