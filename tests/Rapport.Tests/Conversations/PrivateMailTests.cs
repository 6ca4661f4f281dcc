using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Conversations;

public sealed class PrivateMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static readonly TestMail Secret = new("secret-1", "Lena Brandt <lena@hafenwerk.example>") { Subject = "Zinnober", Text = "Could you keep the zinnober offer between us?" };

    [Fact]
    public async Task What_lies_in_a_members_own_mailbox_is_nobody_elses_until_it_is_shared()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Secret);
        var (conversation, interaction) = await FindAsync("secret-1");
        var lena = await PersonAsync("lena@hafenwerk.example");

        Assert.Equal(5, await SeenByAsync(Ada, conversation, interaction, lena));
        Assert.Equal(0, await SeenByAsync(Ben, conversation, interaction, lena));

        Assert.Equal("mailbox.missing", (await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Everyone), Ben, Ct)))?.Code);
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Everyone), Ada, Ct)));
        Assert.Equal(5, await SeenByAsync(Ben, conversation, interaction, lena));
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Owner), Ada, Ct)));
        Assert.Equal(0, await SeenByAsync(Ben, conversation, interaction, lena));
        Assert.Equal(5, await SeenByAsync(Ada, conversation, interaction, lena));
    }

    [Fact]
    public async Task The_same_mail_in_two_mailboxes_is_one_interaction_that_both_see_and_nothing_more()
    {
        var (adas, bens) = (await MailboxAsync(Ada), await MailboxAsync(Ben));
        var first = new TestMail("both-1", "Tom <tom@both.example>") { Subject = "Both" };
        await TakeAsync(adas, Ada, first, new TestMail("both-2", "Tom <tom@both.example>") { Subject = "Re: Both", InReplyTo = ["both-1"], Text = "Only to Ada: when?", Date = RapportFixture.Monday.AddDays(-1) });
        Assert.Equal(1, (await TakeAsync(bens, Ben, first)).Duplicates);

        var (conversation, _) = await FindAsync("both-1");
        var (hers, his) = (await RowAsync(Ada, conversation), await RowAsync(Ben, conversation));
        Assert.Equal((2, 1), (hers!.Count, his!.Count));
        Assert.Equal(RapportFixture.Monday.AddDays(-3), his.LastAt);
        Assert.Null(his.WaitingSince);
        Assert.DoesNotContain("Only to Ada", his.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_note_in_a_shared_conversation_is_private()
    {
        var box = await MailboxAsync(Ada, "Shared", shared: true);
        await TakeAsync(box, Ada, new TestMail("open-1", "Ole <ole@open.example>") { Subject = "Open" });
        var (conversation, _) = await FindAsync("open-1");
        var note = new NewInteraction(Channel.Note, "He sounded tired, quince.", []) { Conversation = conversation, Private = true };
        Assert.Null((await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(note, Ada, Ct))).Refusal);

        Assert.Equal((2, 1), ((await RowAsync(Ada, conversation))!.Count, (await RowAsync(Ben, conversation))!.Count));
        Assert.NotNull((await RowAsync(Ben, conversation))!.WaitingSince);
        var detail = await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(conversation, null, 50, Ben, Ct));
        Assert.Single(detail!.Messages);
    }

    [Fact]
    public async Task The_api_answers_as_if_it_did_not_exist()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(owner, "The owner's");
        await TakeAsync(box, owner, Secret with { Id = "secret-api", Subject = "Zinnober again" });
        var (conversation, interaction) = await FindAsync("secret-api");
        var (mine, other) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Member));
        foreach (var path in new[] { $"/api/conversations/{conversation}", $"/api/interactions/{interaction}", $"/api/interactions/{interaction}/source", $"/interactions/{interaction}/original", $"/conversations/{conversation}" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await mine.GetAsync(path, Ct)).StatusCode));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await other.GetAsync(path, Ct)).StatusCode));
        }
        Assert.Contains("Zinnober again", await mine.GetStringAsync("/conversations", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Zinnober again", await other.GetStringAsync("/conversations", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Zinnober again", await other.GetStringAsync("/api/conversations", Ct), StringComparison.Ordinal);
    }

    // In a list, in waiting, on the timeline, by its subject, by its detail.
    private async Task<int> SeenByAsync(Actor by, ConversationId conversation, InteractionId interaction, PartyId party) => await Rapport.InScopeAsync(async services =>
    {
        var list = services.GetRequiredService<ConversationQueries>();
        var seen = (await list.ListAsync(new(), null, 200, by, Ct)).Items.Count(r => r.Id == conversation);
        seen += (await list.ListAsync(new() { View = ConversationView.NeedsUs }, null, 200, by, Ct)).Items.Count(r => r.Id == conversation);
        seen += (await services.GetRequiredService<TimelineQueries>().OfAsync(party, new(), null, 200, by, Ct)).Items.Count(e => e.Id == interaction);
        seen += (await services.GetRequiredService<FindQueries>().FindAsync(SearchKind.Conversation, SearchQuery.Parse("Zinnober"), by, 20, Ct)).Count(h => h.Key.Ref == conversation.Value);
        return seen + (await services.GetRequiredService<ConversationDetails>().FindAsync(conversation, null, 50, by, Ct) is null ? 0 : 1);
    });

    private async Task<ConversationRow?> RowAsync(Actor by, ConversationId id) =>
        (await WithAsync<ConversationQueries, IReadOnlyList<ConversationRow>>(q => q.ByIdAsync([id], by, Ct))).SingleOrDefault();

    private Task<(ConversationId, InteractionId)> FindAsync(string messageId) => Rapport.InDatabaseAsync(async db =>
    {
        var found = await db.Set<Interaction>().SingleAsync(i => i.MessageId == messageId, Ct);
        return (found.Conversation, found.Id);
    });
}
