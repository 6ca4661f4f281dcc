using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>The real program is killed with a mail in hands while another node looks on: that one waits until the dead one's lease is over, and sends what is left, but not that mail.</summary>
public sealed class TakenOverTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task A_node_that_is_killed_with_a_mail_in_hands_is_taken_over_when_its_lease_is_over_and_that_mail_is_in_doubt()
    {
        var (held, killed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new FakeOutgoing
        {
            Instead = async (said, _) =>
            {
                // The first mail is never answered.
                if (said == "." && held.TrySetResult()) await killed.Task.WaitAsync(Ct);
                return false;
            },
        };
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = (await Rapport.InScopeAsync(s => s.GetRequiredService<OpenMailbox>().RunAsync("Taken over", owner, Ct))).Value;
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ConnectMailbox>().RunAsync(box, new("over@harbourline.example", new("127.0.0.1", 9, MailSecurity.None, "ada", Dovecot.Password), server.Sending), owner, Ct)));
        for (var i = 0; i < 4; i++)
            Assert.True((await Rapport.InScopeAsync(s => s.GetRequiredService<SendMail>().RunAsync(new(box, $"person{i}@over.example", "The second crane", "It comes in week 50."), owner, Ct))).Succeeded(out _, out _));

        using var dead = KilledSendingTests.Start(Rapport.Services.GetRequiredService<DatabaseAddress>());
        await held.Task.WaitAsync(TimeSpan.FromMinutes(2), Ct);
        await using var other = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
        dead.Kill();
        await dead.WaitForExitAsync(Ct);
        var lease = (await Rapport.InDatabaseAsync(db => db.Set<Outbox>().AsNoTracking().SingleAsync(o => o.Mailbox == box, Ct))).HeldUntil!.Value;
        killed.SetResult();

        await Waiting.UntilAsync(async () => await CountAsync(DispatchState.HandedOver) == 3, "the others are out", 120);
        Assert.True(TimeProvider.System.GetUtcNow() > lease);
        Assert.Equal((1, 0), (await CountAsync(DispatchState.Unknown), await CountAsync(DispatchState.Queued)));
        Assert.All(await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Mailbox == box && d.State == DispatchState.HandedOver).Select(d => d.StateAt).ToListAsync(Ct)), at => Assert.True(at > lease));
        List<string> taken;
        lock (server.Taken) taken = server.Taken.ConvertAll(mail => mail.Split('\n').First(line => line.StartsWith("To:", StringComparison.Ordinal)));
        Assert.Equal(taken.Count, taken.Distinct().Count());

        Task<int> CountAsync(DispatchState state) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Mailbox == box && d.State == state, Ct));
    }
}
