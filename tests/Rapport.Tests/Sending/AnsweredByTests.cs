using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>Who answers for a conversation once it is answered.</summary>
public sealed class AnsweredByTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Whoever_answers_what_nobody_had_has_it_from_then_on()
    {
        var (box, asked) = await AskedAsync("nobodys", null);
        await SendAsync(new(box, "piet@supplier.example", null, "Can you?") { Answers = asked.Last, Forward = true });
        Assert.Null((await ConversationOfAsync("nobodys-1")).Owner);
        await SendAsync(new(box, "jane@nobodys.example", null, "Yes, to week 50.") { Answers = asked.Last });
        Assert.Equal(Ada.Id, (await ConversationOfAsync("nobodys-1")).Owner);
        var told = (await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(d => d.OfAsync(asked.Id, 10, Ada, Ct)))[0];
        Assert.Equal(("assigned", "Ada Berg"), (told.Deed, told.By));
    }

    [Fact]
    public async Task What_a_colleague_has_stays_theirs_when_another_answers_it()
    {
        var (box, asked) = await AskedAsync("colleagues", Ben);
        await SendAsync(new(box, "jane@colleagues.example", null, "Yes, to week 50.") { Answers = asked.Last });
        Assert.Equal(Ben.Id, (await ConversationOfAsync("colleagues-1")).Owner);
    }

    private async Task<(MailboxId Box, Conversation Asked)> AskedAsync(string name, Actor? owner)
    {
        var box = await MailboxAsync(Ada, name, shared: true);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@ours.example", server, server), Ada, Ct)));
        await TakeAsync(box, Ada, new TestMail($"{name}-1", $"Jane Doe <jane@{name}.example>") { Date = RapportFixture.Monday.AddDays(-3) });
        var asked = await ConversationOfAsync($"{name}-1");
        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(asked.Id, owner?.Id, Ada, Ct)));
        return (box, asked);
    }

    private async Task SendAsync(MailToSend mail) => Assert.Null((await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(mail, Ada, Ct))).Refusal);
}
