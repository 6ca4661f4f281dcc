using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Merging, splitting and moving by hand (V5), and what it must not show (V11).</summary>
public sealed class MovingTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Lena = "Lena Brandt <lena@moving.example>", Us = "Ada Berg <ada@ours.example>";

    [Fact]
    public async Task A_merged_conversation_catches_its_replies_and_its_address_leads_on()
    {
        var box = await MailboxAsync(Ada, "Merging", shared: true);
        var (one, other) = await TwoAsync(box, "mg1.");
        var moved = await MergeAsync(one, other);
        await TakeAsync(box, Ada, new TestMail("mg1.c", Lena) { InReplyTo = ["mg1.a"], Subject = "Re: One" }, new TestMail("mg1.d", Lena) { InReplyTo = ["mg1.b"], Subject = "Re: Other" });
        Assert.Equal("a b c d", await GroupsAsync("mg1."));
        Assert.Equal((other, 1), (moved.Conversation, moved.Messages));
        Assert.Equal(other, (await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(one, null, 50, Ada, Ct)))!.Row.Id);
        Assert.DoesNotContain(await FindAsync("mergeword"), id => id == one);
    }

    [Fact]
    public async Task Undoing_a_merge_puts_all_of_it_back_with_the_replies_that_came_meanwhile()
    {
        var box = await MailboxAsync(Ada, "Unmerging", shared: true);
        var (one, other) = await TwoAsync(box, "mg2.");
        var before = (await ConversationOfAsync("mg2.a"), await ConversationOfAsync("mg2.b"));
        Assert.Null(await WithAsync<TagConversation, Refusal?>(d => d.AddAsync(one, "Only here", Ada, Ct)));
        var moved = await MergeAsync(one, other);
        Assert.Contains((await RowAsync(other)).Tags, t => t.Name == "Only here");
        await TakeAsync(box, Ada, new TestMail("mg2.c", Lena) { InReplyTo = ["mg2.a"] }, new TestMail("mg2.d", Lena) { InReplyTo = ["mg2.b"], Date = RapportFixture.Monday.AddDays(-1) });
        Assert.Equal("a b c d", await GroupsAsync("mg2."));

        Assert.Equal(2, (await UndoAsync(moved.Move)).Value!.Messages);
        Assert.Equal("a c | b d", await GroupsAsync("mg2."));
        var after = (await ConversationOfAsync("mg2.a"), await ConversationOfAsync("mg2.b"));
        Assert.Equal((before.Item1.Id, before.Item1.Subject, before.Item2.Id, before.Item2.Subject), (after.Item1.Id, after.Item1.Subject, after.Item2.Id, after.Item2.Subject));
        Assert.Equal((2, 2), (after.Item1.Count, after.Item2.Count));
        Assert.Null(after.Item1.MergedInto);
        Assert.Empty((await RowAsync(other)).Tags);
        Assert.Contains((await RowAsync(one)).Tags, t => t.Name == "Only here");
        Assert.Contains(await FindAsync("mergeword"), id => id == one);
        Assert.Equal("move.undone", (await UndoAsync(moved.Move)).Refusal?.Code);
    }

    [Fact]
    public async Task What_waits_in_either_waits_in_both_and_a_closed_one_opens()
    {
        var box = await MailboxAsync(Ada, "Waiting", shared: true);
        var (one, other) = await TwoAsync(box, "mg3.");
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(other, Ada, Ct)));
        var waits = await ConversationOfAsync("mg3.a");
        Assert.NotNull(waits.WaitingSince);

        var moved = await MergeAsync(one, other);
        var both = await ConversationOfAsync("mg3.b");
        Assert.Equal((ConversationState.Open, waits.WaitingSince), (both.State, both.WaitingSince));

        Assert.Null((await UndoAsync(moved.Move)).Refusal);
        both = await ConversationOfAsync("mg3.b");
        Assert.Equal((ConversationState.Closed, null), (both.State, both.WaitingSince));
    }

    [Fact]
    public async Task Two_replies_to_a_mail_not_seen_lead_it_into_the_merged_conversation()
    {
        var box = await MailboxAsync(Ada, "Mentioned", shared: true);
        await TakeAsync(box, Ada, new TestMail("mg4.a", Lena) { InReplyTo = ["mg4.z"], Subject = "Re: Z" }, new TestMail("mg4.b", Lena) { Subject = "Other" });
        var moved = await MergeAsync((await ConversationOfAsync("mg4.a")).Id, (await ConversationOfAsync("mg4.b")).Id);
        await TakeAsync(box, Ada, new TestMail("mg4.z", Us, Lena) { Subject = "Z", Date = RapportFixture.Monday.AddDays(-9) });
        Assert.Equal("a b z", await GroupsAsync("mg4."));
        Assert.Null((await UndoAsync(moved.Move)).Refusal);
        await TakeAsync(box, Ada, new TestMail("mg4.y", Lena) { InReplyTo = ["mg4.z"] });
        Assert.Equal("a y z | b", await GroupsAsync("mg4."));
    }

    [Fact]
    public async Task A_split_message_takes_its_answers_along_and_catches_later_ones_and_goes_back()
    {
        var box = await MailboxAsync(Ada, "Splitting", shared: true);
        await TakeAsync(box, Ada,
            new TestMail("sp1.a", Lena), new TestMail("sp1.b", Lena) { InReplyTo = ["sp1.a"], Subject = "Re: The invoice", Date = RapportFixture.Monday.AddDays(-2) },
            new TestMail("sp1.c", Us, Lena) { InReplyTo = ["sp1.b"], References = ["sp1.a", "sp1.b"], Date = RapportFixture.Monday.AddDays(-1) },
            new TestMail("sp1.d", Us, Lena) { InReplyTo = ["sp1.a"], Date = RapportFixture.Monday.AddHours(-20) });
        Assert.Equal("a b c d", await GroupsAsync("sp1."));
        var moved = await MoveAsync("sp1.b", null);
        Assert.Equal("a d | b c", await GroupsAsync("sp1."));
        Assert.Equal(2, moved.Messages);
        Assert.Equal("The invoice", (await ConversationOfAsync("sp1.b")).Subject);
        await TakeAsync(box, Ada, new TestMail("sp1.e", Lena) { InReplyTo = ["sp1.c"], References = ["sp1.a", "sp1.b", "sp1.c"] }, new TestMail("sp1.f", Lena) { InReplyTo = ["sp1.a"] });
        Assert.Equal("a d f | b c e", await GroupsAsync("sp1."));
        Assert.Contains((await DetailAsync(moved.Conversation)).Messages, m => m.JoinedBecause == "Ada Berg gave it a conversation of its own.");

        Assert.Null((await UndoAsync(moved.Move)).Refusal);
        Assert.Equal("a b c d e f", await GroupsAsync("sp1."));
        Assert.Equal(6, (await ConversationOfAsync("sp1.a")).Count);
        Assert.Contains((await DetailAsync((await ConversationOfAsync("sp1.a")).Id)).Messages, m => m.JoinedBecause == "It answers a mail in this conversation (In-Reply-To).");
    }

    [Fact]
    public async Task What_a_person_took_apart_the_machine_does_not_join_again()
    {
        var box = await MailboxAsync(Ada, "Apart", shared: true);
        await TakeAsync(box, Ada, new TestMail("sp2.b", Lena) { InReplyTo = ["sp2.a"] }, new TestMail("sp2.c", Lena) { InReplyTo = ["sp2.a"], Date = RapportFixture.Monday.AddDays(-2) });
        Assert.Equal("b c", await GroupsAsync("sp2."));
        await MoveAsync("sp2.c", null);
        await TakeAsync(box, Ada, new TestMail("sp2.d", Lena) { InReplyTo = ["sp2.c"], References = ["sp2.a", "sp2.c"] });
        Assert.Equal("b | c d", await GroupsAsync("sp2."));
        await TakeAsync(box, Ada, new TestMail("sp2.a", Us, Lena) { Date = RapportFixture.Monday.AddDays(-9) });
        // It goes to either, as both mention it.
        Assert.Contains(await GroupsAsync("sp2."), new[] { "a b | c d", "a c d | b" });
    }

    [Fact]
    public async Task The_last_message_moved_away_makes_its_conversation_a_part_of_the_other_one_and_comes_back()
    {
        var box = await MailboxAsync(Ada, "Moving", shared: true);
        var (one, other) = await TwoAsync(box, "mv1.");
        var moved = await MoveAsync("mv1.a", other);
        Assert.Equal(other, (await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(one, null, 50, Ada, Ct)))!.Row.Id);
        Assert.Null((await UndoAsync(moved.Move)).Refusal);
        Assert.Equal((one, 1), ((await ConversationOfAsync("mv1.a")).Id, (await ConversationOfAsync("mv1.a")).Count));
    }

    [Fact]
    public async Task What_was_moved_on_is_undone_in_its_order()
    {
        var box = await MailboxAsync(Ada, "Order", shared: true);
        var (one, other) = await TwoAsync(box, "mv2.");
        await TakeAsync(box, Ada, new TestMail("mv2.x", Lena) { Subject = "Third" });
        var first = await MergeAsync(one, other);
        var second = await MergeAsync(other, (await ConversationOfAsync("mv2.x")).Id);
        Assert.Equal("a b x", await GroupsAsync("mv2."));
        Assert.Equal("move.later", (await UndoAsync(first.Move)).Refusal?.Code);
        Assert.Null((await UndoAsync(second.Move)).Refusal);
        Assert.Null((await UndoAsync(first.Move)).Refusal);
        Assert.Equal("a | b | x", await GroupsAsync("mv2."));
    }

    [Fact]
    public async Task Conversations_of_different_readers_stay_apart_with_a_sentence()
    {
        var (own, common) = (await MailboxAsync(Ada, "Own"), await MailboxAsync(Ada, "Common", shared: true));
        await TakeAsync(own, Ada, new TestMail("pv1.a", Lena) { Subject = "Private", Text = "secretword" });
        await TakeAsync(common, Ada, new TestMail("pv1.b", Lena) { Subject = "Public" });
        var (one, other) = ((await ConversationOfAsync("pv1.a")).Id, (await ConversationOfAsync("pv1.b")).Id);
        var message = await MessageAsync("pv1.a");

        Assert.Equal("conversation.audience", (await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ada, Ct))).Refusal?.Code);
        Assert.Equal("conversation.audience", (await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(other, one, Ada, Ct))).Refusal?.Code);
        Assert.Equal("conversation.audience", (await WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(message, other, true, Ada, Ct))).Refusal?.Code);
        // Whoever may not know of it learns nothing of it.
        Assert.Equal("conversation.missing", (await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ben, Ct))).Refusal?.Code);
        Assert.Equal("conversation.missing", (await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(other, one, Ben, Ct))).Refusal?.Code);
        Assert.Equal("interaction.missing", (await WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(message, null, true, Ben, Ct))).Refusal?.Code);
        Assert.Equal("a | b", await GroupsAsync("pv1."));
    }

    [Fact]
    public async Task Sharing_that_was_said_of_one_conversation_is_not_stretched_over_another()
    {
        var (own, common) = (await MailboxAsync(Ada, "Her own"), await MailboxAsync(Ada, "Everybody's", shared: true));
        await TakeAsync(own, Ada, new TestMail("pv2.a", Lena) { Subject = "Shared" });
        await TakeAsync(common, Ada, new TestMail("pv2.b", Lena) { Subject = "Public" });
        var (one, other) = ((await ConversationOfAsync("pv2.a")).Id, (await ConversationOfAsync("pv2.b")).Id);
        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(one, new(Visibility.Everyone), Ada, Ct)));
        // Both are everyone's now, but what comes to her own mailbox about the second one is not.
        Assert.Equal("conversation.audience", (await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ben, Ct))).Refusal?.Code);
        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(other, new(Visibility.Everyone), Ada, Ct)));
        Assert.Null((await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ben, Ct))).Refusal);
    }

    [Fact]
    public async Task A_private_message_in_a_merged_conversation_stays_private()
    {
        var (common, hers) = (await MailboxAsync(Ben, "All", shared: true), await MailboxAsync(Ada, "Hers"));
        var (one, other) = await TwoAsync(common, "pv3.", Ben);
        await TakeAsync(hers, Ada, new TestMail("pv3.c", Lena) { InReplyTo = ["pv3.a"], Text = "for her alone" });
        Assert.Equal("a c | b", await GroupsAsync("pv3."));
        await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ben, Ct));
        Assert.Equal("a b c", await GroupsAsync("pv3."));
        Assert.Equal(2, (await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(other, null, 50, Ben, Ct)))!.Messages.Count);
        Assert.Equal(3, (await DetailAsync(other)).Messages.Count);
    }

    [Fact]
    public async Task By_the_pages_a_conversation_is_found_joined_and_taken_apart_again()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var box = await MailboxAsync(await Rapport.ActorAsync(Roles.Member), "Pages", shared: true);
        var (one, other) = await TwoAsync(box, "pg1.", await Rapport.ActorAsync(Roles.Member));
        Assert.Contains("Other", await client.GetStringAsync($"/conversations/{one}/merge", Ct));
        Assert.Contains("mergeword", await client.GetStringAsync($"/conversations/{other}/merge?find=mergeword", Ct));
        var joined = await client.SubmitAsync($"/conversations/{one}/merge?find=Other", $"/do/conversations/{one}/merge", ("conversation", other.ToString()));
        Assert.Equal($"/conversations/{other}", joined.Headers.Location?.ToString());
        Assert.Equal("a b", await GroupsAsync("pg1."));

        var page = await client.GetStringAsync($"/conversations/{one}", Ct);
        Assert.Contains("put another conversation into this one", page);
        var undo = System.Text.RegularExpressions.Regex.Match(page, "/do/conversation-moves/[0-9a-f-]+/undo").Value;
        Assert.Equal($"/conversations/{one}", (await client.SubmitAsync($"/conversations/{other}", undo)).Headers.Location?.ToString());
        Assert.Equal("a | b", await GroupsAsync("pg1."));
        Assert.DoesNotContain(undo, await client.GetStringAsync($"/conversations/{other}", Ct));

        var message = await MessageAsync("pg1.a");
        Assert.Contains("Here, into", await client.GetStringAsync($"/interactions/{message}/move?find=Other", Ct));
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/interactions/{message}/move?find=Other", $"/do/interactions/{message}/move", ("conversation", other.ToString()))).StatusCode);
        Assert.Equal("a b", await GroupsAsync("pg1."));
    }

    [Theory]
    [InlineData("st1.", true)]
    [InlineData("st2.", false)]
    public async Task A_stranger_s_conversation_says_why_it_is_new_and_to_what_it_is_related(string prefix, bool inOrder)
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var by = await Rapport.ActorAsync(Roles.Member);
        var box = await MailboxAsync(by, "Strangers", shared: true);
        TestMail[] mails = [new(prefix + "a", Lena) { Subject = "Prices of 2027" }, new(prefix + "b", "Eve <eve@elsewhere.example>") { InReplyTo = [prefix + "a"], Date = RapportFixture.Monday.AddDays(-1) }];
        foreach (var mail in inOrder ? mails : mails.Reverse()) await TakeAsync(box, by, mail);
        var page = await client.GetStringAsync($"/conversations/{(await ConversationOfAsync(prefix + "b")).Id}", Ct);
        Assert.Contains("New, because its sender takes no part in the conversation that it answers.", page);
        Assert.Matches("Related to <a href=\"/conversations/[^\"]+\">Prices of 2027</a>", page);
        Assert.Contains("New: it answers no mail that is here.", await client.GetStringAsync($"/conversations/{(await ConversationOfAsync(prefix + "a")).Id}", Ct));
    }

    [Fact]
    public async Task By_the_api_it_is_the_same()
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(owner, "Api", shared: true);
        var (one, other) = await TwoAsync(box, "ap1.", owner);
        var merged = await client.PutAsJsonAsync($"/api/conversations/{one}/merged", new { conversation = other.ToString() }, Ct);
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
        var move = (await merged.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("move").GetString();
        var story = await client.GetFromJsonAsync<JsonElement>($"/api/conversations/{other}/story", Ct);
        Assert.Equal(("merged", move), (story[0].GetProperty("deed").GetString(), story[0].GetProperty("move").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"/api/conversation-moves/{move}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync($"/api/conversation-moves/{move}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync($"/api/conversations/{one}/merged", new { conversation = one.ToString() }, Ct)).StatusCode);
        var split = await client.PutAsJsonAsync($"/api/interactions/{await MessageAsync("ap1.a")}/conversation", new { conversation = other.ToString() }, Ct);
        Assert.Equal(1, (await split.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("messages").GetInt32());
    }

    private async Task<(ConversationId, ConversationId)> TwoAsync(MailboxId box, string prefix, Actor? by = null)
    {
        await TakeAsync(box, by ?? Ada, new TestMail(prefix + "a", Lena) { Subject = "One mergeword" }, new TestMail(prefix + "b", Lena) { Subject = "Other", Text = "All is well.", Date = RapportFixture.Monday.AddDays(-2) });
        return ((await ConversationOfAsync(prefix + "a")).Id, (await ConversationOfAsync(prefix + "b")).Id);
    }

    private async Task<Moved> MergeAsync(ConversationId one, ConversationId other)
    {
        var merged = await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(one, other, Ada, Ct));
        Assert.Null(merged.Refusal);
        return merged.Value!;
    }

    private async Task<Moved> MoveAsync(string messageId, ConversationId? to)
    {
        var id = await MessageAsync(messageId);
        var moved = await WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(id, to, true, Ada, Ct));
        Assert.Null(moved.Refusal);
        return moved.Value!;
    }

    private Task<Result<Moved>> UndoAsync(ConversationMoveId move) => WithAsync<UndoMove, Result<Moved>>(d => d.RunAsync(move, Ada, Ct));

    private Task<InteractionId> MessageAsync(string messageId) => Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Id).SingleAsync(Ct));

    private async Task<ConversationDetail> DetailAsync(ConversationId id) => (await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(id, null, 50, Ada, Ct)))!;

    private async Task<ConversationRow> RowAsync(ConversationId id) => (await DetailAsync(id)).Row;

    private async Task<IReadOnlyList<ConversationId>> FindAsync(string words) =>
        [.. (await WithAsync<FindQueries, IReadOnlyList<SearchHit>>(f => f.FindAsync(SearchKind.Conversation, SearchQuery.Parse(words), Ada, 100, Ct))).Select(h => new ConversationId(h.Key.Ref))];
}
