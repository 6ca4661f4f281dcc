using System.Text;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>What a member sends is said at once and stands in the ledger with it, before anything leaves.</summary>
public sealed class SendMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task An_answer_is_said_at_once_and_nobody_waits_any_more()
    {
        var box = await ConnectedAsync("answer");
        await TakeAsync(box, Ada, Question("answer-1", "Jane Doe <jane@answer.example>"));
        var before = await ConversationOfAsync("answer-1");
        Assert.NotNull(before.WaitingSince);

        var sent = await SentAsync(new(box, "jane@answer.example", null, "Yes, to week 50.") { Answers = before.Last });
        Assert.Equal(before.Id, sent.Conversation);
        var after = await ConversationOfAsync("answer-1");
        Assert.Equal((null, sent.Interaction, 2), (after.WaitingSince, after.Last, after.Count));
        var said = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().SingleAsync(i => i.Id == sent.Interaction, Ct));
        Assert.Equal(("Re: The second crane", "Yes, to week 50.", Direction.Outbound, Ada.Id, true), (said.Subject, said.Text, said.Direction, said.Member!.Value, said.HasMore));
        var row = Assert.Single(await DispatchesAsync(sent.Interaction));
        Assert.Equal(("jane@answer.example", DispatchState.Queued, Rapport.Clock.GetUtcNow().AddSeconds(10)), (row.Recipient, row.State, row.DueAt));
        var shown = (await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(sent.Conversation, null, 10, Ada, Ct)))!.Messages;
        Assert.Equal(["New: it answers no mail that is here.", null], shown.Select(m => m.JoinedBecause));
    }

    [Fact]
    public async Task Whoever_asked_goes_on_waiting_while_their_question_is_passed_on()
    {
        var box = await ConnectedAsync("passes");
        await TakeAsync(box, Ada, Question("passes-1", "Jane Doe <jane@passes.example>"));
        var before = await ConversationOfAsync("passes-1");
        var sent = await SentAsync(new(box, "piet@supplier.example", null, "Can you?") { Answers = before.Last, Forward = true });
        Assert.Equal(before.Id, sent.Conversation);
        var after = await ConversationOfAsync("passes-1");
        Assert.Equal((before.WaitingSince, before.WaitingFor, before.DueAt), (after.WaitingSince, after.WaitingFor, after.DueAt));

        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(box, Ada, new TestMail("passes-2", "Piet <piet@supplier.example>", "passes@ours.example") { InReplyTo = [(await MailOfAsync(sent.Interaction)).MessageId!], Text = "Yes, on Monday.", Date = Rapport.Clock.GetUtcNow() });
        Assert.Equal((3, before.WaitingSince), ((await ConversationOfAsync("passes-1")).Count, (await ConversationOfAsync("passes-1")).WaitingSince));
    }

    [Fact]
    public async Task What_was_written_before_our_answer_and_read_after_it_is_not_answered_by_it()
    {
        var box = await ConnectedAsync("crossed");
        await TakeAsync(box, Ada, Question("crossed-1", "Jane Doe <jane@crossed.example>"));
        await SentAsync(new(box, "jane@crossed.example", null, "Yes.") { Answers = (await ConversationOfAsync("crossed-1")).Last });
        var written = Rapport.Clock.GetUtcNow().AddMinutes(-5);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(box, Ada, new TestMail("crossed-2", "Jane Doe <jane@crossed.example>", "crossed@ours.example") { InReplyTo = ["crossed-1"], Text = "And could you take the third one too?", Date = written });
        Assert.Equal(written, (await ConversationOfAsync("crossed-1")).WaitingSince);
    }

    [Fact]
    public async Task An_answer_names_what_it_answers_and_quotes_it_beneath_its_own_words()
    {
        var box = await ConnectedAsync("names");
        await TakeAsync(box, Ada, Question("names-1", "Jane Doe <jane@names.example>") with { References = ["names-0"] });
        var sent = await SentAsync(new(box, "Jane Doe <jane@names.example>", null, "Yes.\n\nSee https://harbourline.example/a?b=1&c=2.") { Answers = (await ConversationOfAsync("names-1")).Last });
        var mail = await MailOfAsync(sent.Interaction);
        Assert.Equal(("names-1", "Ada Berg", "names@ours.example"), (mail.InReplyTo, mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal(["names-0", "names-1"], mail.References);
        Assert.Matches("^r1[a-z2-7]{4}\\.[a-z2-7]{16}\\.[a-z2-7]{16}@ours\\.example$", mail.MessageId);
        Assert.Contains("Yes.\n\nSee https://harbourline.example/a?b=1&c=2.\n\nOn Friday, 20 November 2026 at 10:00, Jane Doe <jane@names.example> wrote:\n> Can we move", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://harbourline.example/a?b=1&amp;c=2\">", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<blockquote", mail.HtmlBody, StringComparison.Ordinal);
        Assert.IsType<MultipartAlternative>(mail.Body);
    }

    [Fact]
    public async Task What_is_taken_back_before_it_leaves_was_never_said()
    {
        var box = await ConnectedAsync("back");
        await TakeAsync(box, Ada, Question("back-1", "Jane Doe <jane@back.example>"));
        var before = await ConversationOfAsync("back-1");
        var blobs = await Rapport.InDatabaseAsync(db => db.Set<Blob>().CountAsync(Ct));
        var sent = await SentAsync(new(box, "jane@back.example", null, "Not this.") { Answers = before.Last });
        Assert.Equal("mail.missing", (await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, Ben, Ct))).Refusal?.Code);
        Assert.Null((await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, Ada, Ct))).Refusal);

        var after = await ConversationOfAsync("back-1");
        Assert.Equal((before.WaitingSince, before.Last, before.Count), (after.WaitingSince, after.Last, after.Count));
        Assert.Empty(await DispatchesAsync(sent.Interaction));
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().AnyAsync(m => m.Interaction == sent.Interaction, Ct)));
        Assert.Equal(blobs, await Rapport.InDatabaseAsync(db => db.Set<Blob>().CountAsync(Ct)));
    }

    [Fact]
    public async Task What_is_in_hands_cannot_be_taken_back()
    {
        var box = await ConnectedAsync("hands");
        var sent = await SentAsync(new(box, "jane@hands.example", "Crane", "It comes."));
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == sent.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Claimed), Ct));
        Assert.Equal("mail.gone", (await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, Ada, Ct))).Refusal?.Code);
        Assert.Single(await DispatchesAsync(sent.Interaction));
    }

    [Fact]
    public async Task Nothing_is_sent_on_top_of_what_its_writer_has_not_seen()
    {
        var box = await ConnectedAsync("seen");
        await TakeAsync(box, Ada, Question("seen-1", "Jane Doe <jane@seen.example>"));
        var conversation = await ConversationOfAsync("seen-1");
        var seen = await Rapport.InDatabaseAsync(db => ConversationSeen.OfAsync(db, conversation.Id, Ada, Ct));
        await TakeAsync(box, Ada, new TestMail("seen-2", "Jane Doe <jane@seen.example>") { InReplyTo = ["seen-1"], Text = "Forget it, we found another.", Date = RapportFixture.Monday.AddDays(-1) });

        var mail = new MailToSend(box, "jane@seen.example", null, "Yes, to week 50.") { Answers = conversation.Last, Seen = seen };
        Assert.Equal("conversation.moved-on", (await SendAsync(mail)).Refusal?.Code);
        Assert.Equal(2, (await ConversationOfAsync("seen-1")).Count);
        var now = await Rapport.InDatabaseAsync(db => ConversationSeen.OfAsync(db, conversation.Id, Ada, Ct));
        Assert.True((await SendAsync(mail with { Seen = now })).Succeeded(out _, out _));
    }

    [Theory]
    [InlineData("", "to.empty")]
    [InlineData("jane", "recipient.unreadable")]
    [InlineData("jane@", "recipient.unreadable")]
    [InlineData("jane doe@seen.example", "recipient.unreadable")]
    [InlineData("jane@seen..example", "recipient.unreadable")]
    [InlineData("jane@seen.example\r\nBcc: eve@evil.example", "recipient.unreadable")]
    [InlineData("\"Jane\r\nBcc: eve@evil.example\" <jane@seen.example>", "recipient.unreadable")]
    [InlineData("good@seen.example, bad", "recipient.unreadable")]
    public async Task An_address_that_is_none_is_refused_at_its_field_with_a_sentence(string to, string code)
    {
        var box = await ConnectedAsync("illegal");
        var refusal = (await SendAsync(new(box, to, "Crane", "It comes."))).Refusal;
        Assert.Equal((code, "to"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public async Task What_is_in_names_and_subjects_stays_there()
    {
        var box = await ConnectedAsync("inject");
        var sent = await SentAsync(new(box, "\"Jane\tBcc: eve@evil.example\" <jane@inject.example>", "Crane\r\nBcc: eve@evil.example\r\n\r\n<script>", "It comes."));
        var mail = await MailOfAsync(sent.Interaction);
        Assert.Empty(mail.Bcc);
        Assert.Equal("Crane  Bcc: eve@evil.example    <script>", mail.Subject);
        Assert.Equal("jane@inject.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain(mail.Headers, h => h.Field is "Bcc");
        Assert.Equal(["jane@inject.example"], (await DispatchesAsync(sent.Interaction)).Select(d => d.Recipient));
    }

    [Fact]
    public async Task Addresses_of_all_scripts_are_written_as_servers_understand_them()
    {
        var box = await ConnectedAsync("scripts");
        var sent = await SentAsync(new(box, "Ana <ana@bücher.example>; почта@scripts.example", "Zażółć gęślą jaźń", "Gruß"));
        var mail = await MailOfAsync(sent.Interaction);
        Assert.Equal(["ana@xn--bcher-kva.example", "почта@scripts.example"], (await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == sent.Interaction).OrderBy(d => d.Recipient).Select(d => d.Address).ToListAsync(Ct))));
        Assert.Equal("Zażółć gęślą jaźń", mail.Subject);
        Assert.Contains("Gruß", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_in_blind_copy_gets_it_and_stands_nowhere_in_it()
    {
        var box = await ConnectedAsync("blind");
        var sent = await SentAsync(new(box, "jane@blind.example", "Crane", "It comes.") { Cc = "Kim <kim@blind.example>", Bcc = "boss@blind.example, jane@blind.example" });
        Assert.DoesNotContain("boss@blind.example", Encoding.UTF8.GetString(await RawOfAsync(sent.Interaction)), StringComparison.Ordinal);
        Assert.Equal([("boss@blind.example", RecipientKind.Bcc), ("jane@blind.example", RecipientKind.To), ("kim@blind.example", RecipientKind.Cc)], (await DispatchesAsync(sent.Interaction)).Select(d => (d.Recipient, d.Kind)));
    }

    [Fact]
    public async Task Nobody_writes_from_another_members_mailbox_however_it_is_shared()
    {
        var box = await ConnectedAsync("others");
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Everyone), Ada, Ct)));
        Assert.Equal("mailbox.missing", (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "jane@others.example", "Crane", "It comes."), Ben, Ct))).Refusal?.Code);
        var unconnected = await MailboxAsync(Ada, "only imported");
        Assert.Equal("mailbox.reads-only", (await SendAsync(new(unconnected, "jane@others.example", "Crane", "It comes."))).Refusal?.Code);
    }

    [Fact]
    public async Task Files_go_along_up_to_what_servers_take()
    {
        var box = await ConnectedAsync("files");
        var sent = await SentAsync(new(box, "jane@files.example", "Crane", "It comes.") { Files = [new("plan\r\nX: y.pdf", "application/pdf", [1, 2, 3]), new("übersicht.txt", "text/plain", "hello"u8.ToArray())] });
        var mail = await MailOfAsync(sent.Interaction);
        Assert.Equal(["plan  X: y.pdf", "übersicht.txt"], mail.Attachments.OfType<MimePart>().Select(a => a.FileName));
        var detail = (await WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(d => d.MessageAsync(sent.Interaction, Ada, Ct)))!.Value.Message;
        Assert.Equal(2, detail.Files.Count);
        Assert.Equal("files.large", (await SendAsync(new(box, "jane@files.example", "Crane", "It comes.") { Files = [new("big.bin", "application/octet-stream", new byte[26 * 1024 * 1024])] })).Refusal?.Code);
    }

    [Fact]
    public async Task Automatic_mail_is_marked_and_has_no_sender_to_bounce_to()
    {
        var box = await ConnectedAsync("auto");
        var sent = await SentAsync(new(box, "jane@auto.example", "Crane", "It comes.") { Automatic = true });
        var mail = await MailOfAsync(sent.Interaction);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("", await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == sent.Interaction).Select(m => m.EnvelopeSender).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData("x@mail.xn--bcher-kva.example")]
    [InlineData("X@(none)")]
    [InlineData("X@host:8080")]
    [InlineData("(null)")]
    [InlineData("\"abc@x")]
    [InlineData("a@:host")]
    public async Task A_mail_is_answered_whatever_its_message_id_is_and_the_answer_names_it_as_it_is(string id)
    {
        var box = await ConnectedAsync($"odd{id.Length}");
        await TakeAsync(box, Ada, Question(id, $"Jane Doe <jane@odd{id.Length}.example>"));
        var sent = await SentAsync(new(box, $"jane@odd{id.Length}.example", null, "Yes.") { Answers = (await ConversationOfAsync(id)).Last });
        var raw = Encoding.UTF8.GetString(await RawOfAsync(sent.Interaction));
        Assert.Contains($"\r\nIn-Reply-To: <{id}>\r\n", raw, StringComparison.Ordinal);
        Assert.Contains($"\r\nReferences: <{id}>\r\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_id_that_no_line_of_a_mail_can_hold_is_left_out_of_the_answer()
    {
        var box = await ConnectedAsync("nohold");
        await TakeAsync(box, Ada, Question("büro@nohold.example", "Jane Doe <jane@nohold.example>") with { References = [new string('x', 990) + "@nohold.example", "first@nohold.example"] });
        var sent = await SentAsync(new(box, "jane@nohold.example", null, "Yes.") { Answers = (await ConversationOfAsync("büro@nohold.example")).Last });
        var raw = await RawOfAsync(sent.Interaction);
        Assert.True(System.Text.Ascii.IsValid(raw));
        Assert.Contains("\r\nReferences: <first@nohold.example>\r\n", Encoding.ASCII.GetString(raw), StringComparison.Ordinal);
        Assert.DoesNotContain("In-Reply-To", Encoding.ASCII.GetString(raw), StringComparison.Ordinal);
        Assert.All(Encoding.ASCII.GetString(raw).Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public async Task A_mailbox_of_an_international_domain_sends_in_seven_bits_under_the_id_that_is_in_the_ledger()
    {
        var id = await MailboxAsync(Ada, "bücher");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ExtendOurs, Refusal?>(d => d.RunAsync(["ada@bücher.example"], Actor.Rapport, Ct)));
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(id, new("ada@bücher.example", server, server), Ada, Ct)));
        var sent = await SentAsync(new(id, "jane@idn.example", "Crane", "It comes."));
        var raw = await RawOfAsync(sent.Interaction);
        var kept = await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().SingleAsync(m => m.Interaction == sent.Interaction, Ct));
        Assert.True(System.Text.Ascii.IsValid(raw), Encoding.UTF8.GetString(raw));
        Assert.EndsWith("@xn--bcher-kva.example", kept.MessageId, StringComparison.Ordinal);
        Assert.Contains($"\r\nMessage-ID: <{kept.MessageId}>\r\n", "\r\n" + Encoding.ASCII.GetString(raw), StringComparison.OrdinalIgnoreCase);
        await TakeAsync(id, Ada, new TestMail("idn-2", "Jane <jane@idn.example>", "ada@xn--bcher-kva.example") { InReplyTo = [kept.MessageId], Text = "Thank you." });
        Assert.Equal(sent.Conversation, (await ConversationOfAsync("idn-2")).Id);
        Assert.Equal(DispatchState.Queued, Assert.Single(await DispatchesAsync(sent.Interaction)).State);
    }

    [Fact]
    public async Task The_copy_in_the_sent_folder_is_the_same_mail_whatever_the_server_added()
    {
        var box = await ConnectedAsync("copy");
        var sent = await SentAsync(new(box, "jane@copy.example", "Crane", "It comes."));
        var raw = Encoding.UTF8.GetString(await RawOfAsync(sent.Interaction)).Replace("It comes.", "It comes.\r\n\r\nThis mail was checked.", StringComparison.Ordinal);
        var taken = await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new("sent", Encoding.UTF8.GetBytes(raw), Sent: true)], Ada, Ct));
        Assert.Equal(1, taken.Value.Duplicates);
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.Conversation == sent.Conversation, Ct)));
    }

    private async Task<MailboxId> ConnectedAsync(string name)
    {
        var id = await MailboxAsync(Ada, name);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(id, new($"{name}@ours.example", server, server), Ada, Ct)));
        return id;
    }

    private static TestMail Question(string id, string from) => new(id, from) { Date = RapportFixture.Monday.AddDays(-3) };

    private Task<Result<MailSent>> SendAsync(MailToSend mail) => WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(mail, Ada, Ct));

    private async Task<MailSent> SentAsync(MailToSend mail)
    {
        Assert.True((await SendAsync(mail)).Succeeded(out var sent, out var refusal), refusal?.Message);
        return sent;
    }

    private async Task<List<DispatchRow>> DispatchesAsync(InteractionId id) => [.. (await WithAsync<DispatchQueries, ILookup<InteractionId, DispatchRow>>(d => d.OfAsync([id], Ada, Ct)))[id]];

    private async Task<byte[]> RawOfAsync(InteractionId id) => (await Rapport.InDatabaseAsync(async db => await db.OpenBlobAsync(await db.Set<OutgoingMail>().Where(m => m.Interaction == id).Select(m => m.Raw).SingleAsync(Ct), Ct)))!;

    private async Task<MimeMessage> MailOfAsync(InteractionId id) => await MimeMessage.LoadAsync(new MemoryStream(await RawOfAsync(id)), Ct);
}
