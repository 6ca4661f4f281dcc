using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Members;
using Rapport.Updates;

namespace Rapport.Dialogue;

/// <summary>Somebody who waits for our reply.</summary>
/// <param name="Waited">How long in working time, in words: "1 working day".</param>
/// <param name="Ignored">Longer than their tier allows.</param>
/// <param name="Address">Where a reply goes; null when they have no address that may be used.</param>
/// <param name="Mine">The reader answers for the conversation; else nobody does yet.</param>
public sealed record WaitingLine(
    ConversationId Conversation, string Subject, Named? Person, Named? Organization, DateTimeOffset Since, string Waited, string? Question, Tier Tier, bool Pays, bool Ignored, string? Address, bool Mine)
{
    /// <summary>How much there is of the conversation to see.</summary>
    public ConversationSeen Seen { get; init; }

    /// <summary>By when they are to be answered; null while no clock runs.</summary>
    public ClockReading? Clock { get; init; }
}

/// <summary>How near a promise is.</summary>
public enum Nearness
{
    /// <summary>Past due.</summary>
    Late,
    /// <summary>Due before the day is over.</summary>
    Today,
    /// <summary>Due in the next working days.</summary>
    Soon,
    /// <summary>Not late, and a step of it, or what it depends on, is.</summary>
    AtRisk,
    /// <summary>Somebody else's that is late, who named the reader for that case.</summary>
    Escalated,
    /// <summary>Offered to the reader, who has not said whether they take it.</summary>
    Offered,
    /// <summary>Whom it was promised to says that it was not kept, or only partly.</summary>
    Disagreed,
}

/// <summary>A promise, ours or theirs, that wants something now.</summary>
/// <param name="For">Who is away and for whom the reader stands in; null where it is theirs.</param>
public sealed record PromiseLine(CommitmentRow Promise, Nearness Nearness, Away? For = null);

/// <summary>Somebody who has gone quiet.</summary>
/// <param name="SilentDays">Days since the last contact.</param>
/// <param name="UsualDays">The median of the days between contacts.</param>
/// <param name="Unanswered">We have not answered their last question.</param>
/// <param name="Telephone">A number to call, in E.164.</param>
public sealed record QuietLine(PartyId Party, string Name, bool IsOrganization, DateTimeOffset LastContactAt, int SilentDays, double UsualDays, Tier Tier, bool Pays, bool Unanswered, string? Telephone);

/// <summary>The front page of a member: whom to speak to and what to keep, the most pressing first.</summary>
/// <param name="Waiting">Who waits for our reply.</param>
/// <param name="WaitingCount">In how many conversations somebody does, counted to a hundred.</param>
/// <param name="WaitingLong">How many have waited for so long that they are not listed, counted to a hundred.</param>
/// <param name="Promised">Late, due today, due soon, offered.</param>
/// <param name="Quiet">Who has gone quiet, a few a day.</param>
/// <param name="New">Who wrote for the first time.</param>
/// <param name="NewCount">How many did, counted to a hundred.</param>
/// <param name="AsOf">The last import, while mail does not come in by itself; null when nothing was imported.</param>
/// <param name="Untouched">There is nobody in Rapport yet but ourselves.</param>
public sealed record TodayPicture(
    IReadOnlyList<WaitingLine> Waiting, int WaitingCount, int WaitingLong, IReadOnlyList<PromiseLine> Promised, IReadOnlyList<QuietLine> Quiet,
    IReadOnlyList<NewCorrespondent> New, int NewCount, DateTimeOffset? AsOf, bool Untouched)
{
    /// <summary>How many people wait in those that are counted.</summary>
    public int WaitingPeople { get; init; }
    /// <summary>Notes that mention the reader, and what they had put away and came back.</summary>
    public IReadOnlyList<NudgeLine> ForYou { get; init; } = [];

    /// <summary>Where the reader spoke last and ought to speak again by now or soon.</summary>
    public IReadOnlyList<ConversationRow> SpeakAgain { get; init; } = [];

    /// <summary>Whom mail of the reader's did not reach, or may not have reached.</summary>
    public IReadOnlyList<DispatchRow> Undelivered { get; init; } = [];

    /// <summary>Notices of which the reader owes the next word by today.</summary>
    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];

    /// <summary>Sentences of what was said that seem to promise something, and how many there are.</summary>
    public (IReadOnlyList<ProposalRow> First, int Count) Proposed { get; init; } = ([], 0);

    /// <summary>Those who are away and for whom the reader stands in.</summary>
    public IReadOnlyList<Away> StandsInFor { get; init; } = [];

    /// <summary>Before anything is known.</summary>
    public static TodayPicture Empty { get; } = new([], 0, 0, [], [], [], 0, null, false);

    /// <summary>How many promises of ours and theirs are past due.</summary>
    public int Late => Promised.Count(p => p.Nearness == Nearness.Late);

    /// <summary>How many are due today.</summary>
    public int DueToday => Promised.Count(p => p.Nearness == Nearness.Today);
}
