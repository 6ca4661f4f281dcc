using Rapport.Channels;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>A draft as it is listed.</summary>
/// <param name="Id">Its id; whoever writes makes it, so that the same form sent twice is the same mail.</param>
/// <param name="Author">Who writes it.</param>
/// <param name="Kind">What it does with the message it began from.</param>
/// <param name="Conversation">The conversation it belongs to.</param>
/// <param name="Answers">The message it began from.</param>
/// <param name="Mailbox">From which mailbox.</param>
/// <param name="To">Whom it is addressed to, as typed.</param>
/// <param name="Cc">Who is in copy, as typed.</param>
/// <param name="Bcc">Who is in blind copy, as typed.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">The words.</param>
/// <param name="SeenLast">The newest message its writer has seen in the conversation (V10).</param>
/// <param name="SeenCount">How many there were.</param>
/// <param name="ChangedAt">When it was last changed.</param>
/// <param name="SendAt">When it is to be sent by itself; null for by hand.</param>
/// <param name="Stopped">Why it was not sent at its time, in a sentence; null when nothing was wrong.</param>
/// <param name="SentAs">What was said by it, from when it is sent until it can no longer be taken back.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record DraftRow(
    DraftId Id, MemberId Author, DraftKind Kind, ConversationId? Conversation, InteractionId? Answers, MailboxId? Mailbox, string To, string Cc,
    string Bcc, string Subject, string Text, InteractionId? SeenLast, int SeenCount, DateTimeOffset ChangedAt, DateTimeOffset? SendAt, string? Stopped,
    InteractionId? SentAs, int Version)
{
    internal static DraftRow Of(Draft draft) => new(
        draft.Id, draft.Author, draft.Kind, draft.Conversation, draft.Answers, draft.Mailbox, draft.To, draft.Cc, draft.Bcc, draft.Subject, draft.Text,
        draft.SeenLast, draft.SeenCount, draft.ChangedAt, draft.SendAt, draft.Stopped, draft.SentAs, draft.Version);
}
