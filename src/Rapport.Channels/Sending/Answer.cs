namespace Rapport.Channels;

/// <summary>What came of handing a mail over for one recipient.</summary>
internal enum AnswerKind
{
    /// <summary>The server took it.</summary>
    Taken,
    /// <summary>Not now: the server said so, or the line broke before it could have all of it.</summary>
    Later,
    /// <summary>Never.</summary>
    Refused,
    /// <summary>It may have taken it and may not: all was said and no answer came.</summary>
    Doubt,
}

/// <summary>The same with the server's words.</summary>
/// <param name="Kind">What came of it.</param>
/// <param name="Said">The words.</param>
/// <param name="OfRecipient">They were said of this one recipient (RCPT), and not of the mail.</param>
internal readonly record struct Answer(AnswerKind Kind, string Said, bool OfRecipient = false)
{
    private const int LongestWords = 400;

    /// <summary>By the code of its reply (RFC 5321, 4.2.1).</summary>
    public static Answer Of(int code, string words) => new(code < 400 ? AnswerKind.Taken : code < 500 ? AnswerKind.Later : AnswerKind.Refused, OnOneLine($"{code} {words}"));

    /// <summary>Words of a server may be long, or anything at all.</summary>
    public static string OnOneLine(string words) => Mail.MailText.OnOneLine(words, LongestWords);
}

/// <summary>A mail that is due for some of its recipients.</summary>
/// <param name="Copies">It is to lie in the Sent folder once it is out.</param>
/// <param name="Limited">Its mailbox may send only so many a minute.</param>
internal sealed record DueErrand(InteractionId Interaction, string EnvelopeSender, IReadOnlyList<string> Recipients, byte[] Mail, bool Copies, bool Limited);

/// <summary>A mail that is in hands: what is to be handed over, to whom of those who do not have it yet.</summary>
/// <param name="Claim">By what its rows are known to be in these hands.</param>
internal sealed record Errand(InteractionId Interaction, MailboxId Mailbox, string EnvelopeSender, IReadOnlyList<string> Recipients, byte[] Mail, bool Copies, Guid Claim);

/// <summary>What came of one errand, for each of its recipients.</summary>
/// <param name="Answers">By the address that was given to the server.</param>
/// <param name="Trouble">What is wrong with the line, so that nothing more goes over it.</param>
internal sealed record HandedOver(IReadOnlyDictionary<string, Answer> Answers, MailTrouble? Trouble)
{
    /// <summary>The server's words when it took the mail for all of them, as it nearly always does; else null.</summary>
    public string? TakenByAll => Answers.Values.Distinct().ToList() is [{ Kind: AnswerKind.Taken } only] ? only.Said : null;
}

/// <summary>A way out for mails, one after the other.</summary>
internal interface IWayOut : IAsyncDisposable
{
    /// <summary>Hands one over. Never throws for what goes wrong on the way: that is an answer.</summary>
    Task<HandedOver> HandOverAsync(Errand errand, CancellationToken ct);
}
