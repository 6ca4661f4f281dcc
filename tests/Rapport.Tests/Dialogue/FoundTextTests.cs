using CsCheck;
using Rapport.Dialogue;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Dialogue;

public class FoundTextTests
{
    [Theory]
    [InlineData("Can we move the second crane?", "crane", "Can we move the second [crane]?")]
    [InlineData("Kräne und Kran", "kran", "[Krän]e und [Kran]")]
    [InlineData("The crane of Łukasz", "lukasz crane", "The [crane] of [Łukasz]")]
    [InlineData("cranes and crane", "crane second", "cranes and [crane]")]
    [InlineData("山田太郎さん", "太郎", "山田[太郎]さん")]
    [InlineData("nothing of the kind", "crane", "nothing of the kind")]
    public void Words_are_marked_as_the_index_found_them(string text, string typed, string marked)
    {
        var shown = string.Concat(FoundText.Mark(text, SearchQuery.Parse(typed)).Select(p => p.Hit ? $"[{p.Text}]" : p.Text));
        Assert.Equal(marked, shown);
    }

    [Fact]
    public void The_pieces_of_any_text_are_the_text_again() =>
        Gen.Select(Gen.String, Gen.String).Sample((text, typed) => string.Concat(FoundText.Mark(text, SearchQuery.Parse(typed), anywhere: true).Select(p => p.Text)) == text);

    [Fact]
    public void A_snippet_of_any_text_is_short_and_never_throws() =>
        Gen.Select(Gen.String[0, 2000], Gen.String).Sample((text, typed) => string.Concat(FoundText.Snippet(text, SearchQuery.Parse(typed)).Select(p => p.Text)).Length <= 230);

    [Fact]
    public void A_snippet_shows_where_most_of_the_words_are()
    {
        var text = $"A crane. {string.Join(' ', Enumerable.Repeat("words between", 60))} the second crane in week 50 {string.Join(' ', Enumerable.Repeat("words after", 60))}";
        var said = FoundText.Snippet(text, SearchQuery.Parse("crane second"));
        Assert.Contains("the second crane in week 50", string.Concat(said.Select(p => p.Text)), StringComparison.Ordinal);
        Assert.Equal(["second", "crane"], said.Where(p => p.Hit).Select(p => p.Text));
    }
}
