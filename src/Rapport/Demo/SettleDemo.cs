using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Demo;

/// <summary>Brings an imagined life into an empty database, by the same deeds that people do on the pages.</summary>
internal static class SettleDemo
{
    /// <summary>Mails are taken in this many days at once; what was written down in them follows.</summary>
    private const int DaysAtOnce = 28;

    /// <summary>Settles it and says how far it is, from 0 to 1. The answer is the address of the member to sign in as.</summary>
    public static async Task<string> RunAsync(DatabaseAddress address, int seed, DateTimeOffset now, Action<double, string> says, CancellationToken ct)
    {
        says(0, "imagining a year");
        var world = DemoLife.Imagine(seed, now);
        var clock = new DemoClock(now.AddDays(-400));
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(clock)
            .AddLogging(log => log.AddFilter("Microsoft", LogLevel.None).SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .AddRapport(address).BuildServiceProvider();
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: true, ct);

        var (names, deeds) = (new DemoNames(), new DemoDeeds(services, clock));
        var society = new SettleSociety(world, names, deeds, clock.GetUtcNow());
        says(0.05, "meeting everybody");
        await society.JoinAsync(ct);
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, ct);
        await society.SettleAsync(ct);

        await LiveAsync(world, new SettleMail(world, names, services, clock), deeds, new SettleYear(world, names, society.Star, now, ct).Deeds(), new SettleDone(names, society.Star, deeds), now, says, ct);
        await new SettleNotices(names, society.Star, deeds, clock, services, now).RunAsync(ct);
        await new SettleInbox(world, names, society.Star, deeds, now).RunAsync(ct);
        await new SettlePlans(names, society.Star, deeds, now).RunAsync(ct);
        clock.MoveTo(now);
        says(0.95, "telling everybody what happened");
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, ct);
        return society.Star;
    }

    private static async Task LiveAsync(DemoWorld world, SettleMail mail, DemoDeeds deeds, IReadOnlyList<DemoDeeds.Deed> year, SettleDone done, DateTimeOffset now, Action<double, string> says, CancellationToken ct)
    {
        await mail.OpenAsync(ct);
        var mails = world.Events.OfType<DemoMail>().ToList();
        var (first, last) = (mails[0].At.AddSeconds(-1), year[^1].At > mails[^1].At ? year[^1].At : mails[^1].At);
        for (var from = DateTimeOffset.MinValue; from < last;)
        {
            var until = (from < first ? first : from).AddDays(DaysAtOnce);
            says(0.2 + (0.75 * (until - first) / (last - first)), $"living until {until:d MMMM}");
            await mail.TakeAsync([.. mails.Where(m => m.At > from && m.At <= until)], ct);
            await deeds.RunAsync(year.Where(d => d.At > from && d.At <= until), ct);
            await done.RunAsync(until < now ? until : now, ct);
            from = until;
        }
    }
}
