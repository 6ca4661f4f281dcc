using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;

namespace Rapport.Conversations;

/// <summary>Id of a nudge.</summary>
public readonly record struct NudgeId(Guid Value) : IId<NudgeId>
{
    /// <inheritdoc/>
    public static NudgeId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Why a member should look at a conversation. Names are stored, so they are not renamed.</summary>
public enum NudgeKind
{
    /// <summary>Somebody mentioned them in a note.</summary>
    Mentioned,
    /// <summary>What was put away came back.</summary>
    CameBack,
}

/// <summary>Something in a conversation that one member should look at. It stands on their Today until they open the conversation or tick it off.</summary>
internal sealed class Nudge
{
    public NudgeId Id { get; init; }
    public MemberId Member { get; init; }
    public ConversationId Conversation { get; set; }
    public NudgeKind Kind { get; init; }
    /// <summary>The note that mentions them.</summary>
    public InteractionId? Note { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? SeenAt { get; set; }
}

internal sealed class NudgeTable : IEntityTypeConfiguration<Nudge>
{
    public void Configure(EntityTypeBuilder<Nudge> builder)
    {
        builder.ToTable("nudges").IsShownLive(nameof(Nudge.Member));
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => new { n.Member, n.At }).HasFilter("seen_at IS NULL");
        builder.HasIndex(n => n.Conversation);
    }
}

/// <summary>A line on the Today of whom it is for.</summary>
/// <param name="By">Who wrote the note.</param>
/// <param name="Words">The note, or the last words where there is none.</param>
public sealed record NudgeLine(NudgeId Id, NudgeKind Kind, ConversationRow Conversation, string? By, string Words, DateTimeOffset At);

/// <summary>What members should look at, and that they did.</summary>
public sealed class Nudges(RapportDb db, ConversationQueries conversations, TimeProvider clock)
{
    /// <summary>What a member has not looked at, the newest first; only of conversations they may read.</summary>
    public async Task<IReadOnlyList<NudgeLine>> OfAsync(int most, Actor by, CancellationToken ct)
    {
        var open = await db.Set<Nudge>().AsNoTracking().Where(n => n.Member == by.Id && n.SeenAt == null).OrderByDescending(n => n.At).Take(most).ToListAsync(ct);
        if (open.Count == 0) return [];
        var rows = (await conversations.ByIdAsync([.. open.Select(n => n.Conversation).Distinct()], by, ct)).ToDictionary(r => r.Id);
        var ids = open.Select(n => n.Note).OfType<InteractionId>().ToList();
        var notes = await db.InteractionsFor(by).Where(i => EF.Parameter(ids).Contains(i.Id)).Select(i => new { i.Id, i.AuthorName, i.Text }).ToDictionaryAsync(i => i.Id, ct);
        return
        [
            .. from n in open
               where rows.ContainsKey(n.Conversation)
               let note = n.Note is { } id ? notes.GetValueOrDefault(id) : null
               select new NudgeLine(n.Id, n.Kind, rows[n.Conversation], note?.AuthorName, ConversationRows.Excerpt(note?.Text ?? rows[n.Conversation].Excerpt), n.At),
        ];
    }

    /// <summary>How many a member has not looked at, counted up to a limit.</summary>
    public Task<int> CountAsync(int most, Actor by, CancellationToken ct) => db.Set<Nudge>().Where(n => n.Member == by.Id && n.SeenAt == null && db.ConversationsFor(by).Any(c => c.Id == n.Conversation)).Take(most).CountAsync(ct);

    /// <summary>They opened the conversation.</summary>
    public async Task OpenedAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<Nudge>().Where(n => n.Conversation == id && n.Member == by.Id && n.SeenAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now), ct) == 0) return;
        db.Changed(by.Id.Value);
        await db.SaveOrThrowAsync(by, ct);
    }

    /// <summary>They ticked it off; twice is no mistake.</summary>
    public async Task<Refusal?> TickOffAsync(NudgeId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Nudge>().SingleOrDefaultAsync(n => n.Id == id && n.Member == by.Id, ct) is not { } nudge) return Refusal.Missing("nudge");
        nudge.SeenAt ??= clock.GetUtcNow();
        return await db.SaveAsync(by, ct);
    }
}
