using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>How a mailbox is to send.</summary>
/// <param name="SenderName">The name beside its address; empty for the writing member's own.</param>
/// <param name="Signature">What stands beneath its mails, with fields.</param>
/// <param name="MarksReplyAddress">Answers are asked to an address with a mark of ours behind a plus.</param>
/// <param name="MostPerMinute">At most so many mails a minute; null for no limit.</param>
/// <param name="ServerKeepsCopy">The server puts what it sends into the Sent folder itself.</param>
/// <param name="MarksEnvelopeSender">Bounces are asked to such an address as well.</param>
/// <param name="MarksText">Its mails end with a small line that bears a mark of ours.</param>
public sealed record NewOutbox(string? SenderName, string? Signature, bool MarksReplyAddress, int? MostPerMinute, bool ServerKeepsCopy, bool MarksEnvelopeSender = false, bool MarksText = false)
{
    /// <summary>How it is now.</summary>
    public static NewOutbox Of(Outbox outbox) => new(outbox.SenderName, outbox.Signature, outbox.MarksReplyAddress, outbox.MostPerMinute, outbox.ServerKeepsCopy, outbox.MarksEnvelopeSender, outbox.MarksText);
}

/// <summary>Changes how a mailbox sends.</summary>
public sealed class ChangeOutbox(RapportDb db)
{
    private const int Fastest = 10_000;

    /// <summary>How it sends now.</summary>
    public async Task<Outbox> OfAsync(MailboxId id, CancellationToken ct) => await db.Set<Outbox>().AsNoTracking().SingleOrDefaultAsync(o => o.Mailbox == id, ct) ?? new Outbox { Mailbox = id };

    /// <summary>Changes it; only whoever looks after the mailbox may.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, NewOutbox given, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null) return Refusal.Missing("mailbox");
        if (given.SenderName?.Length > Outbox.LongestName) return Refusal.Invalid("outbox.name", $"Write at most {Outbox.LongestName} characters.", "senderName");
        if (given.Signature?.Length > Outbox.LongestSignature) return Refusal.Invalid("outbox.signature", $"Write at most {Outbox.LongestSignature} characters.", "signature");
        if (Template.Check(given.Signature ?? "") is { } wrong) return Refusal.Invalid("outbox.signature", wrong, "signature");
        if (given.MostPerMinute is < 1 or > Fastest) return Refusal.Invalid("outbox.rate", $"Write a number from 1 to {Fastest}.", "mostPerMinute");
        var outbox = await db.OutboxAsync(id, ct);
        (outbox.SenderName, outbox.Signature) = (given.SenderName?.Trim() ?? "", given.Signature?.ReplaceLineEndings("\n").Trim() ?? "");
        (outbox.MarksReplyAddress, outbox.MarksEnvelopeSender, outbox.MarksText) = (given.MarksReplyAddress, given.MarksEnvelopeSender, given.MarksText);
        (outbox.MostPerMinute, outbox.ServerKeepsCopy) = (given.MostPerMinute, given.ServerKeepsCopy);
        return await db.SaveAsync(by, ct);
    }
}
