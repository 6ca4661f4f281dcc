using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Happenings;

/// <summary>A happening that a listener never managed to hear.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Listener">What did not follow from it.</param>
/// <param name="At">When it happened.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="Failure">Why the last attempt failed.</param>
public sealed record DeadLetterRow(Guid Id, string Kind, string Listener, DateTimeOffset At, DateTimeOffset DeadAt, string Failure);

/// <summary>What could not be delivered, for staff to see and try again.</summary>
public sealed class DeadLetters(RapportDb db, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The newest first, at most <paramref name="most"/>.</summary>
    public Task<List<DeadLetterRow>> ListAsync(int most, CancellationToken ct) =>
        db.Set<HappeningRow>().AsNoTracking().Where(h => h.DeadAt != null).OrderByDescending(h => h.DeadAt).Take(most)
            .Select(h => new DeadLetterRow(h.Id, h.Kind, h.Listener, h.At, h.DeadAt!.Value, h.Failure ?? "")).ToListAsync(ct);

    /// <summary>Tries one again, from the start of its attempts.</summary>
    public async Task<Refusal?> RetryAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (await db.Set<HappeningRow>().SingleOrDefaultAsync(h => h.Id == id && h.DeadAt != null, ct) is not { } row) return Refusal.Missing("dead letter");
        row.Revive(clock.GetUtcNow());
        db.Note("tried again", $"happenings/{id}", new { row.Kind, row.Listener });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        signal.Wake();
        return null;
    }

    /// <summary>Tries all of them again. Returns how many.</summary>
    public async Task<int> RetryAllAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var revived = await db.Set<HappeningRow>().Where(h => h.DeadAt != null)
            .ExecuteUpdateAsync(s => s.SetProperty(h => h.Attempts, 0).SetProperty(h => h.DeadAt, (DateTimeOffset?)null).SetProperty(h => h.DueAt, now), ct);
        db.Note("tried again", "happenings", new { revived });
        await db.SaveOrThrowAsync(by, ct);
        await transaction.CommitAsync(ct);
        signal.Wake();
        return revived;
    }
}
