using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Kernel.Jobs;

/// <summary>Work that comes round again. Runs in its own scope, on one node at a time, and is safe to be killed at any line.</summary>
public interface IJob
{
    /// <summary>Does what is due now, and returns when nothing is.</summary>
    Task RunAsync(CancellationToken ct);
}

/// <summary>That a job exists and how often it comes round at least; it is also run when somebody wakes the worker, if <paramref name="Wakes"/>.</summary>
public sealed record JobSchedule(Type Job, TimeSpan Every, bool Wakes)
{
    /// <summary>What the job is called in the database.</summary>
    public string Name => Job.Name;
}

/// <summary>When a job ran and which node holds it. A holder that dies loses it after <see cref="Lease"/>.</summary>
internal sealed class JobRow
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public string Name { get; init; } = "";
    public Guid? Holder { get; set; }
    public DateTimeOffset? HeldUntil { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public DateTimeOffset? RanAt { get; set; }
    public string? Failure { get; set; }
}

internal sealed class JobTable : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(j => j.Name);
    }
}
