using Rapport.Bench;

namespace Rapport.Tests.Bench;

/// <summary>A small generated database, made once for all that are measured on it.</summary>
public sealed class GeneratedDatabase : IAsyncLifetime
{
    private TestDatabase? postgres;

    public string Folder { get; } = Directory.CreateTempSubdirectory("rapport-bench-test-").FullName;

    public string? Postgres => postgres?.Address.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        postgres = TestDatabase.OnPostgres ? await TestDatabase.MakeAsync() : null;
        await GenerateCommand.RunAsync(200, 2_000, 400, 500, Folder, Postgres, TextWriter.Null, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

[Trait("Runs", "on both databases")]
[TakesLong]
public sealed class BenchTests(GeneratedDatabase generated) : IClassFixture<GeneratedDatabase>
{
    private static readonly Dictionary<string, IScenario> Scenarios = new()
    {
        ["start"] = new StartScenario(), ["find"] = new FindScenario(), ["brief"] = new BriefScenario(), ["today"] = new TodayScenario(), ["list"] = new ListScenario(), ["commitments"] = new CommitmentScenario(), ["inbox"] = new InboxScenario(),
        ["import"] = new ImportScenario(), ["intake"] = new IntakeScenario(), ["send"] = new SendScenario(), ["read"] = new ReadScenario(), ["remind"] = new RemindScenario(),
    };

    [Theory]
    [InlineData("start")]
    [InlineData("find")]
    [InlineData("brief")]
    [InlineData("today")]
    [InlineData("list")]
    [InlineData("commitments")]
    [InlineData("inbox")]
    [InlineData("import")]
    [InlineData("intake")]
    [InlineData("send")]
    [InlineData("read")]
    [InlineData("remind")]
    public async Task Every_scenario_measures_the_real_program_on_a_generated_database(string scenario)
    {
        var takesIn = scenario is "import" or "intake" or "send" or "remind";
        await using var empty = takesIn && TestDatabase.OnPostgres ? await TestDatabase.MakeAsync() : null;
        var settings = new Settings(takesIn ? null : generated.Folder, takesIn ? empty?.Address.ConnectionString : generated.Postgres, Path.Combine(AppContext.BaseDirectory, "rapport.dll"), Requests: 1, Count: 100, Quick: true);
        var measured = await Scenarios[scenario].RunAsync(settings, TestContext.Current.CancellationToken);
        Assert.NotEmpty(measured);
        Assert.All(measured, m => Assert.True(m.Count > 0 && m.PerSecond > 0, m.What));
    }

    [Fact]
    public void The_same_plan_imagines_the_same_life()
    {
        var plan = new Plan(300, 3_000, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        var (one, other) = (new Society(plan), new Society(plan));
        Assert.Equal(new Life(plan, one).Said, new Life(plan, other).Said);
        Assert.Equal(Enumerable.Range(one.Organizations, one.Persons).Select(i => (one.IdOf(i), one.Person(i).Address)), Enumerable.Range(one.Organizations, one.Persons).Select(i => (other.IdOf(i), other.Person(i).Address)));
        Assert.Equal(plan.Parties, Enumerable.Range(0, plan.Parties).Select(one.IdOf).Distinct().Count());
    }

    [Fact]
    public void As_many_conversations_are_imagined_as_are_asked_for()
    {
        foreach (var wanted in new[] { 5_000, 7_500, 10_000 })
        {
            var plan = new Plan(300, 30_000, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), wanted);
            Assert.InRange(new Life(plan, new Society(plan)).Talks.Count, wanted * 0.95, wanted * 1.05);
        }
    }
}
