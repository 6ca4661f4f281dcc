using System.Globalization;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Bench;

/// <summary>Mails that wait in the ledger until they are handed over, beside a bare loop that hands the same ones to the same server over as many lines: before and after, because a machine is not the same from one minute to the next.</summary>
internal sealed class SendScenario : IScenario
{
    private const int MostBare = 5_000;

    private static readonly int Lines = new ChannelsOptions().SendingLines;

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var folder = settings.Data ?? Directory.CreateTempSubdirectory("rapport-bench-").FullName;
        try
        {
            var address = DatabaseAddress.Of(settings.Database, folder);
            await using var sink = new SmtpSink(settings.AnswerAfter);
            var (host, port) = settings.Server is { } server ? At(server) : ("127.0.0.1", sink.Port);
            await new QueuedMails(address, settings.Count).WriteAsync(host, port, ct);
            await using var services = GenerateCommand.Services(address);
            var mails = await StoredAsync(services, Math.Min(settings.Count, MostBare), ct);
            // Once to be compiled.
            await LoopAsync(host, port, mails[..Math.Min(mails.Length, 200)], ct);
            var before = await LoopAsync(host, port, mails, ct);
            var taken = sink.Taken;
            var (ours, tenths, peak) = await OursAsync(settings, services, folder, ct);
            if (settings.Server is null && sink.Taken - taken != settings.Count) throw new BenchException($"{sink.Taken - taken} mails came out, and {settings.Count} were written.");
            var bare = 2 / (1 / before + 1 / await LoopAsync(host, port, mails, ct));
            return [.. settings.Tenths ? tenths.Rows : [], new($"mails out of the ledger, {ours / bare:P0} of MailKit alone", settings.Count, 0, 0, 0, ours, tenths.Cpu, peak), new($"MailKit alone, {Lines} lines, before and after", 2 * mails.Length, 0, 0, 0, bare, 0, 0)];
        }
        finally
        {
            if (settings.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double PerSecond, Tenths Tenths, double Peak)> OursAsync(Settings settings, ServiceProvider services, string folder, CancellationToken ct)
    {
        var tenths = new Tenths("mails out", settings.Count, () => QueuedMails.InScopeAsync<RapportDb, int>(services, db => db.Set<Dispatch>().CountAsync(d => d.State != DispatchState.Queued && d.State != DispatchState.Claimed, ct)));
        await using var program = await RealProgram.ServeAsync(settings, folder, ct);
        for (; tenths.Done < settings.Count; await Task.Delay(50, ct)) await tenths.LookAsync(program.Id);
        var at = await QueuedMails.InScopeAsync<RapportDb, List<DateTimeOffset>>(services, db => db.Set<Dispatch>().Where(d => d.State == DispatchState.HandedOver).Select(d => d.StateAt).ToListAsync(ct));
        // The first tenth is for compiling, as the loop's first mails are.
        DateTimeOffset[] after = [.. at.Order().Skip(at.Count / 10)];
        return at.Count == settings.Count ? (Rate(after.Length, after[^1] - after[0]), tenths, program.PeakMegabytes) : throw new BenchException($"The server took {at.Count} of {settings.Count} mails.");
    }

    // From the first answer to the last.
    private static async Task<double> LoopAsync(string host, int port, MimeMessage[] mails, CancellationToken ct)
    {
        var answered = new long[mails.Length];
        await Task.WhenAll(Enumerable.Range(0, Lines).Select(line => Task.Run(async () =>
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(host, port, MailKit.Security.SecureSocketOptions.None, ct);
            for (var i = line; i < mails.Length; i += Lines)
            {
                await client.SendAsync(mails[i], ct);
                answered[i] = TimeProvider.System.GetTimestamp();
            }
            await client.DisconnectAsync(true, ct);
        }, ct)));
        return Rate(mails.Length, TimeProvider.System.GetElapsedTime(answered.Min(), answered.Max()));
    }

    private static double Rate(int count, TimeSpan took) => count / Math.Max(took.TotalSeconds, 0.001);

    private static async Task<MimeMessage[]> StoredAsync(ServiceProvider services, int most, CancellationToken ct)
    {
        var raw = await QueuedMails.InScopeAsync<RapportDb, List<byte[]>>(services, db => db.Set<OutgoingMail>().OrderBy(m => m.Interaction).Select(m => m.Raw).Take(most).ToListAsync(ct));
        var bytes = await QueuedMails.InScopeAsync<RapportDb, Dictionary<string, byte[]>>(services, db => db.OpenBlobsAsync(raw, ct));
        return [.. raw.Select(hash => MimeMessage.Load(new MemoryStream(bytes[Convert.ToHexString(hash)]), ct))];
    }

    private static (string Host, int Port) At(string server) => server.Split(':') is [var host, var text] && int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? (host, port) : throw new BenchException($"“{server}” is no server; write it like 127.0.0.1:2525.");
}

/// <summary>Mails that wait in the ledger, by the product's own deeds, each to somebody else. They are due at once; what follows from their being written was done.</summary>
internal sealed class QueuedMails(DatabaseAddress address, int count)
{
    public async Task WriteAsync(string host, int port, CancellationToken ct)
    {
        var members = await GenerateCommand.SettleAsync(address, ct);
        await using var services = GenerateCommand.Services(address);
        var by = await InScopeAsync<RapportDb, Actor>(services, async db => (await db.Set<Member>().SingleAsync(m => m.Id == members[0].Id, ct)).Actor);
        var box = (await InScopeAsync<OpenMailbox, Result<MailboxId>>(services, d => d.RunAsync("Bench", by, ct))).Value;
        var connection = new NewConnection("desk@bench.example", new("127.0.0.1", 9, MailSecurity.None, "bench", "bench"), new(host, port, MailSecurity.None), Everything: true);
        if (await InScopeAsync<ConnectMailbox, Refusal?>(services, d => d.RunAsync(box, connection, by, ct)) is { } refusal) throw new BenchException(refusal.Message);
        for (var i = 0; i < count; i++)
        {
            var mail = new MailToSend(box, $"person{i}@people.example", Prose.Subject(Chance.Of(Matter.Conversation, i)), Prose.Message(Chance.Of(Matter.Message, i), "en", false));
            if (!(await InScopeAsync<SendMail, Result<MailSent>>(services, d => d.RunAsync(mail, by, ct))).Succeeded(out _, out var wrong)) throw new BenchException(wrong.Message);
        }
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, ct);
        var now = TimeProvider.System.GetUtcNow();
        await InScopeAsync<RapportDb, int>(services, db => db.Set<Dispatch>().ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, now), ct));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    public static async Task<T> InScopeAsync<TService, T>(ServiceProvider services, Func<TService, Task<T>> run) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
