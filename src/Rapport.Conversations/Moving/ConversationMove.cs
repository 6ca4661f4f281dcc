using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Id of a move.</summary>
public readonly record struct ConversationMoveId(Guid Value) : IId<ConversationMoveId>
{
    /// <inheritdoc/>
    public static ConversationMoveId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a member did with messages that lay in the wrong place. Names are stored, so they are not renamed.</summary>
public enum MoveKind
{
    /// <summary>A whole conversation became a part of another one.</summary>
    Merge,
    /// <summary>Messages got a conversation of their own.</summary>
    Split,
    /// <summary>Messages were put into another conversation.</summary>
    Move,
}

/// <summary>That a member put messages into another conversation by hand, with what is needed to undo it.</summary>
internal sealed class ConversationMove
{
    public ConversationMoveId Id { get; init; }
    public MoveKind Kind { get; init; }
    /// <summary>Where they were. It became a part of <see cref="To"/> when nothing stayed behind.</summary>
    public ConversationId From { get; init; }
    public ConversationId To { get; init; }
    /// <summary>The message that says why it is where it is, and what it said before.</summary>
    public InteractionId Head { get; init; }
    public string? HeadBecause { get; init; }
    /// <summary>What became of <see cref="To"/> by it, as JSON of <see cref="MoveMemory"/>; null when nothing did.</summary>
    public string? Memory { get; set; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>A message that such a move took along.</summary>
internal sealed class MovedInteraction
{
    public ConversationMoveId Move { get; init; }
    public InteractionId Interaction { get; init; }
}

/// <summary>A conversation before it took another one up and just after it, and the tags that it got thereby.</summary>
internal sealed record MoveMemory(Condition Before, Condition After, IReadOnlyList<string> Tags);

internal sealed class MoveTable : IEntityTypeConfiguration<ConversationMove>, IEntityTypeConfiguration<MovedInteraction>
{
    public void Configure(EntityTypeBuilder<ConversationMove> builder)
    {
        builder.ToTable("conversation_moves");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.HeadBecause).HasMaxLength(400);
        builder.HasIndex(m => new { m.From, m.To });
        builder.HasIndex(m => m.To);
    }

    public void Configure(EntityTypeBuilder<MovedInteraction> builder)
    {
        builder.ToTable("moved_interactions");
        builder.HasKey(m => new { m.Move, m.Interaction });
        builder.HasIndex(m => m.Interaction);
    }
}

/// <summary>What was said by hand of conversations that belong together or do not.</summary>
internal static class MoveQueries
{
    /// <summary>A member took these two apart, or undid that they were one: the machine does not join them again.</summary>
    public static Task<bool> AreApartAsync(this RapportDb db, ConversationId one, ConversationId other, CancellationToken ct) =>
        db.Set<ConversationMove>().AnyAsync(m => (m.From == one && m.To == other || m.From == other && m.To == one) && (m.UndoneAt == null) == (m.Kind != MoveKind.Merge), ct);
}
