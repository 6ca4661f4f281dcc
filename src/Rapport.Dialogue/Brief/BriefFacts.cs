using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Something said with the party, as a brief needs it.</summary>
internal sealed record SaidThen(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Subject, string Text, string AuthorName, MemberId? Member);

/// <summary>A question of theirs that we have not answered.</summary>
internal sealed record Unanswered(ConversationId Conversation, InteractionId Question, DateTimeOffset Since, string? Who, string Subject, string? Words);

/// <summary>Everything a brief is made from.</summary>
/// <param name="Said">Human contacts, newest first; as far back as both sides were heard, within a bound.</param>
internal sealed record BriefFacts(
    PartyDetail Party, IReadOnlyList<SaidThen> Said, IReadOnlyList<Unanswered> Unanswered, IReadOnlyList<CommitmentRow> Promised, Rhythm? Rhythm, MemberId Reader, string ReaderName);
