using CsCheck;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

public class SignaturesTests
{
    [Theory]
    [InlineData("The pumps arrive on Friday.\n\nKind regards,\nAda Example\nHead of docks, Quay Example Ltd.\n+44 20 7946 0000")]
    [InlineData("The pumps arrive on Friday.\n\nMit freundlichen Grüßen\n\nAda von Beispiel\nHafenwerk Beispiel GmbH\nTel. 030 901820")]
    [InlineData("The pumps arrive on Friday.\n\nBien cordialement,\nAda Exemple")]
    [InlineData("The pumps arrive on Friday.\n\nС уважением,\nАда Пример\nОтдел снабжения")]
    [InlineData("The pumps arrive on Friday.\n\nよろしくお願いいたします。\n例 花子")]
    [InlineData("The pumps arrive on Friday.\n\nThanks!\nAda\n")]
    [InlineData("The pumps arrive on Friday.\n\nThanks\nAda\n\nAda Esempio\nUfficio acquisti\nServizi Portuali Esempio S.p.A.\nM +44 20 7946 0000")]
    public void What_is_quoted_ends_before_the_signature(string text) => Assert.Equal("The pumps arrive on Friday.", Signatures.Without(text));

    [Theory]
    [InlineData("Thanks,\nAda")]
    [InlineData("That is all.\n\nThanks,\nI will send it on Monday")]
    [InlineData("Three names:\nAda Example\nBen Example")]
    [InlineData("Well.\n\nBest\nAda\n\nPS: is Friday good for you?")]
    [InlineData("Well.\n\nRegards\nAda\nThe price we spoke of holds until Friday.")]
    [InlineData("Well.\n\nRegards\nAda\nYou find all of it at www.example.com.")]
    [InlineData("See below.\nCheers")]
    public void What_somebody_still_says_stays(string text) => Assert.Equal(text, Signatures.Without(text));

    private static readonly string[] Lines = ["Kind regards,", "Thanks", "Ada Example", "ada", "", "Is it so?", "Mit freundlichen Grüßen", "+49 30 901820", "We will see about that.", " "];

    [Fact]
    public void Nothing_but_an_end_is_ever_taken_away() =>
        Gen.Int[0, Lines.Length - 1].Select(line => Lines[line]).Array[0, 12].Sample(lines =>
        {
            var text = string.Join('\n', lines);
            var left = Signatures.Without(text);
            Assert.StartsWith(left, text, StringComparison.Ordinal);
            Assert.True(text.Trim().Length == 0 || left.Trim().Length > 0);
        });
}
