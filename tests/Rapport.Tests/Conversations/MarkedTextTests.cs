using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Answers that keep nothing but words find home by our mark in the text or in the subject (V3).</summary>
public sealed class MarkedTextTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_mailbox_that_marks_its_text_ends_each_mail_with_a_small_line_that_we_do_not_show()
    {
        var (_, mail, raw) = await SendAsync("marks", "kim@marks.example", marks: true);
        Assert.Contains($"Ref: {mail.Mark}", raw, StringComparison.Ordinal);
        Assert.Contains($"<small>Ref: {mail.Mark}</small>", raw.Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("It comes in week 50.", await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.Id == mail.Interaction).Select(i => i.Text).SingleAsync(Ct)));
        Assert.DoesNotContain("Ref: ", (await SendAsync("marks-not", "kim@marks.example", marks: false)).Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Thanks, that is fine.\n\n> It comes in week 50.\n>\n> Ref: {0}\n", "Re: whatever", "our mark in its text")]
    [InlineData("Thanks, that is fine.\n\nREF: {0}", "whatever", "our mark in its text")]
    [InlineData("Thanks, that is fine.", "Your offer [Ref: {0}]", "our mark in its subject")]
    [InlineData("Thanks, that is fine.", "Your offer [{0} ]", "our mark in its subject")]
    [InlineData("Thanks, that is fine.", "Your offer {0}", null)]
    [InlineData("Thanks, that is fine.", "Your offer", null)]
    [InlineData("Thanks, that is fine. x{0}", "Your offer", null)]
    public async Task An_answer_without_headers_joins_by_our_mark_and_says_why(string text, string subject, string? why)
    {
        var name = $"answer{(text + subject).Sum(c => c)}";
        var (box, mail, _) = await SendAsync(name, $"kim@{name}.example", marks: true);
        await TakeAsync(box, Ada, new TestMail($"{name}-1", $"Kim <kim@{name}.example>") { Subject = string.Format(null, subject, mail.Mark.ToUpperInvariant()), Text = string.Format(null, text, mail.Mark), Date = RapportFixture.Monday });
        Assert.Equal(why is null ? null : $"It answers a mail in this conversation ({why}).", await WhyAsync($"{name}-1"));
        Assert.Equal(why is not null, (await ConversationOfAsync($"{name}-1")).Id == mail.Conversation);
    }

    [Fact]
    public async Task A_stranger_with_our_mark_gets_a_conversation_of_their_own_that_is_linked()
    {
        var (box, mail, _) = await SendAsync("stranger", "kim@stranger.example", marks: true);
        await TakeAsync(box, Ada, new TestMail("stranger-1", "Eve <eve@nowhere.example>") { Text = $"Look at this.\n\n> Ref: {mail.Mark}", Date = RapportFixture.Monday });
        var own = await ConversationOfAsync("stranger-1");
        Assert.NotEqual(mail.Conversation, own.Id);
        Assert.Equal(mail.Conversation, own.Related);
    }

    [Fact]
    public async Task A_mark_with_a_wrong_hash_or_too_far_down_leads_nowhere()
    {
        var (box, mail, _) = await SendAsync("wrong", "kim@wrong.example", marks: true);
        var wrong = mail.Mark[..^1] + (mail.Mark[^1] == 'a' ? 'b' : 'a');
        await TakeAsync(box, Ada, new TestMail("wrong-1", "Kim <kim@wrong.example>") { Subject = $"One [{wrong}]", Text = $"Ref: {wrong}", Date = RapportFixture.Monday },
            new TestMail("wrong-2", "Kim <kim@wrong.example>") { Subject = "Two", Text = $"{string.Concat(Enumerable.Repeat("So many words, and nothing said.\n", 4_000))}\nRef: {mail.Mark}", Date = RapportFixture.Monday });
        Assert.NotEqual(mail.Conversation, (await ConversationOfAsync("wrong-1")).Id);
        Assert.NotEqual(mail.Conversation, (await ConversationOfAsync("wrong-2")).Id);
    }

    [Fact]
    public async Task The_page_and_the_API_turn_it_on()
    {
        var box = await MailboxAsync(await Rapport.ActorAsync(Roles.Owner), "turn-on");
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync($"/settings/mailboxes/{box}/sending", "outbox", ("Input.MarksText", "true"))).StatusCode);
        var api = await Rapport.TokenClientAsync(TokenScope.Write);
        Assert.True((await api.GetFromJsonAsync<JsonElement>($"/api/mailboxes/{box}/outbox", Ct)).GetProperty("marksText").GetBoolean());
        Assert.True((await api.PutAsJsonAsync($"/api/mailboxes/{box}/outbox", new { senderName = "", signature = "", marksReplyAddress = false, serverKeepsCopy = false, marksText = false }, Ct)).IsSuccessStatusCode);
        Assert.False((await api.GetFromJsonAsync<JsonElement>($"/api/mailboxes/{box}/outbox", Ct)).GetProperty("marksText").GetBoolean());
    }

    private async Task<(MailboxId Box, (InteractionId Interaction, ConversationId Conversation, string Mark) Mail, string Raw)> SendAsync(string name, string to, bool marks)
    {
        var box = await MailboxAsync(Ada, name);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@quay.ours.example", server, server), Ada, Ct)));
        Assert.Null(await WithAsync<ChangeOutbox, Refusal?>(d => d.RunAsync(box, new("", "Ada Berg\nHarbourline", false, null, false, MarksText: marks), Ada, Ct)));
        var sent = await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, to, $"Offer {name}", "It comes in week 50."), Ada, Ct));
        Assert.True(sent.Succeeded(out var mail, out var refusal), refusal?.Message);
        return await Rapport.InDatabaseAsync(async db =>
        {
            var outgoing = await db.Set<OutgoingMail>().SingleAsync(m => m.Interaction == mail.Interaction, Ct);
            return (box, (mail.Interaction, mail.Conversation, outgoing.MessageId[..outgoing.MessageId.IndexOf('@', StringComparison.Ordinal)]), Encoding.ASCII.GetString((await db.OpenBlobAsync(outgoing.Raw, Ct))!).ReplaceLineEndings("\n"));
        });
    }

    private Task<string?> WhyAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.JoinedBecause).SingleAsync(Ct));
}
