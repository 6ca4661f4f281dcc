using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Says what a commitment takes: the steps until it is kept, and on which others it depends. When one of them is late, it is at risk.</summary>
public sealed class PlanCommitment(RapportDb db, TimeProvider clock, ReadDue read)
{
    private const int MostSteps = 50, MostDependencies = 20;

    /// <summary>Adds a step, by when in spoken words; on our clocks, since we do it.</summary>
    public async Task<Refusal?> AddStepAsync(CommitmentId id, string? words, string? due, Actor by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(words)) return Refusal.Invalid("step.words-missing", "Write what is to be done.", "step");
        if (words.Trim().Length > Commitment.LongestWords) return Refusal.Invalid("step.words-long", $"Keep it to {Commitment.LongestWords} characters.", "step");
        if (!(await read.RunAsync(due, Side.TheirsToUs, null, null, ct)).Accept().Succeeded(out var until, out var vague)) return vague;
        if (!(await StandingAsync(id, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        var places = await db.Set<Step>().Where(s => s.Commitment == id).Select(s => s.Place).ToListAsync(ct);
        if (places.Count >= MostSteps) return Refusal.Conflict("step.many", $"A commitment takes at most {MostSteps} steps. Make several commitments of it.");
        db.Add(new Step { Commitment = id, Place = places.DefaultIfEmpty().Max() + 1, Words = words.Trim(), DueEnd = until?.End, DueWords = until?.Words ?? "" });
        return await SaveAsync(commitment, by, ct);
    }

    /// <summary>A step is done, or is not after all.</summary>
    public async Task<Refusal?> DoStepAsync(CommitmentId id, int place, bool done, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (await StepAsync(id, place, ct) is not { } step) return Refusal.Missing("step");
        step.Do(done, by.Id, clock.GetUtcNow());
        return await SaveAsync(commitment, by, ct);
    }

    /// <summary>Takes a step out that is not needed.</summary>
    public async Task<Refusal?> DropStepAsync(CommitmentId id, int place, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (await StepAsync(id, place, ct) is not { } step) return Refusal.Missing("step");
        db.Remove(step);
        return await SaveAsync(commitment, by, ct);
    }

    /// <summary>It depends on another. Said twice it changes nothing.</summary>
    public async Task<Refusal?> DependAsync(CommitmentId id, CommitmentId on, Actor by, CancellationToken ct)
    {
        if (id == on) return Refusal.Invalid("dependency.itself", "It cannot depend on itself. Choose another.", "on");
        if (!(await StandingAsync(id, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (!await db.CommitmentsFor(by).AnyAsync(c => c.Id == on, ct)) return Refusal.Missing("commitment");
        var known = await db.Set<Dependency>().Where(d => d.Commitment == id).Select(d => d.On).ToListAsync(ct);
        if (known.Contains(on)) return null;
        if (known.Count >= MostDependencies) return Refusal.Conflict("dependency.many", $"It can depend on {MostDependencies} others at most.");
        db.Add(new Dependency { Commitment = id, On = on });
        return await SaveAsync(commitment, by, ct);
    }

    /// <summary>It no longer depends on that one.</summary>
    public async Task<Refusal?> ReleaseAsync(CommitmentId id, CommitmentId on, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (await db.Set<Dependency>().SingleOrDefaultAsync(d => d.Commitment == id && d.On == on, ct) is not { } dependency) return null;
        db.Remove(dependency);
        return await SaveAsync(commitment, by, ct);
    }

    private async Task<Result<Commitment>> StandingAsync(CommitmentId id, Actor by, CancellationToken ct) =>
        await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment ? Refusal.Missing("commitment")
            : commitment.IsOpen ? commitment : Refusal.Conflict("commitment.closed", "This commitment is already closed.");

    private Task<Step?> StepAsync(CommitmentId id, int place, CancellationToken ct) => db.Set<Step>().SingleOrDefaultAsync(s => s.Commitment == id && s.Place == place, ct);

    private Task<Refusal?> SaveAsync(Commitment commitment, Actor by, CancellationToken ct)
    {
        db.Changed(commitment.Id.Value);
        return db.SaveAsync(by, ct);
    }
}
