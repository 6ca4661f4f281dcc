namespace Rapport.Conversations;

/// <summary>What a later floor records in the very transaction in which a draft is sent, with the message as its evidence: a new date that the mail tells of.</summary>
public interface IGoWithMail
{
    /// <summary>What sending the draft records, in a sentence for its writer; null for nothing.</summary>
    Task<string?> SayAsync(DraftId draft, CancellationToken ct);

    /// <summary>Why the draft must not be sent any more, asked within the transaction; null when it may. It is no fault of a field: the draft's form has none for it.</summary>
    Task<Refusal?> MayAsync(DraftId draft, CancellationToken ct);

    /// <summary>Records it in what the caller saves; the caller has asked <see cref="MayAsync"/>.</summary>
    Task SentAsync(DraftId draft, InteractionId said, Actor by, CancellationToken ct);

    /// <summary>The mail was taken back before it left; takes back in what the caller saves what sending it had recorded.</summary>
    Task TakenBackAsync(DraftId draft, InteractionId said, Actor by, CancellationToken ct);
}
