using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Bench;

/// <summary><c>generate</c>: a database of any size.</summary>
internal static class GenerateCommand
{
    public static Command Build()
    {
        var parties = new Option<int>("--parties") { Description = "How many persons and organisations.", Required = true };
        var interactions = new Option<int>("--interactions") { Description = "How many things said with them.", Required = true };
        var conversations = new Option<int>("--conversations") { Description = "About how many conversations they make; one in five and a half interactions where it is not said." };
        var commitments = new Option<int>("--commitments") { Description = "About how many are made in them, at most one in each; one in fifty interactions where it is not said." };
        var folder = new Option<string>("--out") { Description = "The folder to make; its database must not exist yet.", Required = true };
        var command = new Command("generate", "Makes a database of a size: the same size gives the same people and the same words, up to today.") { parties, interactions, conversations, commitments, folder, BenchOptions.Database };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(parties), parsed.GetValue(interactions), parsed.GetValue(conversations), parsed.GetValue(commitments), parsed.GetValue(folder)!, parsed.GetValue(BenchOptions.Database), parsed.InvocationConfiguration.Output, ct));
        return command;
    }

    public static async Task<int> RunAsync(int parties, int interactions, int conversations, int commitments, string folder, string? database, TextWriter output, CancellationToken ct)
    {
        if (parties < 20 || interactions < 20) throw new BenchException("Ask for at least 20 parties and 20 interactions.");
        if (conversations < 0 || conversations > interactions / 2) throw new BenchException("Ask for at most one conversation in two interactions.");
        if (commitments < 0 || commitments > interactions) throw new BenchException("Ask for at most one commitment in an interaction.");
        Directory.CreateDirectory(folder);
        var address = DatabaseAddress.Of(database, folder);
        if (address.File is { } file && File.Exists(file)) throw new BenchException($"{file} exists already; remove it or name another folder.");
        var began = TimeProvider.System.GetTimestamp();
        var plan = new Plan(parties, interactions, new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero), conversations, commitments);

        var members = await SettleAsync(address, ct);
        await using var services = Services(address);
        await output.WriteLineAsync($"{TimeProvider.System.GetUtcNow():HH:mm:ss} a life of {Plan.Years} years");
        var society = new Society(plan);
        await using (var scope = services.CreateAsyncScope())
        {
            var life = new Life(plan, society);
            await output.WriteLineAsync($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {life.Talks.Count:N0} conversations");
            await new FillDatabase(scope.ServiceProvider.GetRequiredService<RapportDb>(), plan, society, life, members, output).RunAsync(ct);
        }
        plan.Write(folder);
        var size = address.File is { } made ? $", {new FileInfo(made).Length / 1048576.0:0} MB" : "";
        await output.WriteLineAsync($"{parties:N0} parties and {interactions:N0} interactions in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s{size}, peak memory {Measured.Peak(Environment.ProcessId):0} MB");
        await output.WriteLineAsync($"Look around: serve it and sign in as {Plan.Star} with the password \"{Plan.Password}\"");
        return 0;
    }

    /// <summary>Makes the installation and its members, by the product's own deeds.</summary>
    public static async Task<List<OurMember>> SettleAsync(DatabaseAddress address, CancellationToken ct)
    {
        await using var services = Services(address);
        await using (var scope = services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: true, ct);
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            var us = new NewInstallation("Bench Example", ["bench.example"], "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE");
            var (owner, problems) = await scope.ServiceProvider.GetRequiredService<SetUpRapport>().RunAsync(new NewMember(Cast.NameOf(0), Cast.EmailOf(0), Plan.Password), us, ct);
            if (owner is null) throw new BenchException(string.Join(' ', problems.Select(p => p.Message)));
            for (var i = 1; i < Cast.Members; i++)
            {
                var member = Member.Join(Cast.NameOf(i), Cast.EmailOf(i), Roles.Member, TimeProvider.System).Value!;
                member.PasswordHash = owner.PasswordHash;
                db.Add(member);
                db.Happened(new MemberJoined(member.Id), owner.Actor);
            }
            await db.SaveAsync(owner.Actor, ct);
            var everybody = await db.Set<Member>().ToDictionaryAsync(m => m.Email, m => m.Id, ct);
            foreach (var (name, team) in Cast.Teams)
                if ((await scope.ServiceProvider.GetRequiredService<FormTeam>().RunAsync(new(name, [.. team.Select(i => everybody[Cast.EmailOf(i)])]), owner.Actor, ct)).Refusal is { } refusal) throw new BenchException(refusal.Message);
        }
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, ct);
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            var people = await db.Set<Person>().Where(p => p.Member != null).ToDictionaryAsync(p => p.Member!.Value, p => p.Id, ct);
            var members = await db.Set<Member>().ToDictionaryAsync(m => m.Email, ct);
            // A connection that waits in the pool would keep the file from being filled without a journal.
            SqliteConnection.ClearAllPools();
            return [.. Enumerable.Range(0, Cast.Members).Select(i => members[Cast.EmailOf(i)]).Select(m => new OurMember(m.Id, people[m.Id], m.Name))];
        }
    }

    internal static ServiceProvider Services(DatabaseAddress address) =>
        new ServiceCollection().AddLogging(log => log.AddFilter("Microsoft", LogLevel.None)).AddRapport(address).BuildServiceProvider();
}
