using CsCheck;
using Rapport.Channels;
using Rapport.Conversations;

namespace Rapport.Tests.Conversations;

public sealed class ThreadingTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Lena = "Lena Brandt <lena@hafenwerk.example>", Tom = "Tom Oyelaran <tom@hafenwerk.example>", Eve = "Eve <eve@elsewhere.example>", Us = "Ada Berg <ada@ours.example>";

    [Fact]
    public async Task A_reply_joins_by_in_reply_to_and_says_why()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r1.a", Lena), new TestMail("r1.b", Us, Lena) { InReplyTo = ["r1.a"], Text = "Yes, we can.", Date = RapportFixture.Monday.AddDays(-2) });
        Assert.Equal("a b", await GroupsAsync("r1."));
        Assert.Null((await ConversationOfAsync("r1.a")).WaitingSince);
    }

    [Fact]
    public async Task References_count_from_the_last_to_the_first_and_several_in_reply_to_are_legal()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r2.a", Lena) { Subject = "A" }, new TestMail("r2.x", Lena) { Subject = "X" });
        await TakeAsync(box, Ada, new TestMail("r2.b", Us, Lena) { References = ["r2.x", "r2.a"] }, new TestMail("r2.c", Us, Lena) { InReplyTo = ["r2.unknown", "r2.x"] });
        Assert.Equal("a b | c x", await GroupsAsync("r2."));
    }

    [Fact]
    public async Task The_same_subject_never_joins_strangers()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r3.a", Lena) { Subject = "Invoice" }, new TestMail("r3.b", Eve) { Subject = "Re: Invoice" });
        Assert.Equal("a | b", await GroupsAsync("r3."));
    }

    [Fact]
    public async Task A_stranger_who_answers_gets_a_conversation_of_their_own_that_is_linked()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r4.a", Us, Lena), new TestMail("r4.b", Eve) { InReplyTo = ["r4.a"] });
        Assert.Equal("a | b", await GroupsAsync("r4."));
        Assert.Equal((await ConversationOfAsync("r4.a")).Id, (await ConversationOfAsync("r4.b")).Related);
    }

    [Fact]
    public async Task Somebody_of_the_same_customer_joins()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r5.a", Us, Lena), new TestMail("r5.b", Tom) { InReplyTo = ["r5.a"] });
        Assert.Equal("a b", await GroupsAsync("r5."));
    }

    [Fact]
    public async Task Strangers_who_answer_the_same_newsletter_never_share_a_conversation()
    {
        var box = await MailboxAsync(Ada);
        var answers = Enumerable.Range(0, 30).Select(i => new TestMail($"r6.{i:00}", $"reader{i}@reader{i}.example") { InReplyTo = ["r6.newsletter"], Subject = "Re: News" }).ToList();
        await TakeAsync(box, Ada, answers.Take(15));
        await TakeAsync(box, Ada, new TestMail("r6.newsletter", Us, "readers@ours.example") { Subject = "News" });
        await TakeAsync(box, Ada, answers.Skip(15));
        Assert.Equal(31, (await GroupsAsync("r6.")).Split('|').Length);
    }

    [Fact]
    public async Task Two_replies_to_a_mail_we_never_saw_meet()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r7.a", Lena) { InReplyTo = ["r7.unseen"] });
        await TakeAsync(box, Ada, new TestMail("r7.b", Tom) { InReplyTo = ["r7.unseen"] });
        Assert.Equal("a b", await GroupsAsync("r7."));
    }

    [Fact]
    public async Task Strangers_to_whom_we_pass_on_one_mail_that_is_not_here_never_share_a_conversation()
    {
        var box = await MailboxAsync(Ada);
        var (a, b) = (new TestMail("r9.a", Us, Lena) { References = ["r9.0"], Subject = "Fwd: Prices", Text = "For you, Lena." }, new TestMail("r9.b", Us, Eve) { References = ["r9.0"], Subject = "Fwd: Prices", Text = "For you, Eve." });
        await TakeAsync(box, Ada, a);
        await TakeAsync(box, Ada, b);
        await TakeAsync(box, Ada, new TestMail("r9.c", Tom) { InReplyTo = ["r9.a"], References = ["r9.0", "r9.a"] }, new TestMail("r9.d", Eve) { InReplyTo = ["r9.b"], References = ["r9.0", "r9.b"] });
        Assert.Equal("a c | b d", await GroupsAsync("r9."));
        Assert.Equal((await ConversationOfAsync("r9.a")).Id, (await ConversationOfAsync("r9.b")).Related);
        var because = await Rapport.InDatabaseAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Set<Interaction>(), i => i.MessageId == "r9.b", Ct));
        Assert.Equal("New, because it goes to others than the conversation that it refers to.", because.JoinedBecause);

        // In one batch as well.
        await TakeAsync(box, Ada, new TestMail("r11.a", Us, Lena) { References = ["r11.0"], Text = "Lena!" }, new TestMail("r11.b", Us, Eve) { References = ["r11.0"], Text = "Eve!" });
        Assert.Equal("a | b", await GroupsAsync("r11."));
    }

    [Fact]
    public async Task A_colleague_who_takes_somebody_new_into_the_matter_stays_in_it()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("r10.a", Us, Lena) { References = ["r10.0"] });
        await TakeAsync(box, Ada, new TestMail("r10.b", "Ben Moss <ben@ours.example>", $"{Lena}, {Eve}") { References = ["r10.0"] }, new TestMail("r10.c", "Ben Moss <ben@ours.example>", Eve) { InReplyTo = ["r10.a"] }, new TestMail("r10.d", "Ben Moss <ben@ours.example>", Us) { References = ["r10.0"] });
        Assert.Equal("a b c d", await GroupsAsync("r10."));
    }

    [Fact]
    public async Task People_on_one_mailing_list_share_its_threads()
    {
        var box = await MailboxAsync(Ada);
        string[] list = ["List-Id: Cranes <cranes.lists.example>", "List-Post: <mailto:cranes@lists.example>"];
        await TakeAsync(box, Ada, new TestMail("r8.a", Lena, "cranes@lists.example") { More = list }, new TestMail("r8.b", Eve, "cranes@lists.example") { InReplyTo = ["r8.a"], More = list });
        Assert.Equal("a b", await GroupsAsync("r8."));
        Assert.True((await ConversationOfAsync("r8.a")).Unsure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_turns_out_to_belong_to_what_was_put_away_brings_it_back(bool closed)
    {
        var (box, prefix) = (await MailboxAsync(Ada), closed ? "put-c." : "put-s.");
        await TakeAsync(box, Ada, new TestMail(prefix + "a", Lena), new TestMail(prefix + "c", Lena) { InReplyTo = [prefix + "b"], Text = "And who pays for it?", Date = RapportFixture.Monday.AddDays(-1) });
        await TakeAsync(box, Ada, new TestMail(prefix + "r", "Robot <noreply@hafenwerk.example>") { InReplyTo = [prefix + "s"], More = ["Auto-Submitted: auto-generated"] }, new TestMail(prefix + "d", Lena));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var mail in new[] { "a", "d" })
        {
            var id = (await ConversationOfAsync(prefix + mail)).Id;
            Assert.Null(closed ? await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)) : await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, Rapport.Clock.GetUtcNow().AddDays(14), Ada, Ct)));
        }

        // What we had sent is read only now, and shows that each pair is one.
        await TakeAsync(box, Ada, new TestMail(prefix + "b", Us, Lena) { InReplyTo = [prefix + "a"], Text = "Yes, we can.", Date = RapportFixture.Monday.AddDays(-2), Sent = true }, new TestMail(prefix + "s", Us, "noreply@hafenwerk.example") { InReplyTo = [prefix + "d"], Text = "Thank you.", Date = RapportFixture.Monday.AddDays(-2), Sent = true });
        Assert.Equal("a b c | d r s", await GroupsAsync(prefix));
        var now = await ConversationOfAsync(prefix + "a");
        Assert.Equal((ConversationState.Open, true, null), (now.State, now.WaitingSince is not null, now.SnoozedUntil));

        // A robot brings nothing back.
        Assert.Equal(closed ? ConversationState.Closed : ConversationState.Snoozed, (await ConversationOfAsync(prefix + "d")).State);
    }

    [Fact]
    public async Task Any_order_of_arrival_gives_the_same_conversations()
    {
        var box = await MailboxAsync(Ada);
        var run = 0;
        // Each number is the parent of a mail: a random forest of replies. Writers alternate between a customer and us, so every reply is one's who was written to.
        await Gen.Select(Gen.Int[0, 11].Array[3, 12], Gen.Shuffle(Enumerable.Range(0, 12).ToArray()), Gen.Int[1, 12], Gen.Bool).SampleAsync(async (parents, order, batch, references) =>
        {
            var prefix = $"p{Interlocked.Increment(ref run)}.";
            var mails = Forest(prefix, parents, references);
            await InOrderAsync(box, mails, 12);
            var expected = await GroupsAsync(prefix);

            var other = prefix + "o";
            var shuffled = Forest(other, parents, references);
            await InOrderAsync(box, [.. order.Where(i => i < shuffled.Count).Select(i => shuffled[i])], batch);
            Assert.Equal(expected, await GroupsAsync(other));
        }, iter: 40, threads: 1);
    }

    private async Task InOrderAsync(MailboxId box, IReadOnlyList<TestMail> mails, int batch)
    {
        foreach (var some in mails.Chunk(batch)) await TakeAsync(box, Ada, some);
    }

    private static List<TestMail> Forest(string prefix, int[] parents, bool references)
    {
        var mails = new List<(TestMail Mail, int Customer, bool Ours)>();
        for (var i = 0; i < parents.Length; i++)
        {
            var parent = parents[i] < i ? parents[i] : -1;
            var customer = parent < 0 ? i % 3 : mails[parent].Customer;
            var ours = parent >= 0 && !mails[parent].Ours;
            var them = $"c{customer}@customer{customer}.example";
            var before = parent < 0 ? null : mails[parent].Mail;
            mails.Add((new TestMail($"{prefix}{i:00}", ours ? Us : them, ours ? them : Us)
            {
                Date = RapportFixture.Monday.AddDays(-20).AddHours(i),
                InReplyTo = before is null ? [] : [before.Id],
                References = before is null || !references ? [] : [.. before.References, before.Id],
                Text = $"Words of {prefix}{i}",
            }, customer, ours));
        }
        return mails.ConvertAll(m => m.Mail);
    }
}
