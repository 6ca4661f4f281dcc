using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>One accountable owner, who is here: what somebody who left answered for is found by those who stay.</summary>
public sealed class OwnerLeftTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static int leavers;

    [Fact]
    public async Task What_somebody_who_left_answered_for_is_nobodys_again_and_says_so()
    {
        var (owner, leaver) = (await Rapport.ActorAsync(Roles.Owner), await LeaverAsync());
        var box = await MailboxAsync(owner, "Left", shared: true);
        await TakeAsync(box, owner, new TestMail("left-open", "lena@left.example"), new TestMail("left-closed", "tom@left.example"), new TestMail("left-other", "ida@left.example"));
        var (open, closed, other) = ((await ConversationOfAsync("left-open")).Id, (await ConversationOfAsync("left-closed")).Id, (await ConversationOfAsync("left-other")).Id);
        foreach (var id in new[] { open, closed }) Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(id, leaver.Id, owner, Ct)));
        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(other, owner.Id, owner, Ct)));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(closed, owner, Ct)));
        Assert.Null(await LeaveAsync(leaver.Id));

        // A wrong click is taken back as if it had not been.
        await GiveBackAsync();
        Assert.Equal(leaver.Id, (await ConversationOfAsync("left-open")).Owner);
        Rapport.Clock.Advance(GiveBackConversations.Grace);
        await GiveBackAsync();
        await GiveBackAsync();
        Assert.Null((await ConversationOfAsync("left-open")).Owner);
        Assert.Equal((leaver.Id, owner.Id), ((await ConversationOfAsync("left-closed")).Owner, (await ConversationOfAsync("left-other")).Owner));
        Assert.Contains((await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { View = ConversationView.Unassigned }, null, 200, owner, Ct))).Items, r => r.Id == open);
        var line = Assert.Single(await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(s => s.OfAsync(open, 20, owner, Ct)), l => l.Deed == "owner left");
        Assert.Equal(leaver.Name, line.Owner);
        Assert.Contains($"{leaver.Name} left, and nobody answers for it", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/conversations/{open}", Ct), StringComparison.Ordinal);

        // What they write again is nobody's as well, however long ago their partner left.
        await TakeAsync(box, owner, new TestMail("left-again", "tom@left.example") { InReplyTo = ["left-closed"], Date = Rapport.Clock.GetUtcNow() });
        Assert.Equal(closed, (await ConversationOfAsync("left-again")).Id);
        await GiveBackAsync();
        Assert.Null((await ConversationOfAsync("left-again")).Owner);
    }

    [Fact]
    public async Task New_mail_is_given_to_somebody_who_is_here()
    {
        var (owner, leaver) = (await Rapport.ActorAsync(Roles.Owner), await LeaverAsync());
        await Rapport.RunJobsAsync();
        var box = await MailboxAsync(owner, "Goes on", shared: true);
        await TakeAsync(box, owner, new TestMail("gone-before", "lena@gone.example", leaver.Address));
        Assert.Equal(leaver.Id, (await ConversationOfAsync("gone-before")).Owner);

        Assert.Null(await LeaveAsync(leaver.Id));
        await TakeAsync(box, owner, new TestMail("gone-after", "tom@gone.example", leaver.Address), new TestMail("gone-both", "ida@gone.example", $"{leaver.Address}, ada@ours.example"));
        Assert.Equal(owner.Id, (await ConversationOfAsync("gone-after")).Owner);
        Assert.Equal(Ada.Id, (await ConversationOfAsync("gone-both")).Owner);
    }

    private Task<bool> GiveBackAsync() => WithAsync<GiveBackConversations, bool>(async job => { await job.RunAsync(Ct); return true; });

    private async Task<(MemberId Id, string Name, string Address)> LeaverAsync()
    {
        var address = $"bo.gone.{Interlocked.Increment(ref leavers)}@ours.example";
        var member = (await WithAsync<AdmitMember, Result<Member>>(d => d.RunAsync($"Bo Gone {leavers}", address, Roles.Member, Actor.Rapport, Ct))).Value!;
        await Rapport.RunJobsAsync();
        return (member.Id, member.Name, address);
    }

    private Task<Refusal?> LeaveAsync(MemberId id) => Rapport.InDatabaseAsync(async db =>
    {
        Assert.Null((await db.MemberAsync(id, Ct))!.Leave(Rapport.Clock.GetUtcNow()));
        return await db.SaveAsync(Actor.Rapport, Ct);
    });
}
