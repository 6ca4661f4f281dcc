using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Happenings;

/// <summary>A happening that a listener never managed to hear.</summary>
public sealed record DeadLetterRow(Guid Id, string Kind, string Listener, DateTimeOffset At, DateTimeOffset DeadAt, string Failure);

/// <summary>What could not be delivered, for staff to see and try again.</summary>
public sealed class DeadLetters(RapportDb db, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The newest first, at most <paramref name="most"/>.</summary>
    public Task<List<DeadLetterRow>> ListAsync(int most, CancellationToken ct) =>
        db.Set<HappeningRow>().Where(h => h.DeadAt != null).OrderByDescending(h => h.DeadAt).Take(most)
            .Select(h => new DeadLetterRow(h.Id, h.Kind, h.Listener, h.At, h.DeadAt!.Value, h.Failure ?? "")).ToListAsync(ct);

    /// <summary>Tries one again, from the start of its attempts.</summary>
    public async Task<Refusal?> RetryAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (await db.Set<HappeningRow>().SingleOrDefaultAsync(h => h.Id == id && h.DeadAt != null, ct) is not { } row) return Refusal.Missing("dead letter");
        row.Revive(clock.GetUtcNow());
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        signal.Wake();
        return null;
    }
}
