using System.Globalization;

namespace Rapport.Customers;

/// <summary>Proposes an organisation's readable name from its domain; a person corrects it.</summary>
public static class OrganizationFromDomain
{
    // Short labels that are words, not initials.
    private const string ShortWords = " and bay big box car cat co day eco fit fly fun go art air bio new old one our own pro red sea sky sun the top toy two van web win zoo ";

    /// <summary>"seorin-labs.example" gives "Seorin Labs", "abc.example" gives "ABC". Null for free-mail domains and for what is no domain.</summary>
    public static string? Propose(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (EmailAddresses.Domain(domain) is not { } ascii || FreeMailDomains.Contains(ascii)) return null;
        var registrable = EmailAddresses.ToUnicode(RegistrableDomain.Of(ascii));
        var label = registrable[..registrable.IndexOf('.', StringComparison.Ordinal)];
        var words = label.Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words.Select(Word));
    }

    private static string Word(string word)
    {
        var initials = word.Length <= 3 && word.All(char.IsAsciiLetterOrDigit) && !ShortWords.Contains($" {word} ", StringComparison.Ordinal);
        if (initials) return word.ToUpperInvariant();
        var first = StringInfo.GetNextTextElement(word);
        return string.Concat(first.ToUpperInvariant(), word.AsSpan(first.Length));
    }
}
