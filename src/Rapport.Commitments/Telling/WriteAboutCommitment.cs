using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>
/// Begins the mail that tells them of a new date before the old one breaks, the one that gives them in writing what was promised, and the one that reminds them of what they promised. A person reads it, changes it and sends it;
/// sending it records what it says (<see cref="RecordWithMail"/>).
/// </summary>
public sealed class WriteAboutCommitment(RapportDb db, StartDraft start, KeepDraft keep, FillText fill, ReadDue read, TimeProvider clock)
{
    private const int LongestSubject = 80;

    /// <summary>Tells them of a new date, in spoken words, and why.</summary>
    /// <param name="id">Of which promise.</param>
    /// <param name="due">By when now.</param>
    /// <param name="why">Why, as they will read it.</param>
    /// <param name="site">Where people outside find us, for their link.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<DraftId>> TellAsync(CommitmentId id, string? due, string? why, string site, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, Side.OursToThem, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (why?.Length > CommitmentEvent.LongestNote) return Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", "why");
        var understood = await read.RunAsync(due, commitment.Side, commitment.With, null, ct);
        if (!understood.Accept().Succeeded(out var date, out var vague)) return vague;
        if (date is not { } until) return Refusal.Invalid("commitment.due-missing", "Write by when it is to be done now.", "due");
        if (until.End <= clock.GetUtcNow()) return Refusal.Invalid("commitment.due-past", "That date has passed. Write one that lies ahead.", "due");
        var mail = new CommitmentMail { Draft = start.NewId(), Commitment = id, DueStart = until.Start, DueEnd = until.End, DuePrecision = until.Precision, DueWords = until.Words };
        return await BeginAsync(mail, commitment, CommitmentTexts.NewDate, new() { ["until"] = await SayAsync(until.End, until.Precision, commitment, ct), ["why"] = why?.Trim() }, site, by, ct);
    }

    /// <summary>Gives them in writing what was promised: what was said on the telephone is then on paper.</summary>
    public async Task<Result<DraftId>> ConfirmAsync(CommitmentId id, string site, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, Side.OursToThem, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        return await BeginAsync(new() { Draft = start.NewId(), Commitment = id }, commitment, CommitmentTexts.Confirmation, [], site, by, ct);
    }

    /// <summary>Reminds them courteously of what they promised us.</summary>
    public async Task<Result<DraftId>> RemindAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        if (!(await StandingAsync(id, Side.TheirsToUs, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        return await BeginAsync(new() { Draft = start.NewId(), Commitment = id }, commitment, CommitmentTexts.Reminder, [], "", by, ct);
    }

    private async Task<Result<DraftId>> BeginAsync(CommitmentMail mail, Commitment commitment, (string Shortcut, string Text) text, Dictionary<string, string?> fields, string site, Actor by, CancellationToken ct)
    {
        fields["link"] = commitment.Side == Side.OursToThem && await db.WantsLinksInMailAsync(ct) ? $"{site}{new RecipientLink((await db.InstallationAsync(ct))!).PathOf(commitment.Id, commitment.With, clock.GetUtcNow())}" : null;
        fields["words"] = commitment.Words;
        fields["due"] = commitment.DueEnd is { } due ? await SayAsync(due, commitment.DuePrecision!.Value, commitment, ct) : null;
        fields["said"] = ClockWords.Day(commitment.SaidAt, await read.ClockOfAsync(commitment.With, ct));
        var began = await FromAsync(commitment, by, ct);
        if (!(await fill.BeginAsync(began, text.Shortcut, text.Text, ("promise", fields), by, ct)).Succeeded(out var words, out var refusal)) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await keep.RunAsync(mail.Draft, words, [], by, ct) is { } unkept) return unkept;
        db.Add(mail);
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        await transaction.CommitAsync(ct);
        return mail.Draft;
    }

    // It answers what it was promised in, where that was a mail; so it comes where they look for it.
    private async Task<DraftWords> FromAsync(Commitment commitment, Actor by, CancellationToken ct)
    {
        var said = commitment.SaidIn is { } id ? await db.InteractionsFor(by).Where(i => i.Id == id && i.Channel == Channel.Email).Select(i => (InteractionId?)i.Id).SingleOrDefaultAsync(ct) : null;
        if (said is { } mail && await start.FromAsync(mail, DraftKind.Answer, by, ct) is { Words: { To.Length: > 0 } answer }) return answer;
        var words = commitment.Words.Length > LongestSubject ? $"{commitment.Words[..LongestSubject]}…" : commitment.Words;
        return (await start.ToAsync(commitment.With, null, null, by, ct)).Words with { Subject = words.ReplaceLineEndings(" ") };
    }

    private async Task<Result<Commitment>> StandingAsync(CommitmentId id, Side side, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (!commitment.IsOpen) return Refusal.Conflict("commitment.closed", "This commitment is already closed.");
        return commitment.Side == side ? commitment : Refusal.Conflict("commitment.side", side == Side.OursToThem ? "They promised it: remind them of it instead." : "We promised it: tell them of a new date instead.");
    }

    private async Task<string> SayAsync(DateTimeOffset at, DuePrecision precision, Commitment commitment, CancellationToken ct)
    {
        var theirs = await read.ClockOfAsync(commitment.With, ct);
        return precision is DuePrecision.Minute or DuePrecision.Hour ? ClockWords.At(at, theirs) : ClockWords.Day(at, theirs);
    }
}

/// <summary>What such mails begin with, unless a text with the shortcut is saved. </summary>
internal static class CommitmentTexts
{
    /// <summary>What such a text can say of the promise: the last two only where a new date is told, the link only where it is wanted in mail.</summary>
    public static readonly IReadOnlyList<string> Fields = ["promise.words", "promise.due", "promise.said", "promise.link", "promise.until", "promise.why"];

    /// <summary>Each of them.</summary>
    public static IEnumerable<(string Shortcut, string Text)> All => [Confirmation, NewDate, Reminder];

    private const string Hello = "Hello{% if person.given_name %} {{ person.given_name }}{% endif %},\n\n";

    private const string Link = "{% if promise.link %}\nWhat became of it you see here, at any time:\n{{ promise.link }}\n{% endif %}";

    public static readonly (string Shortcut, string Text) Confirmation = ("promised", Hello
        + "we promised you on {{ promise.said }}{% if promise.due %}, by {{ promise.due }}{% endif %}:\n\n    {{ promise.words }}\n\n"
        + "You can count on it. If we understood you otherwise, please tell me.\n" + Link);

    public static readonly (string Shortcut, string Text) NewDate = ("new-date", Hello
        + "we promised you{% if promise.due %} by {{ promise.due }}{% endif %}:\n\n    {{ promise.words }}\n\n"
        + "I am sorry: it will take longer than we said.{% if promise.why %} {{ promise.why }}{% endif %} You will have it by {{ promise.until }}.\n\n"
        + "If that is too late for you, please tell me, and we look for another way.\n" + Link);

    public static readonly (string Shortcut, string Text) Reminder = ("reminder", Hello
        + "on {{ promise.said }} you kindly said{% if promise.due %}, for {{ promise.due }}{% endif %}:\n\n    {{ promise.words }}\n\n"
        + "May I ask how it stands? If it is on its way already, thank you, and forget this mail. If something is in the way, tell me, and we see what can be done.\n");
}
