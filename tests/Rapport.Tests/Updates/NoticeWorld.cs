using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Tests.Conversations;
using Rapport.Updates;
using Audience = Rapport.Updates.Audience;

namespace Rapport.Tests.Updates;

/// <summary>What tests of notices share: a mailbox to send from, customers with people, and a ledger that does as a test says.</summary>
public abstract class NoticeWorld(RapportFixture rapport) : ConversationTests(rapport)
{
    private protected static DateTimeOffset Later { get; } = RapportFixture.Monday.AddDays(300);

    private protected Task<Actor> MeAsync() => Rapport.ActorAsync(Roles.Owner);

    private protected async Task<MailboxId> BoxAsync(string name = "notices")
    {
        var me = await MeAsync();
        if (await Rapport.InDatabaseAsync(db => db.Set<Mailbox>().Where(m => m.Name == name).Select(m => (MailboxId?)m.Id).SingleOrDefaultAsync(Ct)) is { } there) return there;
        var id = await MailboxAsync(me, name, shared: true);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(id, new($"{name}@ours.example", server, server), me, Ct)));
        return id;
    }

    private protected async Task<PartyId> CustomerAsync(string name, Tier tier = Tier.None, MemberId? owner = null)
    {
        var me = await MeAsync();
        var id = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new(name), me, Ct))).Value;
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(id, null, new(owner ?? me.Id, tier, HasBought: true), me, Ct))).Refusal);
        return id;
    }

    private protected async Task<PartyId> PersonAsync(string name, string? address, PartyId? at = null)
    {
        var made = await WithAsync<AddPerson, Result<PartyId>>(async d => await d.RunAsync(new(name, Organization: at, ContactPoints: address is null ? null : [new(ContactKind.Email, address)]), await MeAsync(), Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private protected async Task<NewNotice> NoticeAsync(string title, Audience audience, NoticeKind kind = NoticeKind.Incident) =>
        new(kind, Severity.Major, title, "Loading at quay 4", "Your containers go on Thursday's ship.", await BoxAsync(), audience) { WeDo = "A part is on its way.", ExpectedEnd = Later.AddHours(-1), NextWord = Later };

    private protected async Task<NoticeId> SendAsync(NewNotice notice)
    {
        var sent = await WithAsync<SendNotice, Result<NoticeId>>(async d => await d.RunAsync(notice, "https://rapport.example.com", await MeAsync(), Ct));
        Assert.True(sent.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private protected async Task<NoticeId> SendAsync(string title, Audience audience, NoticeKind kind = NoticeKind.Incident) => await SendAsync(await NoticeAsync(title, audience, kind));

    private protected Task<Refusal?> SayAsync(Func<SayNextWord, Actor, Task<Refusal?>> say) => WithAsync<SayNextWord, Refusal?>(async d => await say(d, await MeAsync()));

    /// <summary>As the worker would.</summary>
    private protected Task TellAsync() => Rapport.InScopeAsync(async services =>
    {
        await services.GetRequiredService<TellNotices>().RunAsync(Ct);
        await services.GetRequiredService<FollowAllClears>().RunAsync(Ct);
    });

    /// <summary>What a mail server did with the mails that wait, to some or to all.</summary>
    private protected Task<int> BecomesAsync(NoticeId notice, DispatchState state, params PartyId[] of) => Rapport.InDatabaseAsync(db =>
        db.Set<Dispatch>().Where(d => d.State == DispatchState.Queued && db.Set<Telling>().Any(t => t.Notice == notice && t.Interaction == d.Interaction && (of.Length == 0 || of.Contains(t.Party))))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, state), Ct));

    private protected Task<List<Telling>> TellingsAsync(NoticeId notice) => Rapport.InDatabaseAsync(db => db.Set<Telling>().AsNoTracking().Where(t => t.Notice == notice).OrderBy(t => t.Place).ThenBy(t => t.Party).ToListAsync(Ct));

    private protected async Task<IReadOnlyList<RecipientRow>> RecipientsAsync(NoticeId notice, bool? reached = null) => (await WithAsync<RecipientQueries, Page<RecipientRow>>(d => d.ListAsync(notice, reached, null, 200, Ct))).Items;

    private protected Task<NoticeDetail> DetailAsync(NoticeId notice) => WithAsync<NoticeQueries, NoticeDetail>(async d => (await d.FindAsync(notice, await MeAsync(), Ct))!);

    private protected async Task<MimeMessage> MailAsync(InteractionId id) =>
        await MimeMessage.LoadAsync(new MemoryStream((await Rapport.InDatabaseAsync(async db => await db.OpenBlobAsync(await db.Set<OutgoingMail>().Where(m => m.Interaction == id).Select(m => m.Raw).SingleAsync(Ct), Ct)))!), Ct);

    private protected async Task<MimeMessage> MailAsync(NoticeId notice, PartyId to, int place = 1) => await MailAsync((await TellingsAsync(notice)).Single(t => t.Party == to && t.Place == place).Interaction!.Value);
}
