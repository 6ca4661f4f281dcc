using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Conversations;
using Rapport.Kernel.Blobs;

namespace Rapport.Tests.Conversations;

/// <summary>Invitations answered where they are read: by a mail that people and calendars understand.</summary>
public sealed class AnswerInvitationTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task An_invitation_is_answered_on_its_page_by_a_mail_that_calendars_read_and_answered_otherwise_later()
    {
        var (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        var page = await InvitedAsync(owner, "walk", "owner@harbourline.example");
        Assert.Contains("Owner (has not answered)", await client.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("I do not come", await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync(page, Ct), StringComparison.Ordinal);

        var answered = await client.SubmitAsync(page, $"/do/mails/{await LastAsync(page)}/invitation", ("answer", "declined"));
        Assert.Equal((HttpStatusCode.Found, page), (answered.StatusCode, answered.Headers.Location!.OriginalString));
        var shown = await client.GetStringAsync(page, Ct);
        Assert.Contains("Owner (does not come)", shown, StringComparison.Ordinal);
        Assert.Contains("Answer to an invitation", shown, StringComparison.Ordinal);

        var mail = await MailAsync(await LastAsync(page));
        Assert.Equal(("Declined: Quay walk", "lena@walk.example", "owner@harbourline.example", "walk-1"), (mail.Subject, mail.To.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Address, mail.InReplyTo));
        var calendar = Assert.IsType<TextPart>(Assert.IsType<MultipartAlternative>(mail.Body).Last());
        Assert.Equal(("text/calendar", "REPLY"), (calendar.ContentType.MimeType, calendar.ContentType.Parameters["method"]));
        var lines = calendar.Text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal);
        foreach (var line in new[] { "METHOD:REPLY", "UID:walk", "PARTSTAT=DECLINED:mailto:owner@harbourline.example" }) Assert.Contains(line, lines, StringComparison.Ordinal);
        Assert.Contains("does not come to “Quay walk”", mail.TextBody, StringComparison.Ordinal);

        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "walk-1").Select(i => i.Id).SingleAsync(Ct));
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync($"/api/interactions/{first}/invitation/answers/accepted", null, Ct)).StatusCode);
        Assert.Contains("Owner (comes)", await client.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsync($"/api/interactions/{first}/invitation/answers/gladly", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task Whoever_was_not_invited_answers_nothing_and_an_answer_needs_a_way_out()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await InvitedAsync(owner, "others", "somebody.else@harbourline.example");
        var id = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "others-1").Select(i => i.Id).SingleAsync(Ct));
        Assert.Equal("invitation.others", (await WithAsync<AnswerInvitation, Result<MailSent>>(d => d.SendAsync(id, Attendance.Accepted, owner, Ct))).Refusal?.Code);
        await InvitedAsync(Ada, "ways", "ada@ours.example", sends: false);
        id = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "ways-1").Select(i => i.Id).SingleAsync(Ct));
        Assert.Equal("invitation.mailbox", (await WithAsync<AnswerInvitation, Result<MailSent>>(d => d.SendAsync(id, Attendance.Accepted, Ada, Ct))).Refusal?.Code);
    }

    [Theory]
    [InlineData("moved", "REQUEST", 1, true, "invitation.changed")]
    [InlineData("off", "CANCEL", 0, true, "invitation.cancelled")]
    [InlineData("off-apart", "CANCEL", 1, false, "invitation.cancelled")]
    public async Task What_was_changed_or_called_off_behind_the_page_is_not_answered_as_it_was(string name, string method, int sequence, bool answers, string code)
    {
        var (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        var page = await InvitedAsync(owner, name, $"{name}@harbourline.example");
        var first = await LastAsync(page);
        var click = await client.OpenAsync(page, $"/do/mails/{first}/invitation", ("answer", "accepted"));
        await TakeInvitationAsync(await BoxOfAsync(first), owner, name, $"{name}@harbourline.example", 2, method, sequence, answers);
        Assert.Equal(answers, (await ConversationOfAsync($"{name}-2")).Id == (await ConversationOfAsync($"{name}-1")).Id);
        Assert.Equal(HttpStatusCode.Found, (await click()).StatusCode);
        Assert.Equal(0, await AnsweredAsync(first));

        // Nor with all of it seen: what is answered is the newest of it.
        var shown = await client.GetStringAsync(page, Ct);
        Assert.DoesNotContain($"/do/mails/{first}/invitation", shown, StringComparison.Ordinal);
        Assert.Contains(method == "REQUEST" ? "This meeting was changed since." : "This meeting was called off since.", shown, StringComparison.Ordinal);
        Assert.Equal(code, (await WithAsync<AnswerInvitation, Result<MailSent>>(d => d.SendAsync(first, Attendance.Accepted, owner, Ct))).Refusal?.Code);
        Assert.Equal(code, (await WithAsync<AnswerInvitation, Result<string>>(d => d.WriteAsync(first, Attendance.Accepted, owner, Ct))).Refusal?.Code);
        if (method == "REQUEST") Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, $"/do/mails/{await LastAsync(page)}/invitation", ("answer", "accepted"))).StatusCode);
        Assert.Equal(method == "REQUEST" ? 1 : 0, await AnsweredAsync(first));
    }

    [Fact]
    public async Task What_came_in_behind_the_page_of_an_invitation_is_read_before_it_is_answered()
    {
        var (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        var page = await InvitedAsync(owner, "words", "words@harbourline.example");
        var first = await LastAsync(page);
        var click = await client.OpenAsync(page, $"/do/mails/{first}/invitation", ("answer", "accepted"));
        await TakeAsync(await BoxOfAsync(first), owner, new TestMail("words-2", "Lena <lena@words.example>", "words@harbourline.example") { InReplyTo = ["words-1"], Text = "Please do not come by car." });
        await click();
        Assert.Contains("Read it first", await client.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.Equal(0, await AnsweredAsync(first));
        await client.SubmitAsync(page, $"/do/mails/{first}/invitation", ("answer", "accepted"));
        Assert.Equal(1, await AnsweredAsync(first));
    }

    private Task<MailboxId> BoxOfAsync(InteractionId id) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.Id == id).Join(db.Set<Intake>(), i => i.Intake, i => i.Id, (_, i) => i.Mailbox).SingleAsync(Ct));

    // How many mails of ours lie in its conversation.
    private Task<int> AnsweredAsync(InteractionId id) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.Direction == Direction.Outbound && db.Set<Interaction>().Any(f => f.Id == id && f.Conversation == i.Conversation), Ct));

    private async Task TakeInvitationAsync(MailboxId box, Actor reader, string name, string invited, int number, string method = "REQUEST", int sequence = 0, bool answers = true)
    {
        var before = number > 1 && answers ? $"In-Reply-To: <{name}-1>\r\n" : "";
        var raw = $"From: Lena <lena@{name}.example>\r\nTo: {invited}\r\nSubject: Quay walk{(answers ? "" : " is off")}\r\nDate: Fri, 20 Nov 2026 09:0{number}:00 +0000\r\nMessage-ID: <{name}-{number}>\r\n{before}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nLet us walk.\r\n--a\r\nContent-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n"
            + $"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{name}\r\nSEQUENCE:{sequence}\r\nDTSTART:20261203T080000Z\r\nDTEND:20261203T090000Z\r\nSUMMARY:Quay walk\r\nORGANIZER;CN=Lena:mailto:lena@{name}.example\r\nATTENDEE;CN=Owner:mailto:{invited}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--a--\r\n";
        Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new NewMail($"{name}-{number}", Encoding.UTF8.GetBytes(raw))], reader, Ct))).Succeeded(out _, out _));
    }

    // The page of the conversation in which somebody invites that address.
    private async Task<string> InvitedAsync(Actor reader, string name, string invited, bool sends = true)
    {
        var box = await MailboxAsync(reader, $"Invited {name}", shared: true);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "secret");
        if (sends) Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new(invited.StartsWith("owner", StringComparison.Ordinal) ? invited : $"{name}@harbourline.example", server, server), reader, Ct)));
        await TakeInvitationAsync(box, reader, name, invited, 1);
        return $"/conversations/{(await ConversationOfAsync($"{name}-1")).Id}";
    }

    private Task<InteractionId> LastAsync(string page)
    {
        var id = new ConversationId(Guid.Parse(page["/conversations/".Length..]));
        return Rapport.InDatabaseAsync(db => db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.Last).SingleAsync(Ct));
    }

    private Task<MimeMessage> MailAsync(InteractionId id) => Rapport.InDatabaseAsync(async db =>
    {
        var raw = await db.Set<OutgoingMail>().Where(m => m.Interaction == id).Select(m => m.Raw).SingleAsync(Ct);
        return await MimeMessage.LoadAsync(new MemoryStream((await db.OpenBlobAsync(raw, Ct))!), Ct);
    });
}
