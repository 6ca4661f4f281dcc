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
}

/// <summary>A conversation was assigned, closed, put away or taken up again.</summary>
public sealed record ConversationTurned(ConversationId Conversation, Turn Turn, DateTimeOffset At) : IHappening;
