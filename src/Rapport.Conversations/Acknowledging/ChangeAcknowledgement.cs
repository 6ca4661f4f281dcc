using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Whether an acknowledgement names a time by when there will be an answer.</summary>
public enum AnswerPromise
{
    /// <summary>It names none.</summary>
    None,
    /// <summary>As it is.</summary>
    Unchanged,
    /// <summary>It names the time on the clock. Whoever says so accepts it: each time is a commitment of theirs.</summary>
    Mine,
}

/// <summary>How a mailbox is to acknowledge mail.</summary>
/// <param name="On">It does.</param>
/// <param name="Text">In which words, with fields; the usual ones when empty.</param>
/// <param name="Promise">Whether it names a time.</param>
public sealed record NewAcknowledgement(bool On, string? Text, AnswerPromise Promise = AnswerPromise.Unchanged);

/// <summary>How a mailbox acknowledges mail now.</summary>
/// <param name="Since">Since when; null when it does not.</param>
/// <param name="Text">In which words.</param>
/// <param name="PromisedBy">Who accepted that it names a time.</param>
public sealed record Acknowledging(DateTimeOffset? Since, string Text, MemberId? PromisedBy);

/// <summary>Says whether a mailbox acknowledges what people write to it, and in which words. Mail from before is never acknowledged.</summary>
public sealed class ChangeAcknowledgement(RapportDb db, FillText texts, TimeProvider clock)
{
    /// <summary>What is said where nobody wrote anything else.</summary>
    public const string Usual = """
        Hello{% if person.given_name %} {{ person.given_name }}{% endif %},

        thank you for your mail. It has arrived, and a person will read it.{% if answer.who %} {{ answer.who }} will answer you.{% endif %}{% if answer.by %} You will hear from us by {{ answer.by }}.{% endif %}

        We are here {{ us.hours }}.

        {{ us.name }}
        """;

    private static string UsualText { get; } = Usual.ReplaceLineEndings("\n");

    /// <summary>How it does now.</summary>
    public async Task<Acknowledging> OfAsync(MailboxId id, CancellationToken ct) =>
        await db.Set<Outbox>().AsNoTracking().SingleOrDefaultAsync(o => o.Mailbox == id, ct) is { } there ? new(there.AcknowledgesSince, there.AcknowledgementText.Length > 0 ? there.AcknowledgementText : UsualText, there.AnswerPromisedBy) : new(null, UsualText, null);

    /// <summary>Changes it; only whoever looks after the mailbox may.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, NewAcknowledgement given, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is not { } mailbox) return Refusal.Missing("mailbox");
        var text = string.IsNullOrWhiteSpace(given.Text) ? UsualText : given.Text.ReplaceLineEndings("\n").Trim();
        if (text.Length > Outbox.LongestAcknowledgement) return Refusal.Invalid("acknowledgement.long", $"Write at most {Outbox.LongestAcknowledgement:N0} characters.", "text");
        // Of a stranger nothing is known but the address: the words must do without the rest.
        if ((await texts.AcknowledgementAsync(text, new("", "somebody@example.com"), null, null, (await db.CalendarsAsync(ct)).Of(mailbox.Team), ct)).Refusal is { } wrong)
            return Refusal.Invalid("acknowledgement.unreadable", wrong.Code == "text.missing" ? $"{wrong.Message.Split(", which")[0]} of somebody who writes for the first time. Ask for it within {{% if … %}}, or leave it out." : wrong.Message, "text");
        if (given.Promise == AnswerPromise.Mine && by.Id != default && !await db.MayReadAsync(id, by.Id, ct))
            return Refusal.Invalid("acknowledgement.promise-unread", "You do not read this mailbox, so you would not see what you promise an answer to. Somebody who reads it can accept that, or you join its team first.", "promise");
        var outbox = await db.OutboxAsync(id, ct);
        outbox.AcknowledgementText = text;
        outbox.AcknowledgesSince = given.On ? outbox.AcknowledgesSince ?? FromThisSecond() : null;
        outbox.AnswerPromisedBy = given.Promise switch { AnswerPromise.None => null, AnswerPromise.Unchanged => outbox.AnswerPromisedBy, AnswerPromise.Mine => by.Id == default ? null : by.Id };
        return await db.SaveAsync(by, ct);
    }

    // The dates of mail know no less than a second: what is written in this one is not from before.
    private DateTimeOffset FromThisSecond()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
