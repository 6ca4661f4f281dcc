using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>The real program, killed with SIGKILL again and again while it sends by a real server: what the server delivered and what the ledger says agree. <c>RAPPORT_TEST_KILLS</c> says how often.</summary>
public sealed class KilledSendingTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("RAPPORT_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 3;

    private static int Mails => Kills * 40;

    [Fact]
    public async Task Nothing_is_sent_twice_and_nothing_lost_and_what_is_in_doubt_says_so()
    {
        await using var postfix = await Postfix.StartAsync();
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await SendAsync(postfix, owner);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            using var killed = Start();
            var goal = postfix.Count + random.Next(1, 40);
            await Waiting.UntilAsync(async () => postfix.Count >= goal || await CountAsync(DispatchState.Queued) == 0, $"some are out (seed {seed})", 120);
            killed.Kill();
            await killed.WaitForExitAsync(Ct);
            await FreeAsync(box);
        }
        using var last = Start();
        await Waiting.UntilAsync(async () => await CountAsync(DispatchState.Queued) + await CountAsync(DispatchState.Claimed) == 0, $"nothing waits any more (seed {seed})", 180);
        last.Kill();
        await last.WaitForExitAsync(Ct);

        var (sure, doubt) = (await IdsAsync(DispatchState.HandedOver), await IdsAsync(DispatchState.Unknown));
        Assert.Equal(Mails, sure.Count + doubt.Count);
        // Each killed program had at most one mail on each of its lines in hands.
        Assert.InRange(doubt.Count, 0, Kills * new ChannelsOptions().SendingLines);
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count >= sure.Count), $"all that was handed over is delivered (seed {seed})");
        var delivered = (await postfix.DeliveredAsync()).ConvertAll(m => m.MessageId);
        Assert.Equal(delivered.Count, delivered.Distinct().Count());
        Assert.Empty(sure.Except(delivered));
        Assert.Empty(delivered.Except(sure).Except(doubt));
    }

    private async Task<MailboxId> SendAsync(Postfix postfix, Actor owner)
    {
        var box = (await Rapport.InScopeAsync(s => s.GetRequiredService<OpenMailbox>().RunAsync("Killed", owner, Ct))).Value;
        var reading = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", Dovecot.Password);
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ConnectMailbox>().RunAsync(box, new("killed@harbourline.example", reading, postfix.Sending), owner, Ct)));
        for (var i = 0; i < Mails; i++)
            Assert.True((await Rapport.InScopeAsync(s => s.GetRequiredService<SendMail>().RunAsync(new(box, $"person{i}@customer.example", "The second crane", "It comes in week 50."), owner, Ct))).Succeeded(out _, out _));
        return box;
    }

    private Task<int> CountAsync(DispatchState state) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.State == state, Ct));

    private Task<List<string>> IdsAsync(DispatchState state) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.State == state).Join(db.Set<OutgoingMail>(), d => d.Interaction, m => m.Interaction, (_, m) => m.MessageId).ToListAsync(Ct));

    // What the dead one held is free when its lease is over; the test does not wait for that.
    private Task<int> FreeAsync(MailboxId box) => Rapport.InDatabaseAsync(db => db.Set<Outbox>().Where(o => o.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(o => o.HeldUntil, DateTimeOffset.UnixEpoch).SetProperty(o => o.RetryAt, (DateTimeOffset?)null), Ct));

    private Process Start() => Start(Rapport.Services.GetRequiredService<DatabaseAddress>());

    /// <summary>The program on a database, as it is served.</summary>
    internal static Process Start(DatabaseAddress address)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rapport.dll"), "serve", "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
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
