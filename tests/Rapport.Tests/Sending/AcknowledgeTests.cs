using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Automatic answers of ours, from a real mailbox by a real server: who gets one, what it says, and what keeps two machines from writing to each other for ever (V6).</summary>
public sealed class AcknowledgeTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private static int boxes;

    private readonly int number = Interlocked.Increment(ref boxes);
    private Sender sender = null!;
    private Dovecot dovecot = null!;
    private Postfix postfix = null!;

    private string User => $"desk{number}";

    public async ValueTask InitializeAsync()
    {
        (dovecot, postfix) = (await Dovecot.StartAsync(), await Postfix.StartAsync());
        sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));
    }

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await postfix.DisposeAsync();
        await dovecot.DisposeAsync();
    }

    [Fact]
    public async Task A_first_mail_is_acknowledged_once_as_a_person_would_and_counts_as_no_answer()
    {
        var box = await OpenAsync();
        await dovecot.DeliverAsync(User, Mail("ack-before", "early@people.example", minutesAgo: 120));
        await sender.Node.UntilSeenAsync("ack-before", 1);
        Assert.Null(await ChangeAsync(box, new(true, null)));
        await dovecot.DeliverAsync(User, Mail("ack-1", "Jane Example <jane@people.example>"), Mail("ack-robot", "robot@people.example", "Auto-Submitted: auto-generated"), Mail("ack-list", "member@people.example", "List-Id: <talk.people.example>", "List-Post: <mailto:talk@people.example>"),
            Mail("ack-asked-not", "shy@people.example", "X-Auto-Response-Suppress: All"), Mail("ack-bcc", "blind@people.example", to: "undisclosed@elsewhere.example"), Mail("ack-ours", "colleague@harbourline.example"));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count >= 1), "it is acknowledged");
        await sender.Node.UntilSeenAsync("ack-", 7);

        var answer = (await postfix.DeliveredAsync())[0];
        Assert.Equal(("jane@people.example", "Re: About ack-1", "ack-1@people.example"), (answer.To.Mailboxes.Single().Address, answer.Subject, answer.InReplyTo));
        Assert.Equal(("auto-replied", "<>"), (answer.Headers["Auto-Submitted"], answer.Headers["Return-Path"]));
        Assert.StartsWith("Hello Jane,", answer.TextBody, StringComparison.Ordinal);
        Assert.Contains("We are here Monday to Friday from 09:00 to 17:00 (Berlin time).", answer.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("hear from us by", answer.TextBody, StringComparison.Ordinal);

        // It is in the conversation, and they wait as before.
        var conversation = await ConversationOfAsync("ack-1@people.example");
        Assert.Equal((2, true, ClockKind.FirstAnswer), (conversation.Count, conversation.WaitingSince is not null, conversation.Clock));

        // A second mail there gets none, and the message says why; the others never had one.
        await dovecot.DeliverAsync(User, Mail("ack-2", "Jane Example <jane@people.example>", "In-Reply-To: <ack-1@people.example>"));
        await Waiting.UntilAsync(async () => await HeldAsync("ack-2@people.example") is not null, "the brake holds");
        Assert.Contains("once is enough", await HeldAsync("ack-2@people.example"), StringComparison.Ordinal);
        Assert.Equal(1, postfix.Count);
    }

    // The date of a mail knows no less than a second.
    [Fact]
    public async Task What_is_written_in_the_second_in_which_acknowledging_begins_is_acknowledged()
    {
        var box = await OpenAsync();
        Assert.Null(await ChangeAsync(box, new(true, null)));
        var began = (await sender.Node.WithAsync<ChangeAcknowledgement, Acknowledging>(d => d.OfAsync(box, Ct))).Since!.Value;
        await dovecot.DeliverAsync(User, Mail("ack-same", "Kim Example <kim@people.example>", $"{User}@harbourline.example", began));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 1), "it is acknowledged");
    }

    [Fact]
    public async Task A_machine_that_answers_everything_and_says_nothing_of_it_comes_to_rest_within_three_mails()
    {
        var box = await OpenAsync();
        Assert.Null(await ChangeAsync(box, new(true, null)));
        await dovecot.DeliverAsync(User, Mail("loop-0", "Vacation Example <away@hostile.example>"));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 1), "it is acknowledged");

        // No header says that a machine answers, and no reference leads back: each answer is a new conversation.
        var ours = (await postfix.DeliveredAsync())[0];
        await dovecot.DeliverAsync(User, Mail("loop-1", "Vacation Example <away+2@hostile.example>", $"X-Answers: {ours.MessageId}"));
        await Waiting.UntilAsync(async () => await HeldAsync("loop-1@hostile.example") is not null, "the brake holds");
        Assert.Contains("away@hostile.example had an automatic answer in the last 24 hours", await HeldAsync("loop-1@hostile.example"), StringComparison.Ordinal);
        Assert.Equal(1, postfix.Count);
        Assert.NotEqual((await ConversationOfAsync("loop-0@hostile.example")).Id, (await ConversationOfAsync("loop-1@hostile.example")).Id);

        // Nothing is lost: it waits as any mail, and the mailbox's page says where the brake held.
        Assert.NotNull((await ConversationOfAsync("loop-1@hostile.example")).WaitingSince);
        var page = WebUtility.HtmlDecode(await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/settings/mailboxes/{box}/acknowledging", Ct));
        Assert.Contains("A machine may be answering us.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_is_named_only_when_a_member_has_accepted_it_and_is_then_a_commitment_of_theirs()
    {
        var box = await OpenAsync();
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await ChangeAsync(box, new(true, "Hello,\n\nit has arrived.{% if answer.by %} We answer by {{ answer.by }}.{% endif %}", AnswerPromise.Mine)));
        await dovecot.DeliverAsync(User, Mail("promise-1", "Kim Example <kim@promised.example>"));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 1), "it is acknowledged");
        var due = (await ConversationOfAsync("promise-1@promised.example")).DueAt!.Value;
        var words = TimeZoneInfo.ConvertTime(due, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("dddd, d MMMM, HH:mm", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        Assert.Contains($"We answer by {words}.", (await postfix.DeliveredAsync())[0].TextBody, StringComparison.Ordinal);
        await Waiting.UntilAsync(async () => await CommitmentsAsync() == 1, "it is a commitment");

        // A stranger's name may be unknown: words that need it are refused before anybody gets them.
        Assert.Equal("acknowledgement.unreadable", (await ChangeAsync(box, new(true, "Dear {{ person.family_name }}, it has arrived.")))?.Code);
        Assert.Equal("mailbox.missing", (await sender.Node.WithAsync<ChangeAcknowledgement, Refusal?>(async d => await d.RunAsync(box, new(false, null), await Rapport.ActorAsync(Roles.Member), Ct)))?.Code);

        Task<int> CommitmentsAsync() => sender.Node.WithAsync<CommitmentQueries, int>(async q => (await q.ListAsync(new() { Owner = owner.Id }, null, 50, owner, Ct)).Items.Count(c => c.Words == $"An answer by {words}"));
    }

    [Fact]
    public async Task A_time_is_accepted_and_named_only_for_somebody_who_reads_the_mailbox_and_is_here_when_it_comes()
    {
        var (owner, deputy, name) = (await Rapport.ActorAsync(Roles.Administrator), await Rapport.ActorAsync(Roles.Member), $"Support {number}");
        var team = (await sender.Node.WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new(name, [deputy.Id]), owner, Ct))).Value;
        var box = (await sender.Node.WithAsync<OpenMailbox, Result<MailboxId>>(d => d.SharedAsync(name, new(Visibility.Team, team), owner, Ct))).Value;
        Assert.Null(await sender.Node.WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{User}@harbourline.example", dovecot.Reading(User), postfix.Sending, Everything: true), owner, Ct)));
        var words = new NewAcknowledgement(true, "Hello,\n\nit has arrived.{% if answer.by %} We answer by {{ answer.by }}.{% endif %}", AnswerPromise.Mine);
        Assert.Equal("acknowledgement.promise-unread", (await AcceptAsync())?.Code);
        await JoinAsync(owner.Id, deputy.Id);
        Assert.Null(await AcceptAsync());

        await JoinAsync(deputy.Id);
        Assert.DoesNotContain("We answer by", await AnswerToAsync("left", 1), StringComparison.Ordinal);

        await JoinAsync(owner.Id, deputy.Id);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var away = (await sender.Node.WithAsync<SayAbsence, Result<AbsenceId>>(d => d.RunAsync(new(owner.Id, today.AddDays(-1), today.AddDays(14), deputy.Id), owner, Ct))).Value;
        Assert.DoesNotContain("We answer by", await AnswerToAsync("away", 2), StringComparison.Ordinal);

        Assert.Null(await sender.Node.WithAsync<SayAbsence, Refusal?>(d => d.TakeBackAsync(away, owner, Ct)));
        Assert.Contains("We answer by", await AnswerToAsync("back", 3), StringComparison.Ordinal);
        Task<List<Commitment>> PromisedAsync() => sender.Node.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().Where(c => db.Set<Interaction>().Any(i => i.Id == c.SaidIn && db.Set<Intake>().Any(n => n.Interaction == i.Id && n.Mailbox == box))).ToListAsync(Ct));
        await Waiting.UntilAsync(async () => (await PromisedAsync()).Count > 0, "it is a commitment");
        Assert.Equal(owner.Id, Assert.Single(await PromisedAsync()).Owner);

        Task<Refusal?> AcceptAsync() => sender.Node.WithAsync<ChangeAcknowledgement, Refusal?>(d => d.RunAsync(box, words, owner, Ct));
        async Task JoinAsync(params MemberId[] members) => Assert.Null(await sender.Node.WithAsync<FormTeam, Refusal?>(d => d.ChangeAsync(team, new(name, members), owner, Ct)));
        async Task<string> AnswerToAsync(string id, int count)
        {
            await dovecot.DeliverAsync(User, Mail($"reader-{id}", $"Kim Example <kim@{id}.example>"));
            await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == count), "it is acknowledged");
            return (await postfix.DeliveredAsync()).Single(m => m.To.Mailboxes.Single().Address == $"kim@{id}.example").TextBody!;
        }
    }

    // What was promised and cannot be written down must not be forgotten: it is tried again, and then shown to whoever looks after Rapport.
    [Fact]
    public async Task A_promise_that_cannot_be_written_down_is_not_let_go()
    {
        var (owner, other) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        await OpenAsync();
        await dovecot.DeliverAsync(User, Mail("unwritten", "Kim Example <kim@unwritten.example>"));
        await sender.Node.UntilSeenAsync("unwritten", 1);
        var said = await sender.Node.InDatabaseAsync(db => db.Set<Interaction>().AsNoTracking().SingleAsync(i => i.MessageId == "unwritten@unwritten.example", Ct));
        var promised = new AnswerPromised(said.Id, said.Author!.Value, other.Id, said.At.AddHours(4), "Monday");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HearAsync(promised));
        await HearAsync(promised with { Owner = owner.Id });
        Assert.Equal(owner.Id, await sender.Node.InDatabaseAsync(db => db.Set<Commitment>().Where(c => c.SaidIn == said.Id).Select(c => c.Owner).SingleAsync(Ct)));

        Task HearAsync(AnswerPromised happening) => sender.Node.WithAsync<PromiseAnswer, bool>(async d => { await d.HearAsync(happening, Actor.Rapport, Ct); return true; });
    }

    [Fact]
    public async Task What_comes_to_a_team_with_hours_of_its_own_is_acknowledged_with_these_on_its_own_clock()
    {
        var (box, owner) = (await OpenAsync(), await Rapport.ActorAsync(Roles.Owner));
        var team = (await sender.Node.WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new($"Night desk {number}", [owner.Id]), owner, Ct))).Value;
        Assert.Empty(await sender.Node.WithAsync<ChangeTeamHours, IReadOnlyList<Refusal>>(d => d.RunAsync(team, new("America/New_York", "Mo-Sa 20:00-24:00", TeamHours.NoHolidays, []), owner, Ct)));
        Assert.Null(await sender.Node.WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Team, team), owner, Ct)));
        Assert.Null(await ChangeAsync(box, new(true, "Hello,\n\nwe are here {{ us.hours }}.{% if answer.by %} We answer by {{ answer.by }}.{% endif %}", AnswerPromise.Mine)));
        await dovecot.DeliverAsync(User, Mail("night-1", "Kim Example <kim@nightly.example>"));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 1), "it is acknowledged");

        var due = TimeZoneInfo.ConvertTime((await ConversationOfAsync("night-1@nightly.example")).DueAt!.Value, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.InRange(due.TimeOfDay, TimeSpan.FromHours(20), TimeSpan.FromHours(24));
        var text = (await postfix.DeliveredAsync())[0].TextBody;
        Assert.Contains("we are here Monday to Saturday from 20:00 to 24:00 (New York time).", text, StringComparison.Ordinal);
        Assert.Contains($"We answer by {due.ToString("dddd, d MMMM, HH:mm", System.Globalization.CultureInfo.GetCultureInfo("en-GB"))}.", text, StringComparison.Ordinal);
    }

    private async Task<MailboxId> OpenAsync() => await sender.Node.ConnectAsync(await Rapport.ActorAsync(Roles.Owner), User, new($"{User}@harbourline.example", dovecot.Reading(User), postfix.Sending, Everything: true));

    private async Task<Refusal?> ChangeAsync(MailboxId box, NewAcknowledgement to)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        return await sender.Node.WithAsync<ChangeAcknowledgement, Refusal?>(d => d.RunAsync(box, to, owner, Ct));
    }

    private NewMail Mail(string id, string from, params string[] more) => Mail(id, from, $"{User}@harbourline.example", 0, more);

    private NewMail Mail(string id, string from, int minutesAgo) => Mail(id, from, $"{User}@harbourline.example", minutesAgo, []);

    private static NewMail Mail(string id, string from, string to, int minutesAgo = 0, params string[] more) => Mail(id, from, to, TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo).AddSeconds(1), more);

    private static NewMail Mail(string id, string from, string to, DateTimeOffset at, params string[] more) => new("test", Encoding.UTF8.GetBytes(
        $"From: {from}\r\nTo: {to}\r\nSubject: About {id}\r\nDate: {at:R}\r\nMessage-ID: <{id}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..].TrimEnd('>')}>\r\n{string.Concat(more.Select(m => m + "\r\n"))}Content-Type: text/plain\r\n\r\nCould you tell me when the crane comes?\r\n"));

    private Task<Conversation> ConversationOfAsync(string messageId) => sender.Node.InDatabaseAsync(async db =>
    {
        var id = await db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Conversation).SingleAsync(Ct);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id, Ct);
    });

    private async Task<string?> HeldAsync(string messageId)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        if (await sender.Node.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => (InteractionId?)i.Id).SingleOrDefaultAsync(Ct)) is not { } id) return null;
        return (await sender.Node.WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(d => d.MessageAsync(id, owner, Ct)))?.Message.HeldAnswer;
    }
}
