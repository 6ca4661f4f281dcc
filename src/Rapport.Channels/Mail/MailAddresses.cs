using System.Text.RegularExpressions;

namespace Rapport.Channels.Mail;

/// <summary>Finds mail addresses in running text.</summary>
internal static partial class MailAddresses
{
    /// <summary>In the order they stand there.</summary>
    public static IEnumerable<string> In(string text) => Places(text).Select(p => p.Address);

    /// <summary>With where each begins and ends.</summary>
    public static IEnumerable<(string Address, int Start, int End)> Places(string text)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            var address = match.ValueSpan.TrimStart("'`.").TrimEnd("'`.?!-");
            if (address.Length > 254 || address[0] == '@' || address[^1] == '@' || address.Contains("//", StringComparison.Ordinal)) continue;
            yield return (address.ToString(), match.Index, match.Index + match.Length);
        }
    }

    // Any letters, since addresses may have them (RFC 6531); never backtracks, since the text is free.
    [GeneratedRegex(@"[^\s<>()\[\]{},;:""@|]+@[^\s<>()\[\]{},;:""@|/]+", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
