using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Something said with the party, as a brief needs it.</summary>
internal sealed record SaidThen(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Subject, string Text, string AuthorName, MemberId? Member)
{
    /// <summary>One of us spoke.</summary>
    public bool IsOurs => Direction is Direction.Outbound or Direction.Mutual;
}

/// <summary>A question of theirs that we have not answered.</summary>
internal sealed record Unanswered(ConversationId Conversation, InteractionId Question, DateTimeOffset Since, string? Who, string Subject, string? Words);

/// <summary>Everything a brief is made from.</summary>
/// <param name="Said">Human contacts, newest first; as far back as both sides were heard, within a bound.</param>
/// <param name="Changed">What changed since the reader, else one of us, last spoke to them; null when nobody ever did.</param>
/// <param name="Ask">Colleagues who know them, when there is something to ask.</param>
internal sealed record BriefFacts(
    PartyDetail Party, IReadOnlyList<SaidThen> Said, IReadOnlyList<Unanswered> Unanswered, IReadOnlyList<CommitmentRow> Promised, Rhythm? Rhythm, Changes? Changed, IReadOnlyList<Tie> Ask, MemberId Reader);
