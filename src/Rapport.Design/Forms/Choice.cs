namespace Rapport.Design;

/// <summary>One of several things to choose from: what is posted, and the words for it.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null)
{
    /// <summary>Choices whose words are their values.</summary>
    public static IReadOnlyList<Choice> Of(params IEnumerable<string> words) => [.. words.Select(word => new Choice(word, word))];
}
