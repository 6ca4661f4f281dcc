using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>Id of a conversation.</summary>
public readonly record struct ConversationId(Guid Value) : IId<ConversationId>
{
    /// <inheritdoc/>
    public static ConversationId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Where a conversation stands.</summary>
public enum ConversationState
{
    /// <summary>Needs us, or nobody said otherwise.</summary>
    Open,
    /// <summary>We spoke last and wait for them.</summary>
    Waiting,
    /// <summary>Put away until a time.</summary>
    Snoozed,
    /// <summary>Done.</summary>
    Closed,
}

/// <summary>The thread of interactions about one matter.</summary>
public sealed class Conversation : IVersioned
{
    /// <summary>The longest subject that is kept.</summary>
    public const int LongestSubject = 400;

    /// <summary>Its id.</summary>
    public ConversationId Id { get; init; }
    /// <summary>As the first message says it, without "Re:"; a later change is carried here and shown.</summary>
    public string Subject { get; set; } = "";
    /// <summary>Where it stands.</summary>
    public ConversationState State { get; set; }
    /// <summary>The one member who answers for it.</summary>
    public MemberId? Owner { get; set; }
    /// <summary>The customer it is with: the organisation where one is known, else the person.</summary>
    public PartyId? Customer { get; set; }
    /// <summary>The conversation this one was split from, because a stranger answered it.</summary>
    public ConversationId? Related { get; set; }
    /// <summary>The newest interaction in it.</summary>
    public InteractionId Last { get; set; }
    /// <summary>When that was.</summary>
    public DateTimeOffset LastAt { get; set; }
    /// <summary>How many interactions it has.</summary>
    public int Count { get; set; }
    /// <summary>Since when somebody waits for our reply; null when nobody does.</summary>
    public DateTimeOffset? WaitingSince { get; set; }
    /// <summary>The interaction in which they asked.</summary>
    public InteractionId? WaitingFor { get; set; }
    /// <summary>Who asked.</summary>
    public PartyId? WaitingPerson { get; set; }
    /// <summary>Hidden from Today until then.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }
    /// <summary>Only robots and newsletters wrote in it: kept apart.</summary>
    public bool Automatic { get; set; }
    /// <summary>The one member who may see it; null when everybody may.</summary>
    public MemberId? OnlyFor { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }
}

/// <summary>Another member who may see a conversation that is not for everyone: the same mail lay in their mailbox too.</summary>
internal sealed class ConversationViewer
{
    public ConversationId Conversation { get; init; }
    public MemberId Member { get; init; }
}

internal sealed class ConversationTable : IEntityTypeConfiguration<Conversation>, IEntityTypeConfiguration<ConversationViewer>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversations");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Subject).HasMaxLength(Conversation.LongestSubject);
        builder.HasIndex(c => new { c.LastAt, c.Id });
        builder.HasIndex(c => new { c.Customer, c.LastAt });
        builder.HasIndex(c => new { c.Owner, c.State, c.LastAt });
        builder.HasIndex(c => c.WaitingSince).HasFilter("waiting_since IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ConversationViewer> builder)
    {
        builder.ToTable("conversation_viewers");
        builder.HasKey(v => new { v.Conversation, v.Member });
    }
}

/// <summary>How to reach the conversations.</summary>
public static class ConversationSets
{
    /// <summary>Those the actor may see: everyone's, and what lay in the actor's own mailboxes.</summary>
    public static IQueryable<Conversation> ConversationsFor(this RapportDb db, Actor by) =>
        db.Set<Conversation>().Where(c => c.OnlyFor == null || c.OnlyFor == by.Id || db.Set<ConversationViewer>().Any(v => v.Conversation == c.Id && v.Member == by.Id));
}
