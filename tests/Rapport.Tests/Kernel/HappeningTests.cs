using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Tests.Kernel;

/// <summary>What an earlier floor did reaches a later one: once it is saved, however often it fails at first, and at the latest when staff try it again.</summary>
[Trait("Runs", "on both databases")]
public sealed class HappeningTests : IAsyncLifetime
{
    private static readonly Actor Ada = new(MemberId.From(new Guid("00000000-0000-7000-8000-000000000001")), "Ada Example", Roles.Owner);
    private readonly FakeTimeProvider clock = new(RapportFixture.Monday);
    private readonly Listening listening = new();
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.MakeAsync();
        services = Node();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task What_was_saved_is_heard_once_with_who_did_it()
    {
        await HappenAsync();
        await DeliverAsync();
        await DeliverAsync();
        Assert.Equal((1, "Ada Example"), (listening.Heard, listening.By));
    }

    [Fact]
    public async Task What_was_not_saved_never_happened()
    {
        await using (var scope = services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<RapportDb>().Happened(new RapportSetUp(Ada.Id), Ada);
        await DeliverAsync();
        Assert.Equal(0, listening.Heard);
        await HappenAsync();
        await DeliverAsync();
        Assert.Equal(1, listening.Heard);
    }

    [Fact]
    public async Task Whoever_fails_is_told_again_after_a_while_and_then_no_more()
    {
        listening.Failures = 2;
        await HappenAsync();
        await DeliverAsync();
        await DeliverAsync();
        Assert.Equal((0, 1), (listening.Heard, listening.Attempts));
        clock.Advance(TimeSpan.FromSeconds(1));
        await DeliverAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        await DeliverAsync();
        Assert.Equal((1, 3), (listening.Heard, listening.Attempts));
        clock.Advance(TimeSpan.FromHours(1));
        await DeliverAsync();
        Assert.Equal(3, listening.Attempts);
    }

    [Fact]
    public async Task One_that_fails_does_not_keep_the_others_from_hearing()
    {
        listening.Failures = 1;
        await HappenAsync();
        await HappenAsync();
        await DeliverAsync();
        Assert.Equal((1, 2), (listening.Heard, listening.Attempts));
    }

    [Fact]
    public async Task What_was_never_heard_stays_as_a_dead_letter_in_a_sentence_and_can_be_tried_again()
    {
        listening.Failures = int.MaxValue;
        await HappenAsync();
        for (var attempt = 0; attempt < HappeningRow.MostAttempts; attempt++)
        {
            await DeliverAsync();
            clock.Advance(TimeSpan.FromMinutes(5));
        }
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal((nameof(RapportSetUp), nameof(HearWithTrouble), "The line is cut. (InvalidOperationException)"), (letter.Kind, letter.Listener, letter.Failure));
        await DeliverAsync();
        Assert.Equal(HappeningRow.MostAttempts, listening.Attempts);

        listening.Failures = 0;
        Assert.Null(await InScopeAsync(s => s.GetRequiredService<DeadLetters>().RetryAsync(letter.Id, Ada, Ct)));
        await DeliverAsync();
        Assert.Equal(1, listening.Heard);
        Assert.Empty(await LettersAsync());
        Assert.Equal("dead-letter.missing", (await InScopeAsync(s => s.GetRequiredService<DeadLetters>().RetryAsync(letter.Id, Ada, Ct)))?.Code);
    }

    [Fact]
    public async Task Who_is_killed_while_hearing_hears_it_once_more()
    {
        using var kill = new CancellationTokenSource();
        listening.Kill = kill;
        await HappenAsync();
        await services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, kill.Token);
        Assert.Equal((1, 0), (listening.Attempts, listening.Heard));

        listening.Kill = null;
        await using var next = Node();
        clock.Advance(JobRow.Lease + TimeSpan.FromSeconds(1));
        await next.GetRequiredService<RunJobs>().RunDueAsync(woken: true, Ct);
        Assert.Equal((2, 1), (listening.Attempts, listening.Heard));
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_job_whose_node_died_is_done_by_another_when_its_lease_is_over_and_not_before()
    {
        await HappenAsync();
        await InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<RapportDb>();
            db.Add(new JobRow { Name = nameof(DeliverHappenings), Holder = new Guid("00000000-0000-7000-8000-0000000000ff"), HeldUntil = clock.GetUtcNow() + JobRow.Lease, NextAt = clock.GetUtcNow() });
            return await db.SaveAsync(Ada, Ct);
        });
        await DeliverAsync();
        Assert.Equal(0, listening.Heard);
        clock.Advance(JobRow.Lease + TimeSpan.FromSeconds(1));
        await DeliverAsync();
        Assert.Equal(1, listening.Heard);
    }

    private ServiceProvider Node() => new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton(listening)
        .AddRapport(database.Address).AddListener<RapportSetUp, HearWithTrouble>().BuildServiceProvider();

    private Task<TimeSpan> DeliverAsync() => services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, Ct);

    private Task<int> HappenAsync() => InScopeAsync(async s =>
    {
        var db = s.GetRequiredService<RapportDb>();
        db.Happened(new RapportSetUp(Ada.Id), Ada);
        Assert.Null(await db.SaveAsync(Ada, Ct));
        // Of those who listen to it in the product, none is meant here.
        return await db.Set<HappeningRow>().Where(h => h.Listener != nameof(HearWithTrouble)).ExecuteDeleteAsync(Ct);
    });

    private Task<List<DeadLetterRow>> LettersAsync() => InScopeAsync(s => s.GetRequiredService<DeadLetters>().ListAsync(10, Ct));

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider);
    }

    private sealed class Listening
    {
        public int Failures { get; set; }
        public CancellationTokenSource? Kill { get; set; }
        public int Attempts { get; set; }
        public int Heard { get; set; }
        public string By { get; set; } = "";
    }

    private sealed class HearWithTrouble(Listening listening) : IHear<RapportSetUp>
    {
        public Task HearAsync(RapportSetUp happening, Actor by, CancellationToken ct)
        {
            listening.Attempts++;
            listening.Kill?.Cancel();
            ct.ThrowIfCancellationRequested();
            if (listening.Failures-- > 0) throw new InvalidOperationException("The line is cut.");
            (listening.Heard, listening.By) = (listening.Heard + 1, by.Name);
            return Task.CompletedTask;
        }
    }
}
