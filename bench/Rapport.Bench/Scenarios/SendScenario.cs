using System.Text;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Bench;

/// <summary>Mails that wait in the ledger until they are handed over, beside a bare loop that hands the same ones to the same server over as many lines.</summary>
internal sealed class SendScenario : IScenario
{
    private static readonly int Lines = new ChannelsOptions().SendingLines;

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var folder = settings.Data ?? Directory.CreateTempSubdirectory("rapport-bench-").FullName;
        try
        {
            var address = DatabaseAddress.Of(settings.Database, folder);
            await using var sink = new SmtpSink();
            await QueueAsync(address, sink.Port, settings.Count, ct);
            RealProgram? program = null;
            try
            {
                var ours = await sink.TakeAsync(settings.Count, async () => program = await RealProgram.ServeAsync(settings, folder, ct), ct);
                var (cpu, peak) = (program!.CpuMilliseconds, program.PeakMegabytes);
                MimeMessage[] mails = [.. ours.Select(m => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(m.Mail))))];
                // Once to be compiled, once to be measured.
                await sink.TakeAsync(mails.Length, () => LoopAsync(sink.Port, mails, ct), ct);
                var bare = await sink.TakeAsync(mails.Length, () => LoopAsync(sink.Port, mails, ct), ct);
                return [Rate("mails out of the ledger", ours, cpu / settings.Count, peak), Rate($"the same by MailKit alone, {Lines} lines", bare, 0, 0)];
            }
            finally
            {
                if (program is not null) await program.DisposeAsync();
            }
        }
        finally
        {
            if (settings.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static Measured Rate(string what, IReadOnlyList<(long At, string Mail)> taken, double cpu, double peak) =>
        new(what, taken.Count, 0, 0, 0, taken.Count / Math.Max(TimeProvider.System.GetElapsedTime(taken.Min(t => t.At), taken.Max(t => t.At)).TotalSeconds, 0.001), cpu, peak);

    private static Task LoopAsync(int port, MimeMessage[] mails, CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Lines).Select(line => Task.Run(async () =>
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, MailKit.Security.SecureSocketOptions.None, ct);
        for (var i = line; i < mails.Length; i += Lines) await client.SendAsync(mails[i], ct);
        await client.DisconnectAsync(true, ct);
    }, ct)));

    // By the product's own deeds, each mail to somebody else; they are due at once.
    private static async Task QueueAsync(DatabaseAddress address, int port, int count, CancellationToken ct)
    {
        var members = await GenerateCommand.SettleAsync(address, ct);
        await using var services = GenerateCommand.Services(address);
        var by = await InScopeAsync<RapportDb, Actor>(services, async db => (await db.Set<Member>().SingleAsync(m => m.Id == members[0].Id, ct)).Actor);
        var box = (await InScopeAsync<OpenMailbox, Result<MailboxId>>(services, d => d.RunAsync("Bench", by, ct))).Value;
        var connection = new NewConnection("desk@bench.example", new("127.0.0.1", 9, MailSecurity.None, "bench", "bench"), new("127.0.0.1", port, MailSecurity.None), Everything: true);
        if (await InScopeAsync<ConnectMailbox, Refusal?>(services, d => d.RunAsync(box, connection, by, ct)) is { } refusal) throw new BenchException(refusal.Message);
        for (var i = 0; i < count; i++)
        {
            var mail = new MailToSend(box, $"person{i}@people.example", Prose.Subject(Chance.Of(Matter.Conversation, i)), Prose.Message(Chance.Of(Matter.Message, i), "en", false));
            if (!(await InScopeAsync<SendMail, Result<MailSent>>(services, d => d.RunAsync(mail, by, ct))).Succeeded(out _, out var wrong)) throw new BenchException(wrong.Message);
        }
        var now = TimeProvider.System.GetUtcNow();
        await InScopeAsync<RapportDb, int>(services, db => db.Set<Dispatch>().ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, now), ct));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static async Task<T> InScopeAsync<TService, T>(ServiceProvider services, Func<TService, Task<T>> run) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
