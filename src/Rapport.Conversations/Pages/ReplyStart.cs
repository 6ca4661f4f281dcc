namespace Rapport.Conversations.Pages;

/// <summary>An answer before its first word, as a conversation's page offers it.</summary>
internal sealed record ReplyStart(DraftId Id, DraftWords Words, string From)
{
    /// <summary>The answer to what they wait for; null when there is no mail to answer, or no mailbox to answer from.</summary>
    public static async Task<ReplyStart?> FindAsync(StartDraft start, ConversationId conversation, Actor by, CancellationToken ct)
    {
        if (await start.AnsweredAsync(conversation, by, ct) is not { } answered || await start.IsLargeAsync(answered, ct) || await start.FromAsync(answered, DraftKind.Answer, by, ct) is not { Words.Mailbox: { } mailbox } began) return null;
        return (await start.MailboxesAsync(by, ct)).FirstOrDefault(m => m.Id == mailbox) is { } box ? new(start.NewId(), began.Words, box.Address) : null;
    }
}
