using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Blobs;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>Mails that came together are acknowledged each by itself.</summary>
public sealed class AcknowledgeEachTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_mail_that_cannot_be_acknowledged_keeps_none_behind_it_from_that()
    {
        var box = await MailboxAsync(Ada, "each");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new("each@ours.example", server, server), Ada, Ct)));
        Assert.Null(await WithAsync<ChangeAcknowledgement, Refusal?>(d => d.RunAsync(box, new(true, null), Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(10));
        var at = Rapport.Clock.GetUtcNow();
        await TakeAsync(box, Ada, Enumerable.Range(1, 3).Select(i => new TestMail($"each-{i}", $"Jane <jane{i}@each{i}.example>", "each@ours.example") { Date = at.AddSeconds(i - 5) }));
        var came = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("each-")).OrderBy(i => i.Id).ToListAsync(Ct));
        var raw = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Interaction == came[0].Id).Select(i => i.Raw).SingleAsync(Ct));
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => b.Hash == raw).ExecuteUpdateAsync(s => s.SetProperty(b => b.Stored, new byte[] { 1, 2, 3 }).SetProperty(b => b.Compressed, true), Ct));

        // It is tried again by whoever delivers what happened, and nobody is answered twice.
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<AggregateException>(() => HearAsync([.. came.Select(c => c.Id)]));
        Assert.Equal([came[1].Id, came[2].Id], await Rapport.InDatabaseAsync(db => db.Set<AutomaticAnswer>().Where(a => a.Mailbox == box && a.SentAs != null).OrderBy(a => a.Answers).Select(a => a.Answers).ToListAsync(Ct)));
    }

    private Task<bool> HearAsync(IReadOnlyList<InteractionId> ids) => Rapport.InScopeAsync(async services =>
    {
        await ActivatorUtilities.CreateInstance<Acknowledge>(services).HearAsync(new InteractionsTaken(ids), Actor.Rapport, Ct);
        return true;
    });
}
