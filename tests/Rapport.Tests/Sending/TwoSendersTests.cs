using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Two nodes on one database share what goes out.</summary>
public sealed class TwoSendersTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task Two_nodes_send_each_mail_once_and_one_takes_over_when_the_other_stops()
    {
        await using var postfix = await Postfix.StartAsync();
        var (address, ada) = (Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));
        await using var one = await Sender.StartAsync(address, ada);
        MailboxId first, second;
        await using (var two = await Sender.StartAsync(address, ada))
        {
            (first, second) = (await one.ConnectAsync(postfix.Sending), await two.ConnectAsync(postfix.Sending));
            for (var i = 0; i < 30; i++)
            {
                await one.SendAsync(first, $"first{i}@customer.example");
                await two.SendAsync(second, $"second{i}@customer.example");
            }
        }
        for (var i = 0; i < 10; i++) await one.SendAsync(second, $"third{i}@customer.example");
        await Waiting.UntilAsync(async () => await one.Node.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => (d.Mailbox == first || d.Mailbox == second) && d.State == DispatchState.HandedOver, Ct)) == 70, "all are handed over", 180);
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count >= 70), "all are there");
        Assert.Equal(70, (await postfix.DeliveredAsync()).Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(70, postfix.Count);
    }
}
