using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Updates;

namespace Rapport.Demo;

/// <summary>Two notices of the member who shows the demo: one that was over within the morning, and one that is running, with the next word due today.</summary>
internal sealed class SettleNotices(DemoNames names, string star, DemoDeeds deeds, DemoClock clock, IServiceProvider services, DateTimeOffset now)
{
    private static readonly TimeSpan Ago = TimeSpan.FromDays(6), Lasted = TimeSpan.FromMinutes(150);

    private readonly Actor me = names.Members[star];

    public async Task RunAsync(CancellationToken ct)
    {
        var box = default(MailboxId);
        await deeds.AloneAsync(async s => box = await s.GetRequiredService<RapportDb>().MailboxesToWriteFrom(me).Where(m => m.Owner == me.Id).Select(m => m.Id).FirstAsync(ct));
        var mine = new Audience { Owner = me.Id, Standing = Standing.Customer };
        var over = await SendAsync(now - Ago, new(NoticeKind.Incident, Severity.Major, "Our telephones are down", "Every number of ours, the hotline included", "You cannot call us for now. Mail reaches us as always.", box, mine)
        {
            WeDo = "Our line's provider looks for the fault. We read our mail every few minutes.", ExpectedEnd = now - Ago + Lasted, NextWord = now - Ago + (2 * Lasted),
        }, ct);
        clock.MoveTo(now - Ago + Lasted);
        await deeds.AloneAsync(s => s.GetRequiredService<SayNextWord>().EndAsync(over, "The fault is found and mended: a digger had cut the cable. Every number works again.", me, ct).OrFailAsync());
        await TellAsync(null, ct);

        var running = await SendAsync(now.AddHours(-21), new(NoticeKind.Delay, Severity.Minor, "Deliveries take two days longer this week", "What left us since Friday, and what leaves until Wednesday", "Please count on two more days. What is urgent can be fetched from us.", box, mine with { Tier = Tier.A })
        {
            WeDo = "A second lorry drives from tomorrow on.", ExpectedEnd = now.AddDays(3), Confidence = Confidence.Likely, NextWord = now.AddHours(3),
        }, ct);
        clock.MoveTo(now.AddHours(-2));
        await deeds.AloneAsync(s => s.GetRequiredService<SayNextWord>().UpdateAsync(running, new("The second lorry is on the road since this morning.", now.AddDays(2), Confidence.Likely, now.AddHours(4)), me, ct).OrFailAsync());
        await TellAsync("550 5.2.2 The mailbox is full.", ct);
    }

    private async Task<NoticeId> SendAsync(DateTimeOffset at, NewNotice notice, CancellationToken ct)
    {
        clock.MoveTo(at);
        var id = default(NoticeId);
        await deeds.AloneAsync(async s => id = await s.GetRequiredService<SendNotice>().RunAsync(notice, "https://rapport.example.com", me, ct).OrFailAsync());
        await TellAsync(null, ct);
        return id;
    }

    // As the mail server that a demo has not would have left the ledger: taken, but for one that it refuses.
    private async Task TellAsync(string? refused, CancellationToken ct)
    {
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, ct);
        await deeds.AloneAsync(async s =>
        {
            var (db, at) = (s.GetRequiredService<RapportDb>(), clock.GetUtcNow());
            var told = db.Set<Dispatch>().Where(d => d.State == DispatchState.Queued && db.Set<Telling>().Any(t => t.Interaction == d.Interaction));
            if (refused is not null && await told.OrderBy(d => d.Recipient).Select(d => d.Recipient).FirstOrDefaultAsync(ct) is { } one)
                await told.Where(d => d.Recipient == one).ExecuteUpdateAsync(u => u.SetProperty(d => d.State, DispatchState.Failed).SetProperty(d => d.StateAt, at).SetProperty(d => d.Said, refused), ct);
            await told.ExecuteUpdateAsync(u => u.SetProperty(d => d.State, DispatchState.HandedOver).SetProperty(d => d.StateAt, at).SetProperty(d => d.Attempts, 1), ct);
        });
    }
}
