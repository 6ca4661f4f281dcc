using System.Text;

namespace Rapport.Design;

/// <summary>Ids of elements made from words, so that the same page always has the same ids.</summary>
internal static class Slug
{
    public static string Of(string words)
    {
        var slug = new StringBuilder(words.Length);
        foreach (var c in words)
            if (char.IsLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        return slug.ToString().TrimEnd('-');
    }
}
