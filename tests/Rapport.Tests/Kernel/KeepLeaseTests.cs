using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Tests.Kernel;

/// <summary>What a node holds it keeps while the database is away for a moment, and loses only to another node.</summary>
public sealed class KeepLeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly FakeTimeProvider clock = new(RapportFixture.Monday);

    [Fact]
    public async Task A_database_that_is_away_for_a_moment_costs_nobody_what_they_hold()
    {
        using var lost = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var (signs, kept) = (0, new TaskCompletionSource());
        var held = KeepLease.RunAsync(Lease, _ =>
        {
            if (++signs < 3) throw new SqliteException("database is locked", 5);
            kept.TrySetResult();
            return Task.FromResult(true);
        }, lost, Here, clock, over.Token);
        await UntilAsync(kept.Task);
        Assert.False(held.IsCompleted);
        Assert.False(lost.IsCancellationRequested);
        await over.CancelAsync();
        await held;
        Assert.False(lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_another_node_has_taken_is_lost()
    {
        using var lost = new CancellationTokenSource();
        var held = KeepLease.RunAsync(Lease, _ => Task.FromResult(false), lost, Here, clock, lost.Token);
        await UntilAsync(held);
        Assert.True(lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_fault_of_ours_is_not_passed_over_as_a_moment_of_the_database()
    {
        using var lost = new CancellationTokenSource();
        var held = KeepLease.RunAsync(Lease, _ => throw new InvalidOperationException("a bug"), lost, Here, clock, lost.Token);
        await UntilAsync(held.ContinueWith(_ => { }, TaskScheduler.Default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => held);
    }

    private static DatabaseAddress Here => DatabaseAddress.Of(null, Path.GetTempPath());

    private async Task UntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            clock.Advance(Lease / 3);
            await Task.Yield();
        }
        await done;
    }
}
