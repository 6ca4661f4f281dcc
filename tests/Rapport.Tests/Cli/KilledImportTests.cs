using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Tests.Conversations;
using Rapport.Tests.Customers.Import;

namespace Rapport.Tests.Cli;

/// <summary>The real program, killed with SIGKILL while it imports, and given the same command again until it is done.</summary>
[TakesLong]
public sealed class KilledImportTests(RapportFixture rapport) : ProductTests(rapport), IDisposable
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("RAPPORT_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 3;

    private static readonly string[] People = ["parties", "contact_points", "affiliations", "relationships", "mail_domains", "search_entries"];
    private static readonly string[] Mail = [.. People, "conversations", "interactions", "participants", "attachments", "intakes", "mailboxes", "message_ids", "mentioned_ids"];

    // Two runs differ in their ids and in when they ran, and in nothing else.
    private static readonly string[] Unlike = ["id", "party", "person", "organization", "customer", "author", "conversation", "interaction", "intake", "mailbox", "import", "created_at", "received_at", "last_taken_at", "ref", "place", "version", "waiting_person", "related", "merged_into"];

    private readonly ImportBench bench = new(rapport);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_import_of_people_killed_at_random_moments_ends_as_one_that_was_left_alone()
    {
        var csv = new StringBuilder("Name,Company,E-mail,Phone,Tier\n");
        for (var i = 0; i < 6_000; i++) csv.Append($"Row {i % 5_500},Firm {i % 300} Ltd,{(i % 9 == 0 ? "" : $"row{i % 5_500}@killed{i % 300}.example")},+49 30 {90_000_000 + i % 5_500},{"ABC"[i % 3]}\n");
        await EndsAlikeAsync(bench.File(csv.ToString(), "killed.csv"), People, sameCounts: true);
    }

    [Fact]
    public async Task An_import_of_mail_killed_at_random_moments_ends_as_one_that_was_left_alone()
    {
        var mbox = new StringBuilder();
        for (var i = 0; i < 800; i++)
        {
            var mail = new TestMail($"killed-{i}", $"Writer {i % 300} <w{i % 300}@killed{i % 40}.example>", "owner@harbourline.example") { Date = RapportFixture.Monday.AddMinutes(i - 9_000), Subject = $"Matter {i % 300}", InReplyTo = i >= 300 ? [$"killed-{i - 300}"] : [] };
            mbox.Append("From x@example.com Mon Nov 16 09:00:00 2026\r\n").Append(Encoding.UTF8.GetString(mail.Raw().Bytes.Span)).Append("\r\n");
        }
        await EndsAlikeAsync(bench.File(mbox.ToString(), "killed.mbox"), Mail, sameCounts: false);
    }

    private async Task EndsAlikeAsync(string file, string[] tables, bool sameCounts)
    {
        var alone = await bench.RunAsync(file);
        Assert.Equal((ImportState.Done, null), (alone.State, alone.Problem));
        var expected = await bench.PictureOfAsync(tables, Unlike);
        Assert.Null((await bench.UndoAsync(alone.Id)).Problem);

        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var longest = await KillAsync(file, TimeSpan.FromMilliseconds(random.Next(500, 4_000)));
        for (var i = 1; i < Kills && longest is not null; i++) longest = await KillAsync(file, TimeSpan.FromMilliseconds(random.Next(1_000, 6_000)));
        if (longest is not null) Assert.True(await KillAsync(file, null) is null, "The last run was not left alone.");

        var run = await Rapport.InDatabaseAsync(db => db.Set<ImportRun>().AsNoTracking().OrderByDescending(r => r.Id).FirstAsync(Ct));
        Assert.True(run.State == ImportState.Done, $"{run.State} {run.Problem} (seed {seed})");
        if (sameCounts) Assert.Equal(alone.Counts, run.Counts);
        Assert.True(expected == await bench.PictureOfAsync(tables, Unlike), $"It ended otherwise (seed {seed}).");
        Assert.Null((await Rapport.InScopeAsync(s => s.GetRequiredService<VerifyJournal>().RunAsync(Ct))).BrokenAt);
        Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.Set<Intake>().CountAsync(i => i.State == IntakeState.Stored, Ct)));
    }

    // Null when it came to its end before the moment; what it said must then be no complaint.
    private async Task<TimeSpan?> KillAsync(string file, TimeSpan? after)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rapport.dll"), "import", file, "--yes"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // So that there are several between which it can be killed.
        start.Environment["Customers__ImportBatchRows"] = "700";
        var address = Rapport.Services.GetRequiredService<DatabaseAddress>();
        start.Environment["RAPPORT_DATA"] = address.File is { } database ? Path.GetDirectoryName(database) : Path.GetTempPath();
        if (address.Postgres) start.Environment["RAPPORT_DATABASE"] = address.ConnectionString;
        else start.Environment.Remove("RAPPORT_DATABASE");
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        if (after is { } limit) moment.CancelAfter(limit);
        try
        {
            await program.WaitForExitAsync(moment.Token);
            Assert.True(program.ExitCode == 0, await output + await error);
            return null;
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            program.Kill();
            await program.WaitForExitAsync(Ct);
            return after;
        }
    }
}
