using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Who waits for us, also where clocks are wrong, mail is late, and what we say goes to others.</summary>
public sealed class WhoWaitsTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static readonly DateTimeOffset Friday = RapportFixture.Monday.AddDays(-3);

    [Fact]
    public async Task What_we_pass_on_to_somebody_else_answers_nobody()
    {
        var box = await MailboxAsync(Ada, "Passed on", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("passed-1", "Lena <lena@passed.example>") { Date = Friday },
            new TestMail("passed-2", "Ada Berg <ada@ours.example>", "Piet <piet@supplier.example>") { InReplyTo = ["passed-1"], Subject = "Fwd: The second crane", Text = "Can you?", Date = Friday.AddHours(1) });
        var passed = await ConversationOfAsync("passed-1");
        Assert.Equal((2, Friday), (passed.Count, passed.WaitingSince));

        await TakeAsync(box, Ada, new TestMail("passed-3", "Ada Berg <ada@ours.example>", "Lena <lena@passed.example>") { InReplyTo = ["passed-1"], Text = "Yes.", Date = Friday.AddHours(2) });
        Assert.Null((await ConversationOfAsync("passed-1")).WaitingSince);
    }

    [Fact]
    public async Task An_answer_to_their_colleague_answers_them_and_so_does_one_to_whoever_was_in_copy()
    {
        var box = await MailboxAsync(Ada, "Colleagues", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("colleague-0", "Max <max@colleagues.example>") { Subject = "Hello", Text = "I am new here.", Date = Friday },
            new TestMail("colleague-1", "Lena <lena@colleagues.example>") { Date = Friday },
            new TestMail("colleague-2", "Ada Berg <ada@ours.example>", "Max <max@colleagues.example>") { InReplyTo = ["colleague-1"], Text = "Yes.", Date = Friday.AddHours(1) },
            new TestMail("copied-1", "Lena <lena@gmail.com>") { Cc = "Olaf <olaf@gmx.de>", Date = Friday },
            new TestMail("copied-2", "Ada Berg <ada@ours.example>", "Olaf <olaf@gmx.de>") { InReplyTo = ["copied-1"], Text = "Yes.", Date = Friday.AddHours(1) });
        Assert.Null((await ConversationOfAsync("colleague-1")).WaitingSince);
        Assert.Null((await ConversationOfAsync("copied-1")).WaitingSince);
    }

    [Fact]
    public async Task A_call_with_somebody_else_in_their_conversation_answers_nobody()
    {
        var box = await MailboxAsync(Ada, "Called", shared: true);
        await TakeAsync(box, Ada, new TestMail("called-1", "Lena <lena@called.example>") { Date = Friday }, new TestMail("called-0", "Piet <piet@carrier.example>") { Subject = "Price", Text = "It is on our site.", Date = Friday });
        var conversation = (await ConversationOfAsync("called-1")).Id;
        await CallAsync(conversation, "piet@carrier.example");
        Assert.Equal(Friday, (await ConversationOfAsync("called-1")).WaitingSince);
        await CallAsync(conversation, "lena@called.example");
        Assert.Null((await ConversationOfAsync("called-1")).WaitingSince);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(-3_000)]
    public async Task What_was_written_before_it_was_closed_and_read_after_opens_it_and_waits(int minutes)
    {
        var (box, id) = (await MailboxAsync(Ada, $"Late {minutes}", shared: true), $"late{minutes}");
        await TakeAsync(box, Ada, new TestMail($"{id}-1", "Lena <lena@late.example>") { Date = Friday });
        var closed = await ConversationOfAsync($"{id}-1");
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(closed.Id, Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromSeconds(30));

        var written = closed.LastAt.AddDays(3).AddMinutes(minutes);
        await TakeAsync(box, Ada, new TestMail($"{id}-2", "Lena <lena@late.example>") { InReplyTo = [$"{id}-1"], Text = "And the third crane?", Date = written });
        var open = await ConversationOfAsync($"{id}-1");
        Assert.Equal((ConversationState.Open, written), (open.State, open.WaitingSince));
    }

    [Fact]
    public async Task What_is_read_years_later_was_not_late_and_opens_nothing()
    {
        var box = await MailboxAsync(Ada, "Old", shared: true);
        await TakeAsync(box, Ada, new TestMail("old-2", "Lena <lena@old.example>") { InReplyTo = ["old-1"], Date = Friday });
        var closed = await ConversationOfAsync("old-2");
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(closed.Id, Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromSeconds(30));
        await TakeAsync(box, Ada, new TestMail("old-1", "Lena <lena@old.example>") { Date = Friday.AddYears(-2) });
        var still = await ConversationOfAsync("old-2");
        Assert.Equal((ConversationState.Closed, 2, null), (still.State, still.Count, still.WaitingSince));
    }

    [Fact]
    public async Task A_question_that_comes_from_a_clock_ahead_of_ours_is_settled_and_closed_like_any_other()
    {
        var box = await MailboxAsync(Ada, "Ahead", shared: true);
        await TakeAsync(box, Ada, new TestMail("ahead-1", "Lena <lena@ahead.example>") { Date = Rapport.Clock.GetUtcNow().AddHours(3) });
        var asked = await ConversationOfAsync("ahead-1");
        Assert.Equal(Rapport.Clock.GetUtcNow(), asked.LastAt);
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(asked.Id, Ada, Ct)));
        var closed = await ConversationOfAsync("ahead-1");
        Assert.Equal((ConversationState.Closed, null), (closed.State, closed.WaitingSince));
    }

    [Fact]
    public async Task Who_fills_in_a_form_on_our_site_is_whoever_the_answer_goes_to()
    {
        var box = await MailboxAsync(Ada, "Forms", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("form-1", "Website <website@ours.example>", "desk@ours.example") { More = ["Reply-To: Lena Holt <lena@forms.example>"] },
            new TestMail("group-1", "\"'Olaf Blom' via Desk\" <desk@ours.example>", "desk@ours.example") { More = ["Reply-To: olaf@groups.example"] },
            new TestMail("member-1", "Ben Moss <ben@ours.example>", "desk@ours.example") { More = ["Reply-To: ben@home.example"] });
        var (form, group, member) = (await SaidAsync("form-1"), await SaidAsync("group-1"), await SaidAsync("member-1"));
        Assert.Equal((Direction.Inbound, "Lena Holt", await PersonAsync("lena@forms.example")), (form.Direction, form.AuthorName, form.Author!.Value));
        Assert.Equal((Direction.Inbound, "Olaf Blom"), (group.Direction, group.AuthorName));
        Assert.Equal(Direction.Internal, member.Direction);
        Assert.NotNull((await ConversationOfAsync("form-1")).WaitingSince);
    }

    [Fact]
    public async Task Whoever_is_named_where_answers_go_takes_part()
    {
        var box = await MailboxAsync(Ada, "Answers", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("goes-1", "Shop <orders@shop.example>", "desk@ours.example") { More = ["Reply-To: Lena Holt <lena@gmx.de>"], Date = Friday },
            new TestMail("goes-2", "Ada Berg <ada@ours.example>", "Lena Holt <lena@gmx.de>") { InReplyTo = ["goes-1"], Text = "Yes.", Date = Friday.AddHours(1) },
            new TestMail("goes-3", "Lena Holt <lena@gmx.de>", "desk@ours.example") { InReplyTo = ["goes-2"], Text = "Thank you.", Date = Friday.AddHours(2) });
        Assert.Equal((3, null), ((await ConversationOfAsync("goes-1")).Count, (await ConversationOfAsync("goes-1")).WaitingSince));
    }

    [Fact]
    public async Task An_address_for_one_matter_at_the_authors_own_firm_is_nobody()
    {
        var box = await MailboxAsync(Ada, "One matter", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("matter-1", "Desk <desk@tickets.example>", "desk@ours.example") { More = ["Reply-To: matter-4711@tickets.example"], Date = Friday },
            new TestMail("matter-2", "Lena <lena@matter.example>", "desk@ours.example") { More = ["Reply-To: no-reply@mailer.example"], Date = Friday },
            new TestMail("matter-3", "Ada Berg <ada@ours.example>", "matter-4711@tickets.example") { InReplyTo = ["matter-1"], Text = "Yes.", Date = Friday.AddHours(1) });
        Assert.Equal(["desk@tickets.example", "lena@matter.example", "matter-4711@tickets.example"], await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().Where(c => c.Domain == "tickets.example" || c.Domain == "matter.example" || c.Domain == "mailer.example").Select(c => c.Value).Order().ToListAsync(Ct)));
        Assert.Null((await ConversationOfAsync("matter-1")).WaitingSince);
    }

    [Fact]
    public async Task Mail_to_a_name_of_ours_that_nobody_told_us_of_waits_all_the_same()
    {
        var box = await MailboxAsync(Ada, "Aliases", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("alias-1", "Lena <lena@alias.example>", "info@oldbrand.example") { More = ["Delivered-To: desk@ours.example", "X-Original-To: info@oldbrand.example"] },
            new TestMail("blind-1", "Lena <lena@alias.example>", "piet@third.example") { More = ["Delivered-To: desk@ours.example", "X-Original-To: desk@ours.example"] },
            new TestMail("alias-2", "Lena <lena@alias.example>", "somebody@else.example") { Cc = "desk@ours.example", More = ["Delivered-To: desk@ours.example"] });
        Assert.NotNull((await ConversationOfAsync("alias-1")).WaitingSince);
        Assert.Null((await ConversationOfAsync("blind-1")).WaitingSince);
        Assert.Null((await ConversationOfAsync("alias-2")).WaitingSince);
    }

    [Fact]
    public async Task What_we_sent_from_another_address_of_ours_makes_nobody_of_us()
    {
        var box = await MailboxAsync(Ada, "Elsewhere", shared: true);
        await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new TestMail("elsewhere-1", "Ada <ada@ourother.example>", "Lena <lena@elsewhere.example>").Raw() with { Sent = true }], Ada, Ct));
        Assert.Equal((Direction.Outbound, null, "Ada"), await SaidAsync("elsewhere-1") is { } said ? (said.Direction, said.Author, said.AuthorName) : default);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().AnyAsync(c => c.Domain == "ourother.example", Ct)));
        Assert.NotEqual(default, await PersonAsync("lena@elsewhere.example"));
    }

    [Fact]
    public async Task Taking_back_that_no_reply_is_needed_leaves_settled_what_was_settled_before()
    {
        var box = await MailboxAsync(Ada, "Taken back", shared: true);
        await TakeAsync(box, Ada, new TestMail("undo-1", "Lena <lena@undo.example>") { Date = Friday });
        var id = (await ConversationOfAsync("undo-1")).Id;
        await CallAsync(null, "lena@undo.example");
        await SettleAsync();
        Rapport.Clock.Advance(TimeSpan.FromMinutes(10));
        var second = Rapport.Clock.GetUtcNow();
        await TakeAsync(box, Ada, new TestMail("undo-2", "Lena <lena@undo.example>") { InReplyTo = ["undo-1"], Text = "And the third crane?", Date = second });
        Assert.Equal(second, (await ConversationOfAsync("undo-1")).WaitingSince);
        await SettleAsync();
        Assert.Null((await ConversationOfAsync("undo-1")).WaitingSince);
        Assert.Null(await WithAsync<SettleWaiting, Refusal?>(d => d.UndoAsync(id, Ada, Ct)));
        Assert.Equal(second, (await ConversationOfAsync("undo-1")).WaitingSince);

        Task SettleAsync() => WithAsync<SettleWaiting, Refusal?>(d => d.RunAsync(id, Settlement.NoReplyNeeded, Ada, Ct));
    }

    [Fact]
    public async Task What_was_settled_twice_is_taken_back_at_once()
    {
        var box = await MailboxAsync(Ada, "Twice", shared: true);
        await TakeAsync(box, Ada, new TestMail("twice-1", "Lena <lena@twice.example>") { Date = Friday });
        var id = (await ConversationOfAsync("twice-1")).Id;
        for (var time = 0; time < 2; time++)
        {
            Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
            Rapport.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Null(await WithAsync<ReopenConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Assert.Equal(Friday, (await ConversationOfAsync("twice-1")).WaitingSince);
    }

    [Fact]
    public async Task What_was_closed_before_what_lay_here_was_read_opens_again()
    {
        var box = await MailboxAsync(Ada, "Lay here", shared: true);
        await TakeAsync(box, Ada, new TestMail("lay-1", "Lena <lena@lay.example>") { Date = Friday });
        var id = (await ConversationOfAsync("lay-1")).Id;
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var came = Rapport.Clock.GetUtcNow();
        await WithAsync<StoreMail, Result<MailStored>>(d => d.RunAsync(box, [new TestMail("lay-2", "Lena <lena@lay.example>") { InReplyTo = ["lay-1"], Text = "And the third crane?", Date = came }.Raw()], Ada, Ct));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        await TakeAsync(box, Ada, new TestMail("lay-3", "Max <max@lay.example>") { Subject = "Another matter", Date = came });
        var open = await ConversationOfAsync("lay-1");
        Assert.Equal((2, ConversationState.Open, came), (open.Count, open.State, open.WaitingSince));
    }

    [Fact]
    public async Task What_comes_back_is_a_persons_conversation_again_whatever_came_meanwhile()
    {
        var box = await MailboxAsync(Ada, "Comes back", shared: true);
        await TakeAsync(box, Ada, new TestMail("comes-1", "Lena <lena@comes.example>") { Date = Friday }, new TestMail("together-1", "Lena <lena@comes.example>") { Subject = "Together", Date = Friday });
        var (id, other) = ((await ConversationOfAsync("comes-1")).Id, (await ConversationOfAsync("together-1")).Id);
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, Rapport.Clock.GetUtcNow().AddHours(1), Ada, Ct)));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(other, Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var now = Rapport.Clock.GetUtcNow();
        await TakeAsync(box, Ada, new TestMail("comes-2", "Lena <lena@comes.example>") { InReplyTo = ["comes-1"], Date = now, More = ["Precedence: bulk"] },
            new TestMail("together-2", "Lena <lena@comes.example>") { Subject = "Together", InReplyTo = ["together-1"], Date = now.AddSeconds(-10) },
            new TestMail("together-3", "Lena <lena@comes.example>") { Subject = "Together", InReplyTo = ["together-1"], Date = now, More = ["Precedence: bulk"] });
        Rapport.Clock.Advance(TimeSpan.FromHours(2));
        await WithAsync<BringBack, bool>(async d => { await d.RunAsync(Ct); return true; });
        var needsUs = (await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { View = ConversationView.NeedsUs }, null, 200, Ada, Ct))).Items.Select(r => r.Id).ToList();
        Assert.Contains(id, needsUs);
        Assert.Contains(other, needsUs);
    }

    [Fact]
    public async Task What_may_be_a_persons_answer_in_something_closed_is_listed_as_unsure_until_somebody_looks()
    {
        var box = await MailboxAsync(Ada, "Unsure", shared: true);
        await TakeAsync(box, Ada, new TestMail("maybe-1", "Lena <lena@maybe.example>") { Date = Friday });
        var id = (await ConversationOfAsync("maybe-1")).Id;
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(box, Ada, new TestMail("maybe-2", "Lena <lena@maybe.example>") { InReplyTo = ["maybe-1"], Date = Rapport.Clock.GetUtcNow(), More = ["Precedence: bulk"] });
        Assert.Equal((true, true, ConversationState.Closed), (await IsListedAsync(ConversationKind.Unsure), await IsListedAsync(ConversationKind.Human), (await ConversationOfAsync("maybe-1")).State));

        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Assert.Equal((false, true), (await IsListedAsync(ConversationKind.Unsure), await IsListedAsync(ConversationKind.Human)));

        async Task<bool> IsListedAsync(ConversationKind kind) => (await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { Kind = kind }, null, 200, Ada, Ct))).Items.Any(r => r.Id == id);
    }

    private Task<Interaction> SaidAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().AsNoTracking().SingleAsync(i => i.MessageId == messageId, Ct));

    private async Task CallAsync(ConversationId? conversation, string address)
    {
        var who = await PersonAsync(address);
        Assert.Null((await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "We spoke.", [who]) { Conversation = conversation, At = RapportFixture.Monday.AddHours(-1) }, Ada, Ct))).Refusal);
    }
}
