using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Bench;

/// <summary>
/// One mail a day for each of many members, out of many commitments that are due: gathered, written and put into the ledger by the job itself; and the same again, when all were told.
/// Beside it, as many settled ones in the same database, what is known before one more is promised.
/// </summary>
internal sealed class RemindScenario : IScenario
{
    private const int Members = 500, People = 1_000, AtOnce = 2_000;

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var folder = settings.Data ?? Directory.CreateTempSubdirectory("rapport-bench-").FullName;
        try
        {
            var address = DatabaseAddress.Of(settings.Database, folder);
            var owner = (await GenerateCommand.SettleAsync(address, ct))[0].Id;
            await using var services = GenerateCommand.Services(address);
            await FillAsync(services, owner, settings.Count, ct);
            return [await RunAsync(services, "due commitments gathered into daily mails", settings.Count, ct), await RunAsync(services, "the same when all were told", settings.Count, ct), await LookAheadAsync(services, settings.Requests, ct)];
        }
        finally
        {
            if (settings.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measured> RunAsync(ServiceProvider services, string what, int count, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (began, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await ActivatorUtilities.CreateInstance<RemindMembers>(scope.ServiceProvider).RunAsync(ct);
        var took = TimeProvider.System.GetElapsedTime(began);
        var mails = await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<DailyReminder>().CountAsync(r => r.Interaction != null, ct);
        return new($"{what} ({mails} mails so far)", count, took.TotalMilliseconds, 0, 0, count / took.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count, Measured.Peak(Environment.ProcessId));
    }

    private static async Task<Measured> LookAheadAsync(ServiceProvider services, int times, CancellationToken ct)
    {
        List<Actor> members;
        await using (var scope = services.CreateAsyncScope()) members = (await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<Member>().ToListAsync(ct)).ConvertAll(m => m.Actor);
        var (took, cpu) = (new List<double>(), TimeSpan.Zero);
        for (var i = 0; i < 2 * times; i++)
        {
            await using var scope = services.CreateAsyncScope();
            var (began, before, due) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime, TimeProvider.System.GetUtcNow().AddHours(3));
            await scope.ServiceProvider.GetRequiredService<BeforePromising>().RunAsync(new(new(due, due, DuePrecision.Minute, "then"), "Send the drawings"), members[i % members.Count], ct);
            // As many to warm up.
            if (i >= times) took.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (i >= times) cpu += Environment.CpuUsage.TotalTime - before;
        }
        return Measured.Of("what is known before something is promised", took, cpu.TotalMilliseconds, Measured.Peak(Environment.ProcessId));
    }

    private static async Task FillAsync(ServiceProvider services, MemberId owner, int count, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<RapportDb>(), TimeProvider.System);
        var by = (await db.Set<Member>().SingleAsync(m => m.Id == owner, ct)).Actor;
        // Open at any hour, so that it can be measured at any hour.
        await db.Set<OurInstallation>().ExecuteUpdateAsync(s => s.SetProperty(i => i.BusinessHours, "Mo-Su 00:00-24:00").SetProperty(i => i.Country, ""), ct);
        var members = Enumerable.Range(0, Members).Select(i => Member.Join($"Member {i} Example", $"staff{i}@bench.example", Roles.Member, clock).Value!).ToList();
        var people = Enumerable.Range(0, People).Select(i => Named(new Person { Id = Ids.New<PartyId>(clock), CreatedAt = clock.GetUtcNow() }, $"Person {i} Example")).ToList();
        db.AddRange(members);
        db.AddRange(people);
        await SaveAsync(db, by, ct);
        for (var i = 0; i < 2 * count; i++)
        {
            var (with, due) = (people[i % People].Id, clock.GetUtcNow().AddHours(i % 24 - 12));
            var made = Commitment.Make(Ids.New<CommitmentId>(clock), new(Side.OursToThem, Prose.Promise(Chance.Of(Matter.Commitment, i)), with, new Due(due, due, DuePrecision.Minute, "then")), with, members[i % Members].Id, due.AddDays(-5));
            if (i >= count) made.Keep(Proof.OnMyWord, due.AddHours(i % 9 - 7));
            db.Add(made);
            if (i % AtOnce != AtOnce - 1 && i != 2 * count - 1) continue;
            // Without the journal: only what is looked for is measured.
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        var box = (await scope.ServiceProvider.GetRequiredService<OpenMailbox>().SharedAsync("Bench", new(Visibility.Everyone), by, ct)).Value;
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "bench", "bench");
        var refusal = await scope.ServiceProvider.GetRequiredService<ConnectMailbox>().RunAsync(box, new("desk@bench.example", server, server), by, ct)
            ?? await scope.ServiceProvider.GetRequiredService<SetReminders>().FromAsync(box, "https://rapport.example.com", by, ct);
        if (refusal is not null) throw new BenchException(refusal.Message);
    }

    private static Person Named(Person person, string name)
    {
        person.Rename(name);
        return person;
    }

    private static async Task SaveAsync(RapportDb db, Actor by, CancellationToken ct)
    {
        if (await db.SaveAsync(by, ct) is { } refusal) throw new BenchException(refusal.Message);
        db.ChangeTracker.Clear();
    }
}
