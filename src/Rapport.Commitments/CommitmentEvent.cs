using Rapport.Customers;

namespace Rapport.Commitments;

/// <summary>What was done to a commitment.</summary>
public enum CommitmentDeed
{
    /// <summary>It was written down.</summary>
    Made,
    /// <summary>A new date was agreed before the old one passed.</summary>
    Renegotiated,
    /// <summary>It was done.</summary>
    Kept,
    /// <summary>It was not.</summary>
    Broken,
    /// <summary>They let it go.</summary>
    Released,
    /// <summary>Another stands in its place.</summary>
    Replaced,
    /// <summary>Somebody was asked to take it.</summary>
    Offered,
    /// <summary>They took it.</summary>
    Accepted,
    /// <summary>They did not, or the offer was taken back.</summary>
    Declined,
    /// <summary>A manager gave it to somebody else.</summary>
    Reassigned,
    /// <summary>A closing was taken back.</summary>
    Reopened,
    /// <summary>The one it was made to was asked whether it was kept.</summary>
    AskedVerdict,
    /// <summary>They said whether it was.</summary>
    Judged,
    /// <summary>Its owner has heard that they disagree.</summary>
    Heard,
    /// <summary>They were reminded of what they promised.</summary>
    Reminded,
    /// <summary>The mail that told a new date, or reminded them, was taken back before it left.</summary>
    MailTakenBack,
    /// <summary>Its owner named who is told when it is late, or that nobody is.</summary>
    NamedForEscalation,
    /// <summary>Somebody said why it was late or not kept.</summary>
    Explained,
    /// <summary>Who was asked to take it did not answer in time.</summary>
    OfferEnded,
    /// <summary>A member helps with it.</summary>
    HelperNamed,
    /// <summary>A member helps no longer.</summary>
    HelperLeft,
    /// <summary>They were told by mail what they were promised.</summary>
    Confirmed,
}

/// <summary>One line of a commitment's story: never changed, never removed.</summary>
public sealed class CommitmentEvent
{
    /// <summary>The longest note that is kept.</summary>
    public const int LongestNote = 500;

    /// <summary>Whose story.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>Its place in the story, from 1.</summary>
    public int Place { get; init; }
    /// <summary>What was done.</summary>
    public CommitmentDeed Deed { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>By whom; the empty id is Rapport itself.</summary>
    public MemberId By { get; init; }
    /// <summary>The owner, who was away, for whom they stood in; null when they acted for themselves.</summary>
    public MemberId? StoodInFor { get; init; }
    /// <summary>The member it went or was offered to.</summary>
    public MemberId? To { get; init; }
    /// <summary>Until when it was due after this; null when nobody said.</summary>
    public DateTimeOffset? DueEnd { get; init; }
    /// <summary>The one it was made to, when it was their deed.</summary>
    public PartyId? Recipient { get; init; }
    /// <summary>What they said of it.</summary>
    public Verdict? Verdict { get; init; }
    /// <summary>Why it was late or not kept, where that was said.</summary>
    public BreakCause? Cause { get; init; }
    /// <summary>Why, in words: the agreement, the proof, the reason.</summary>
    public string? Note { get; init; }
    /// <summary>The interaction that shows it.</summary>
    public InteractionId? Interaction { get; init; }
}
