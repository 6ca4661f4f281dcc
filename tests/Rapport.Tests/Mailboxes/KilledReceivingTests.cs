using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Tests.Mailboxes;

/// <summary>The real program, killed with SIGKILL again and again while mail arrives. <c>RAPPORT_TEST_KILLS</c> says how often.</summary>
public sealed class KilledReceivingTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("RAPPORT_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 4;

    // Between two kills at most 40 arrive, so some are left for each.
    private static int Mails => Kills * 50;

    [Fact]
    public async Task Of_mails_that_arrive_while_it_is_killed_none_is_lost_or_doubled()
    {
        await using var dovecot = await Dovecot.StartAsync();
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = (await Rapport.InScopeAsync(s => s.GetRequiredService<OpenMailbox>().RunAsync("Killed", owner, Ct))).Value;
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ConnectMailbox>().RunAsync(box, new("killed@harbourline.example", dovecot.Reading("killed"), null, Everything: true), owner, Ct)));

        var arriving = DeliverAsync(dovecot);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            using var killed = Start();
            var before = await CountAsync(box);
            var more = random.Next(1, 40);
            await Waiting.UntilAsync(async () => await CountAsync(box) >= Math.Min(Mails, before + more), $"some arrive (seed {seed})", 120);
            killed.Kill();
            await killed.WaitForExitAsync(Ct);
            await FreeAsync(box);
        }
        await arriving;
        using var last = Start();
        await Waiting.UntilAsync(async () => await ReadAsync() == Mails, $"all are here (seed {seed})", 120);
        last.Kill();
        await last.WaitForExitAsync(Ct);

        Assert.Equal(Mails, await CountAsync(box));
        Assert.Equal(Mails, await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("killed-")).Select(i => i.MessageId).Distinct().CountAsync(Ct)));
        Assert.Null((await Rapport.InScopeAsync(s => s.GetRequiredService<VerifyJournal>().RunAsync(Ct))).BrokenAt);
    }

    private static async Task DeliverAsync(Dovecot dovecot)
    {
        foreach (var some in ReceiveMailTests.Mails("killed", Mails, "killed@harbourline.example").Chunk(5)) await dovecot.DeliverAsync("killed", some);
    }

    private Task<int> CountAsync(MailboxId box) => Rapport.InDatabaseAsync(db => db.Set<Intake>().CountAsync(i => i.Mailbox == box, Ct));

    private Task<int> ReadAsync() => Rapport.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.MessageId!.StartsWith("killed-"), Ct));

    // What the dead one held is free when its lease is over; the test does not wait for that.
    private Task<int> FreeAsync(MailboxId box) => Rapport.InDatabaseAsync(db => db.Set<MailboxConnection>().Where(c => c.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(c => c.HeldUntil, DateTimeOffset.UnixEpoch).SetProperty(c => c.RetryAt, (DateTimeOffset?)null), Ct));

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rapport.dll"), "serve", "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var address = Rapport.Services.GetRequiredService<DatabaseAddress>();
        // Who is killed would leave the pipes of a debugger behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["RAPPORT_DATA"] = address.File is { } database ? Path.GetDirectoryName(database) : Path.GetTempPath();
        if (address.Postgres) start.Environment["RAPPORT_DATABASE"] = address.ConnectionString;
        else start.Environment.Remove("RAPPORT_DATABASE");
        var program = Process.Start(start)!;
        _ = program.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = program.StandardError.ReadToEndAsync(CancellationToken.None);
        return program;
    }
}
