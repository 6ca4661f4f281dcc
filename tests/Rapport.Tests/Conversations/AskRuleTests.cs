using Rapport.Conversations;

namespace Rapport.Tests.Conversations;

public sealed class AskRuleTests
{
    [Theory]
    [InlineData("Can we move the second crane to week 50?")]
    [InlineData("Please send me the drawings, rev C.")]
    [InlineData("Könnten Sie mir bitte das Angebot schicken.")]
    [InlineData("Bitte um Rückruf.")]
    [InlineData("Pourriez-vous me confirmer la date de livraison")]
    [InlineData("¿Cuándo llega el pedido?")]
    [InlineData("Necesito la factura corregida.")]
    [InlineData("Potrebbe inviarmi il listino.")]
    [InlineData("Aguardo retorno.")]
    [InlineData("Kunt u mij terugbellen")]
    [InlineData("Proszę o przesłanie faktury.")]
    [InlineData("Пришлите, пожалуйста, счет.")]
    [InlineData("Kan du sende mig tegningerne")]
    [InlineData("Rica ederim, faturayı iletin.")]
    [InlineData("请您尽快回复。")]
    [InlineData("資料を送っていただけますか。")]
    [InlineData("متى تصل البضاعة؟")]
    [InlineData("Thanks! And when will the other half arrive?")]
    public void A_question_or_request_asks(string text) => Assert.True(AskRule.Asks(text));

    [Theory]
    [InlineData("Thank you, that helps a lot.")]
    [InlineData("Danke, alles klar!")]
    [InlineData("ありがとうございます。")]
    [InlineData("The drawings are attached.")]
    [InlineData("See https://example.com/list?page=2 for the list.")]
    [InlineData("> Can we move the second crane?\nYes, we can.")]
    [InlineData("Hi Ada, how are you?\nThe crane has arrived.")]
    [InlineData("")]
    public void Anything_else_does_not(string text) => Assert.False(AskRule.Asks(text));

    [Theory]
    [InlineData("Thanks!", true)]
    [InlineData("Vielen Dank für die schnelle Antwort.", true)]
    [InlineData("Thanks, but could you also send the invoice?", false)]
    [InlineData("The crane is broken again.", false)]
    public void Thanks_alone_are_told_apart(string text, bool thanks) => Assert.Equal(thanks, AskRule.OnlyThanks(text));
}
