using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>Interactions were recorded or read from mail, in one transaction.</summary>
public sealed record InteractionsTaken(IReadOnlyList<InteractionId> Interactions) : IHappening;

/// <summary>What somebody, or their answer, did with a conversation. Names are stored, so they are not renamed.</summary>
public enum Turn
{
    /// <summary>Somebody else answers for it, or nobody any more.</summary>
    Assigned,
    /// <summary>It was closed.</summary>
    Closed,
    /// <summary>It was put away until a time.</summary>
    Snoozed,
    /// <summary>Closed or put away, it was taken up again: by somebody, by their answer, by its time.</summary>
    Reopened,
    /// <summary>It got a tag, or lost one.</summary>
    Tagged,
    /// <summary>Somebody said that what was asked wants no answer.</summary>
    NoReplyNeeded,
    /// <summary>Somebody said that they were answered where Rapport does not see it.</summary>
    AnsweredElsewhere,
    /// <summary>That was taken back: they wait.</summary>
    StillWaiting,
    /// <summary>Another conversation became a part of it.</summary>
    Merged,
    /// <summary>It was taken out of another one.</summary>
    Split,
    /// <summary>A message of another conversation was moved here.</summary>
    MovedHere,
}

/// <summary>Something was done with a conversation as a whole.</summary>
public sealed record ConversationTurned(ConversationId Conversation, Turn Turn, DateTimeOffset At) : IHappening
{
    /// <summary>The other conversation that it concerned.</summary>
    public ConversationId? Other { get; init; }
    /// <summary>The message that was moved; what answered it may have gone along.</summary>
    public InteractionId? Message { get; init; }
}
