using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>Mail is written on pages that need no scripts, and nothing of it is lost on the way.</summary>
public sealed class WritePageTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private static int boxes;

    private HttpClient browser = null!;
    private Actor ada = null!;
    private MailboxId box;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        ada = await Rapport.ActorAsync(Roles.Owner);
        browser = await Rapport.SignedInAsync(Roles.Owner);
        var name = $"write{Interlocked.Increment(ref boxes)}";
        address = $"{name}@harbourline.example";
        box = (await WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync(name, ada, Ct))).Value;
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new(address, server, server), ada, Ct)));
    }

    public async ValueTask DisposeAsync() => Assert.Null(await WithAsync<DisconnectMailbox, Refusal?>(d => d.RunAsync(box, ada, Ct)));

    [Fact]
    public async Task A_reply_is_written_on_the_conversation_page_and_taken_back_into_a_draft()
    {
        var conversation = await AskedAsync("page-1", "Jane Doe <jane@page.example>");
        var answer = await browser.SubmitAsync($"/conversations/{conversation}", "/write", ("Input.To", "Jane Doe <jane@page.example>"), ("Input.Text", "Yes, to week 50."), ("Input.Do", "send"));
        Assert.Equal($"/conversations/{conversation}", Path(answer));
        var back = await browser.SubmitAsync($"/conversations/{conversation}", $"/do/mails/{await MailAsync("jane@page.example")}/take-back");
        Assert.StartsWith("/write/", Path(back), StringComparison.Ordinal);
        var draft = await browser.GetStringAsync(Path(back), Ct);
        Assert.Contains("Yes, to week 50.", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("on its way", await browser.GetStringAsync($"/conversations/{conversation}", Ct), StringComparison.Ordinal);

        Assert.Equal($"/conversations/{conversation}", Path(await browser.SubmitAsync(Path(back), "write", ("Input.To", "Jane Doe <jane@page.example>"), ("Input.Subject", "Re: The second crane"), ("Input.Text", "Yes, to week 51."), ("Input.Do", "send"))));
        var html = await browser.GetStringAsync($"/conversations/{conversation}", Ct);
        Assert.Contains("Yes, to week 51.", html, StringComparison.Ordinal);
        Assert.Contains("on its way", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_answered_and_about_what_is_filled_in_and_own_addresses_are_left_out()
    {
        var conversation = await AskedAsync("fill-1", "Jane Doe <jane@fill.example>", new() { ["Cc"] = $"Kim Roe <kim@fill.example>, {address}", ["Reply-To"] = "Desk <desk@fill.example>" });
        var id = await InteractionAsync("fill-1");
        var reply = await browser.GetStringAsync($"/write?answers={id}", Ct);
        Assert.Equal(("Desk <desk@fill.example>", "", "Re: The second crane"), (Value(reply, "Input.To"), Value(reply, "Input.Cc"), Value(reply, "Input.Subject")));
        var all = await browser.GetStringAsync($"/write?answers={id}&kind=AnswerToAll", Ct);
        Assert.Equal("Kim Roe <kim@fill.example>", Value(all, "Input.Cc"));
        var forward = await browser.GetStringAsync(Path(await browser.SubmitAsync($"/conversations/{conversation}", $"/do/mails/{id}/forward")), Ct);
        Assert.Equal(("", "Fwd: The second crane"), (Value(forward, "Input.To"), Value(forward, "Input.Subject")));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_written_is_kept()
    {
        var refused = await browser.SubmitAsync("/write", "write", ("Input.To", "jane"), ("Input.Subject", "Crane"), ("Input.Text", "Kept words."), ("Input.Do", "send"));
        var html = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains("is no mail address", html, StringComparison.Ordinal);
        Assert.Contains("Kept words.", html, StringComparison.Ordinal);
        Assert.Contains("Crane", await browser.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.True(await Rapport.InDatabaseAsync(db => db.Set<Draft>().AnyAsync(d => d.Text == "Kept words." && d.To == "jane", Ct)));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_mail()
    {
        var page = await browser.GetStringAsync("/write?to=twice@page.example", Ct);
        var typed = new[] { ("Input.Draft", Value(page, "Input.Draft")), ("Input.To", "twice@page.example"), ("Input.Subject", "Once"), ("Input.Text", "Once."), ("Input.Do", "send") };
        var first = await browser.SubmitAsync("/write", "write", typed);
        var second = await browser.SubmitAsync("/write", "write", typed);
        Assert.Equal(Path(first), Path(second));
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "twice@page.example", Ct)));
    }

    [Fact]
    public async Task What_came_in_since_is_shown_before_anything_is_sent_on_top_of_it()
    {
        var conversation = await AskedAsync("since-1", "Jane Doe <jane@since.example>");
        var page = await browser.GetStringAsync($"/write?conversation={conversation}", Ct);
        await TakeAsync(new TestMail("since-2", "Jane Doe <jane@since.example>", address) { InReplyTo = ["since-1"], Text = "Forget it, we found another.", Date = RapportFixture.Monday.AddDays(-1) });
        var names = new[] { "Draft", "Kind", "Conversation", "Answers", "SeenLast", "SeenCount", "Mailbox", "Subject" };
        var typed = names.Select(n => ($"Input.{n}", Value(page, $"Input.{n}"))).Append(("Input.To", "jane@since.example")).Append(("Input.Text", "Yes, to week 50.")).Append(("Input.Do", "send")).ToArray();
        var stopped = await (await browser.SubmitAsync("/write", "write", typed)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("Forget it, we found another.", stopped, StringComparison.Ordinal);
        Assert.Contains("Send anyway", stopped, StringComparison.Ordinal);
        Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "jane@since.example", Ct)));

        var again = names.Select(n => ($"Input.{n}", Value(stopped, $"Input.{n}"))).Append(("Input.To", "jane@since.example")).Append(("Input.Text", "Yes, to week 50.")).Append(("Input.Do", "send")).ToArray();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/write", "write", again)).StatusCode);
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "jane@since.example", Ct)));
    }

    [Fact]
    public async Task What_is_sent_later_waits_and_goes_at_its_time()
    {
        var page = await browser.SubmitAsync("/write", "write", ("Input.Mailbox", box.ToString()), ("Input.To", "later@page.example"), ("Input.Subject", "Later"), ("Input.Text", "Good morning."), ("Input.SendAt", "2026-11-24T08:00"), ("Input.Do", "later"));
        Assert.Equal("/outgoing", Path(page));
        await Rapport.RunJobsAsync();
        Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "later@page.example", Ct)));
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await Rapport.RunJobsAsync();
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "later@page.example", Ct)));
        await Rapport.RunJobsAsync();
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == "later@page.example", Ct)));
    }

    [Fact]
    public async Task A_mail_for_later_stops_when_something_is_said_meanwhile_and_says_why()
    {
        var conversation = await AskedAsync("stop-1", "Jane Doe <jane@stop.example>");
        var draft = Ids.New<DraftId>(Rapport.Clock);
        var words = await WithAsync<StartDraft, DraftStart?>(async d => await d.FromAsync((await d.AnsweredAsync(conversation, ada, Ct))!.Value, DraftKind.Answer, ada, Ct));
        Assert.Null(await WithAsync<KeepDraft, Refusal?>(d => d.RunAsync(draft, words!.Words with { Text = "Yes." }, [], ada, Ct)));
        Assert.Null(await WithAsync<SendDraft, Refusal?>(d => d.LaterAsync(draft, Rapport.Clock.GetUtcNow().AddHours(2), ada, Ct)));
        await TakeAsync(new TestMail("stop-2", "Jane Doe <jane@stop.example>", address) { InReplyTo = ["stop-1"], Text = "Never mind.", Date = Rapport.Clock.GetUtcNow() });
        Rapport.Clock.Advance(TimeSpan.FromHours(3));
        await Rapport.RunJobsAsync();
        var kept = await Rapport.InDatabaseAsync(db => db.Set<Draft>().SingleAsync(d => d.Id == draft, Ct));
        Assert.Equal((null, null), (kept.SentAs, kept.SendAt));
        Assert.Contains("since you began to write", kept.Stopped, StringComparison.Ordinal);
        Assert.Contains("since you began to write", await browser.GetStringAsync($"/write/{draft}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forwarded_mail_takes_its_files_along_and_its_words_are_no_quote()
    {
        const string Raw = "From: Jane Doe <jane@fwd.example>\r\nTo: {0}\r\nSubject: Plans\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <fwd-1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere are the plans.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n--b--\r\n";
        Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new("fwd", Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, Raw, address)))], ada, Ct))).Succeeded(out _, out _));
        var start = await WithAsync<StartDraft, DraftStart?>(async d => await d.FromAsync(await InteractionAsync("fwd-1"), DraftKind.Forward, ada, Ct));
        Assert.Equal("plan.pdf", Assert.Single(start!.Files).Name);
        var forward = Path(await browser.SubmitAsync($"/conversations/{await ConversationAsync("fwd-1")}", $"/do/mails/{await InteractionAsync("fwd-1")}/forward"));
        var page = await browser.GetStringAsync(forward, Ct);
        Assert.Contains("plan.pdf", page, StringComparison.Ordinal);
        var typed = new[] { "Draft", "Kind", "Conversation", "Answers", "SeenLast", "SeenCount", "Mailbox", "Subject" }.Select(n => ($"Input.{n}", Value(page, $"Input.{n}"))).Append(("Input.To", "partner@fwd.example")).Append(("Input.Do", "send")).ToArray();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(forward, "write", typed)).StatusCode);
        var detail = (await WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(async d => await d.MessageAsync(await MailAsync("partner@fwd.example"), ada, Ct)))!.Value.Message;
        Assert.Equal("plan.pdf", Assert.Single(detail.Files).Name);
        Assert.Contains("Here are the plans.", detail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_of_the_mailbox_stands_beneath_with_the_writers_name_and_answers_go_to_a_marked_address()
    {
        Assert.Null(await WithAsync<ChangeOutbox, Refusal?>(d => d.RunAsync(box, new("Harbourline Sales", "{{ me.name }}\n{{ us.name }}", true, null, true), ada, Ct)));
        var sent = await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "jane@signed.example", "Crane", "It comes."), ada, Ct));
        var raw = await browser.GetStringAsync($"/interactions/{sent.Value.Interaction}/source", Ct);
        var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(raw)), Ct);
        Assert.Contains($"-- \n{ada.Name}\nHarbourline Example", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("Harbourline Sales", mail.From[0].Name);
        var replyTo = mail.ReplyTo.Mailboxes.Single().Address;
        Assert.Matches("^write[0-9]+\\+r1.*@harbourline\\.example$", replyTo);

        // An answer without any reference finds home by that address alone.
        await TakeAsync(new TestMail("by-address", "Jane <jane@signed.example>", replyTo) { Subject = "Thank you", Text = "Thank you.", Date = Rapport.Clock.GetUtcNow() });
        Assert.Equal(sent.Value.Conversation, await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "by-address").Select(i => i.Conversation).SingleAsync(Ct)));
        Assert.Equal(DispatchState.Queued, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Recipient == "jane@signed.example").Select(d => d.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_saved_text_is_put_in_by_name_or_shortcut_and_never_with_a_hole_in_it()
    {
        var thanks = (await WithAsync<SavedTexts, Result<SavedTextId>>(d => d.KeepAsync(null, new("Thanks", "thanks", null, "Thank you, {{ person.given_name }}. {{ me.name }}"), ada, Ct))).Value;
        await AskedAsync("text-1", "Jane Doe <jane@text.example>");
        var filled = await (await browser.SubmitAsync("/write", "write", ("Input.To", "jane@text.example"), ("Input.Text", "Hello."), ("Input.Saved", thanks.ToString()), ("Input.Do", "insert"))).Content.ReadAsStringAsync(Ct);
        var draft = await Rapport.InDatabaseAsync(db => db.Set<Draft>().OrderByDescending(d => d.ChangedAt).FirstAsync(d => d.To == "jane@text.example", Ct));
        Assert.Equal($"Hello.\n\nThank you, Jane. {ada.Name}", draft.Text.ReplaceLineEndings("\n"));
        await browser.SubmitAsync("/write", "write", ("Input.To", "Jane <jane@text.example>"), ("Input.Text", "Hello. ;thanks"), ("Input.Do", "insert"));
        Assert.True(await Rapport.InDatabaseAsync(db => db.Set<Draft>().AnyAsync(d => d.Text == $"Hello. Thank you, Jane. {ada.Name}", Ct)));

        var hole = await (await browser.SubmitAsync("/write", "write", ("Input.To", "stranger@text.example"), ("Input.Saved", thanks.ToString()), ("Input.Do", "insert"))).Content.ReadAsStringAsync(Ct);
        Assert.Contains("Nothing is known for person.given_name", WebUtility.HtmlDecode(hole), StringComparison.Ordinal);
        Assert.Equal("text.taken", (await WithAsync<SavedTexts, Result<SavedTextId>>(d => d.KeepAsync(null, new("Other", "THANKS", null, "x"), ada, Ct))).Refusal?.Code);
    }

    private async Task<ConversationId> AskedAsync(string id, string from, Dictionary<string, string>? more = null)
    {
        await TakeAsync(new TestMail(id, from, address) { Cc = more?.GetValueOrDefault("Cc"), More = more?.GetValueOrDefault("Reply-To") is { } to ? [$"Reply-To: {to}"] : [] });
        return await ConversationAsync(id);
    }

    private Task<ConversationId> ConversationAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Conversation).SingleAsync(Ct));

    private async Task TakeAsync(TestMail mail) => Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [mail.Raw()], ada, Ct))).Succeeded(out _, out _));

    private Task<InteractionId> InteractionAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Id).SingleAsync(Ct));

    private Task<InteractionId> MailAsync(string recipient) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Recipient == recipient).Select(d => d.Interaction).SingleAsync(Ct));

    private Task<T> WithAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull => Rapport.InScopeAsync(services => run(services.GetRequiredService<TDeed>()));

    private static string Path(HttpResponseMessage answer) => answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.ToString() : $"{(int)answer.StatusCode}";

    private static string Value(string html, string name)
    {
        var select = Regex.Match(html, $"<select[^>]*name=\"{Regex.Escape(name)}\".*?<option value=\"([^\"]*)\" selected", RegexOptions.Singleline);
        if (select.Success) return WebUtility.HtmlDecode(select.Groups[1].Value);
        var tag = Regex.Match(html, $"<input[^>]*name=\"{Regex.Escape(name)}\"[^>]*>");
        return WebUtility.HtmlDecode(Regex.Match(tag.Value, "value=\"([^\"]*)\"").Groups[1].Value);
    }
}
