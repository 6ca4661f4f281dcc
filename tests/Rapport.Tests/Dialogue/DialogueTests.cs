using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel;
using Rapport.Tests.Conversations;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Dialogue;

/// <summary>What tests of Today and the brief share: a member who clicks, and somebody else's mail.</summary>
public abstract class DialogueTests(RapportFixture rapport) : ConversationTests(rapport)
{
    protected Task<Actor> MeAsync() => Rapport.ActorAsync(Roles.Member);

    protected Task<HttpClient> BrowserAsync() => Rapport.SignedInAsync(Roles.Member);

    protected async Task<string> TodayAsync() => WebUtility.HtmlDecode(await (await BrowserAsync()).GetStringAsync("/", Ct));

    /// <summary>Mail in the mailbox of one member.</summary>
    private protected async Task<Conversation> MailAsync(Actor to, string id, string from, string text = "Can we move the second crane to week 50?", int daysAgo = 3, bool shared = false)
    {
        var box = await MailboxAsync(to, $"Mail {id}", shared);
        await TakeAsync(box, to, new TestMail(id, from, "Us <us@harbourline.example>") { Subject = $"About {id}", Text = text, Date = RapportFixture.Monday.AddDays(-daysAgo).AddHours(5) });
        return await ConversationOfAsync(id);
    }

    protected async Task<PartyId> OrganizationAsync(string name, Tier tier = Tier.None, bool pays = false)
    {
        var me = await MeAsync();
        var id = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new(name), me, Ct))).Value;
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(id, null, new RelationshipTerms(Tier: tier, Owner: me.Id, Primary: pays), me, Ct))).Refusal);
        return id;
    }

    protected async Task<Recorded> CallAsync(PartyId with, int daysAgo, string text = "They talked about the quay.")
    {
        var me = await MeAsync();
        var recorded = await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, text, [with]) { At = RapportFixture.Monday.AddDays(-daysAgo) }, me, Ct));
        Assert.Null(recorded.Refusal);
        return recorded.Value;
    }

    protected async Task<CommitmentId> PromiseAsync(PartyId with, string words, DateTimeOffset due, Side side = Side.OursToThem)
    {
        var me = await MeAsync();
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(side, words, with, new Due(due, due, DuePrecision.Minute, "then")), me, Ct));
        Assert.Null(made.Refusal);
        return made.Value;
    }

    /// <summary>Clicks a one-click deed on Today and returns how to undo it, as the page offers it.</summary>
    protected async Task ClickAsync(string action)
    {
        var response = await (await BrowserAsync()).SubmitAsync("/", action);
        Assert.Equal((HttpStatusCode.Found, "/"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    protected async Task<PartyId> SilentAsync(string name, int lastDaysAgo, int every, int times = 7, Tier tier = Tier.None)
    {
        var organization = await OrganizationAsync(name, tier);
        for (var i = times - 1; i >= 0; i--) await CallAsync(organization, lastDaysAgo + every * i);
        await Rapport.RunJobsAsync();
        return organization;
    }

    protected Task<Refusal?> SayAsync(Func<ExpectSilence, Task<Refusal?>> say) => WithAsync<ExpectSilence, Refusal?>(say);

    protected async Task<TodayPicture> PictureAsync()
    {
        var me = await MeAsync();
        return await WithAsync<TodayQueries, TodayPicture>(q => q.RunAsync(me, Ct));
    }
}
