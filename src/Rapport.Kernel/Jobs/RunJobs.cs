using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Jobs;

/// <summary>Runs the jobs that are due. On PostgreSQL several nodes may try at once; one gets each.</summary>
public sealed partial class RunJobs(IEnumerable<JobSchedule> schedules, IServiceScopeFactory scopes, DatabaseAddress address, TimeProvider clock, ILogger<RunJobs> log)
{
    private readonly Guid node = Ids.NewGuid(clock.GetUtcNow());

    /// <summary>Runs every due job once. With <paramref name="woken"/>, also those that listen for being woken.</summary>
    /// <returns>How long until the next job is due.</returns>
    public async Task<TimeSpan> RunDueAsync(bool woken, CancellationToken ct)
    {
        foreach (var schedule in schedules)
        {
            if (ct.IsCancellationRequested) break;
            if (await ClaimAsync(schedule, woken && schedule.Wakes, ct)) await RunAsync(schedule, ct);
        }
        return schedules.Select(s => s.Every).DefaultIfEmpty(TimeSpan.FromMinutes(1)).Min();
    }

    private async Task<bool> ClaimAsync(JobSchedule schedule, bool woken, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var now = clock.GetUtcNow();
        var claimed = await db.Set<JobRow>()
            // What this node still holds it could not release: the database was gone when the job ended.
            .Where(j => j.Name == schedule.Name && (j.HeldUntil == null || j.HeldUntil < now || j.Holder == node) && (woken || j.NextAt <= now))
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.Holder, node).SetProperty(j => j.HeldUntil, now + JobRow.Lease), ct);
        if (claimed > 0) return true;
        if (await db.Set<JobRow>().AnyAsync(j => j.Name == schedule.Name, ct)) return false;
        return await db.Dialect.InsertIfAbsentAsync(db, new JobRow { Name = schedule.Name, Holder = node, HeldUntil = now + JobRow.Lease, NextAt = now }, ct);
    }

    private async Task RunAsync(JobSchedule schedule, CancellationToken ct)
    {
        string? failure = null;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var held = KeepLease.RunAsync(JobRow.Lease, keep => KeepAsync(schedule, keep), lost, address, clock, lost.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, schedule.Job)).RunAsync(lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            failure = "stopped";
        }
        catch (Exception e) when (DatabaseTrouble.Of(e, address) is { } trouble)
        {
            failure = trouble.Short;
            LogTrouble(schedule.Name, trouble.Sentence);
        }
        catch (Exception e)
        {
            failure = e.Message;
            LogFailed(e, schedule.Name);
        }
        await lost.CancelAsync();
        await held;
        await ReleaseAsync(schedule, failure);
    }

    private async Task<bool> KeepAsync(JobSchedule schedule, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var until = clock.GetUtcNow() + JobRow.Lease;
        return await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<JobRow>().Where(j => j.Name == schedule.Name && j.Holder == node).ExecuteUpdateAsync(s => s.SetProperty(j => j.HeldUntil, until), ct) > 0;
    }

    private async Task ReleaseAsync(JobSchedule schedule, string? failure)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<JobRow>()
            .Where(j => j.Name == schedule.Name && j.Holder == node)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.Holder, (Guid?)null).SetProperty(j => j.HeldUntil, (DateTimeOffset?)null)
                .SetProperty(j => j.NextAt, now + schedule.Every).SetProperty(j => j.RanAt, now).SetProperty(j => j.Failure, failure), CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Job {Job} was not done; it is tried again when it is next due. {Trouble}")]
    private partial void LogTrouble(string job, string trouble);

    [LoggerMessage(LogLevel.Error, "Job {Job} failed; it is tried again when it is next due")]
    private partial void LogFailed(Exception failure, string job);
}
