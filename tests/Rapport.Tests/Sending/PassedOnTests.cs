using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Members;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>Whom an answer goes to, and what goes along with what is passed on.</summary>
public sealed class PassedOnTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Shown = "From: Jane Doe <jane@{0}.example>\r\nTo: {0}@ours.example\r\nSubject: Plans\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{0}-1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>See this: <img src=\"cid:shot@x\"></p>\r\n--c\r\nContent-Type: image/png; name=screenshot.png\r\nContent-ID: <shot@x>\r\nContent-Disposition: inline; filename=screenshot.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n--c--\r\n"
        + "--b\r\nContent-Type: application/pdf; name=offer.pdf\r\nContent-ID: <pdf@x>\r\nContent-Disposition: inline; filename=offer.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nBAUG\r\n--b--\r\n";

    [Fact]
    public async Task Files_that_stood_within_the_text_go_along_too_when_a_mail_is_passed_on()
    {
        var (_, id) = await TakeShownAsync("within", Ada);
        var start = await WithAsync<StartDraft, DraftStart?>(d => d.FromAsync(id, DraftKind.Forward, Ada, Ct));
        Assert.Equal(["screenshot.png", "offer.pdf"], start!.Files.Select(f => f.Name));
        Assert.Equal([1, 2, 3], start.Files[0].Bytes);
        Assert.Empty((await WithAsync<StartDraft, DraftStart?>(d => d.FromAsync(id, DraftKind.Answer, Ada, Ct)))!.Files);
    }

    [Fact]
    public async Task What_is_passed_on_over_the_API_takes_its_files_along_and_nobody_elses()
    {
        var me = await Rapport.ActorAsync(Roles.Owner);
        var (box, id) = await TakeShownAsync("over-api", me);
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var answer = await client.PostAsJsonAsync("/api/mails", new { mailbox = box.ToString(), to = "piet@over-api.example", text = "Please look.", answers = id.ToString(), forward = true, files = new[] { new { name = "ours.txt", type = "text/plain", bytes = "AQ==" } } }, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Ct));
        var sent = new InteractionId(long.Parse((await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("interaction").GetString()!, CultureInfo.InvariantCulture));
        var detail = (await WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(d => d.MessageAsync(sent, me, Ct)))!.Value.Message;
        Assert.Equal(["offer.pdf", "ours.txt", "screenshot.png"], detail.Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Empty(await WithAsync<StartDraft, IReadOnlyList<WrittenFile>>(d => d.FilesAsync(id, Ben, Ct)));
    }

    [Theory]
    [InlineData("Group <group-{0}@ours.example>", "Jane Doe <jane@{0}.example>")]
    [InlineData("Group <group-{0}@ours.example>, Desk <desk@{0}.example>", "Desk <desk@{0}.example>")]
    public async Task An_answer_that_was_asked_to_an_address_of_ours_goes_to_who_wrote(string replyTo, string then)
    {
        var name = $"asked{replyTo.Length}";
        var box = await ConnectedAsync(name, Ada);
        await SharedAsync($"group-{name}");
        await TakeAsync(box, Ada, new TestMail($"{name}-1", $"Jane Doe <jane@{name}.example>", $"{name}@ours.example") { More = [$"Reply-To: {replyTo.Replace("{0}", name, StringComparison.Ordinal)}"] });
        Assert.Equal((then.Replace("{0}", name, StringComparison.Ordinal), ""), await RecipientsAsync($"{name}-1"));
    }

    [Fact]
    public async Task An_answer_to_all_goes_to_no_mailbox_that_we_share_and_to_colleagues_who_were_written_to()
    {
        var box = await ConnectedAsync("toall", Ada);
        await ConnectedAsync("ben-toall", Ben);
        await SharedAsync("sales-toall");
        await TakeAsync(box, Ada, new TestMail("toall-1", "Jane Doe <jane@toall.example>", "toall@ours.example, Sales <sales-toall@ours.example>") { Cc = "Ben Moss <ben-toall@ours.example>, Kim <kim@toall.example>" });
        Assert.Equal(("Jane Doe <jane@toall.example>", "Ben Moss <ben-toall@ours.example>, Kim <kim@toall.example>"), await RecipientsAsync("toall-1"));
    }

    private async Task<(string? To, string? Cc)> RecipientsAsync(string messageId)
    {
        var start = await WithAsync<StartDraft, DraftStart?>(async d => await d.FromAsync(await InteractionAsync(messageId), DraftKind.AnswerToAll, Ada, Ct));
        return (start!.Words.To, start.Words.Cc);
    }

    private async Task<(MailboxId Box, InteractionId Id)> TakeShownAsync(string name, Actor by)
    {
        var box = await ConnectedAsync(name, by);
        Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new(name, Encoding.UTF8.GetBytes(Shown.Replace("{0}", name, StringComparison.Ordinal)))], by, Ct))).Succeeded(out _, out _));
        return (box, await InteractionAsync($"{name}-1"));
    }

    // A mailbox of a team that Ada is not in.
    private async Task SharedAsync(string name)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await Rapport.RunJobsAsync();
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new($"Team {name}", [owner.Id]), owner, Ct))).Value;
        var opened = await WithAsync<OpenMailbox, Result<MailboxId>>(d => d.SharedAsync(name, new(Visibility.Team, team), owner, Ct));
        Assert.True(opened.Succeeded(out var id, out var refusal), refusal?.Message);
        await ConnectAsync(id, name, owner);
    }

    private async Task<MailboxId> ConnectedAsync(string name, Actor of)
    {
        var id = await MailboxAsync(of, name);
        await ConnectAsync(id, name, of);
        return id;
    }

    private async Task ConnectAsync(MailboxId id, string name, Actor by)
    {
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(id, new($"{name}@ours.example", server, server), by, Ct)));
    }

    private Task<InteractionId> InteractionAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Id).SingleAsync(Ct));
}
