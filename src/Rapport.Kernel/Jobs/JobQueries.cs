using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Jobs;

/// <summary>A job as those see it who look after the machine.</summary>
/// <param name="Name">What it does.</param>
/// <param name="EverySeconds">How often it comes round at least.</param>
/// <param name="Running">Whether a node is at it now.</param>
/// <param name="RanAt">When it last ended; null before the first time.</param>
/// <param name="NextAt">When it comes round again; null before the first time.</param>
/// <param name="Failure">Why it was not done the last time; null when it was.</param>
public sealed record JobState(string Name, double EverySeconds, bool Running, DateTimeOffset? RanAt, DateTimeOffset? NextAt, string? Failure);

/// <summary>Reads how the jobs stand.</summary>
public sealed class JobQueries(RapportDb db, IEnumerable<JobSchedule> schedules, TimeProvider clock)
{
    /// <summary>All of them: those that failed first, then by name.</summary>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Set<JobRow>().AsNoTracking().ToDictionaryAsync(row => row.Name, ct);
        return [.. schedules.Select(schedule => Of(schedule, rows.GetValueOrDefault(schedule.Name), now)).OrderBy(job => job.Failure is null).ThenBy(job => job.Name, StringComparer.Ordinal)];
    }

    private static JobState Of(JobSchedule schedule, JobRow? row, DateTimeOffset now) =>
        new(schedule.Name, schedule.Every.TotalSeconds, row?.HeldUntil > now, row?.RanAt, row?.NextAt, row?.Failure);
}
