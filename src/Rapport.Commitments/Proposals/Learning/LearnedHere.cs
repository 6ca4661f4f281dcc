using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Commitments;

/// <summary>How much a word weighs here, by what was confirmed, corrected and dismissed on this machine.</summary>
public sealed class LearnedWord
{
    /// <summary>The longest word that is learned.</summary>
    public const int Longest = 30;

    /// <summary>The word, in small letters.</summary>
    public string Word { get; init; } = "";
    /// <summary>Log-odds; below zero against a commitment.</summary>
    public double Weight { get; init; }
    /// <summary>In how many sentences it stood that were commitments.</summary>
    public int Confirmed { get; init; }
    /// <summary>In how many that were none.</summary>
    public int Dismissed { get; init; }
}

/// <summary>That what was learned here was forgotten: what was decided before teaches nothing any more.</summary>
public sealed class LearningForgotten
{
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>By whom.</summary>
    public MemberId By { get; init; }
}

internal sealed class LearningTable : IEntityTypeConfiguration<LearnedWord>, IEntityTypeConfiguration<LearningForgotten>
{
    public void Configure(EntityTypeBuilder<LearnedWord> builder)
    {
        builder.ToTable("learned_words");
        builder.HasKey(w => w.Word);
        builder.Property(w => w.Word).HasMaxLength(LearnedWord.Longest);
    }

    public void Configure(EntityTypeBuilder<LearningForgotten> builder)
    {
        builder.ToTable("learning_forgotten").Journaled();
        builder.HasKey(f => f.At);
    }
}

/// <summary>What was learned here, as the page of it shows.</summary>
/// <param name="Confirmed">How many proposals were confirmed or put right, of those that teach.</param>
/// <param name="Dismissed">How many were dismissed.</param>
public sealed record LearnedSoFar(int Confirmed, int Dismissed, IReadOnlyList<LearnedWord> Words);

/// <summary>Reads what was learned here, and forgets it.</summary>
public sealed class LearnedHere(RapportDb db, TimeProvider clock)
{
    /// <summary>The words and their weights; null while nothing was learned.</summary>
    public async Task<LearnedWords?> ReadAsync(CancellationToken ct) =>
        await db.Set<LearnedWord>().AsNoTracking().ToDictionaryAsync(w => w.Word, w => w.Weight, ct) is { Count: > 0 } weights ? new LearnedWords(weights) : null;

    /// <summary>How many decisions teach, and the words that weigh, heaviest first.</summary>
    public async Task<LearnedSoFar> SoFarAsync(CancellationToken ct)
    {
        var decided = await DecidedAsync(ct);
        var dismissed = await decided.CountAsync(p => p.State == ProposalState.Dismissed, ct);
        var words = await db.Set<LearnedWord>().AsNoTracking().ToListAsync(ct);
        return new(await decided.CountAsync(ct) - dismissed, dismissed, [.. words.OrderByDescending(w => Math.Abs(w.Weight)).ThenBy(w => w.Word, StringComparer.Ordinal)]);
    }

    /// <summary>Forgets all of it, and begins again with what is decided from now on.</summary>
    public async Task<Refusal?> ForgetAsync(Actor by, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<LearnedWord>().ToListAsync(ct));
        db.Add(new LearningForgotten { At = clock.GetUtcNow(), By = by.Id });
        return await db.SaveAsync(by, ct);
    }

    /// <summary>The proposals that teach: decided, and since what was learned was forgotten last.</summary>
    internal async Task<IQueryable<Proposal>> DecidedAsync(CancellationToken ct)
    {
        var since = await db.Set<LearningForgotten>().MaxAsync(f => (DateTimeOffset?)f.At, ct) ?? DateTimeOffset.MinValue;
        var decided = db.Set<Proposal>().AsNoTracking().Where(p => p.State != ProposalState.Open);
        return since == DateTimeOffset.MinValue ? decided : decided.Where(p => p.DecidedAt > since);
    }
}
