using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Members;
using Rapport.Members.Pages;

namespace Rapport.Conversations.Pages;

/// <summary>From where somebody came to write.</summary>
internal sealed record WriteFrom(string? Draft, string? Answers, string? Kind, string? Conversation, string? Party, string? To);

/// <summary>What the page on which a mail is written shows, and what its buttons do.</summary>
internal sealed class WriteMail(RapportDb db, StartDraft start, KeepDraft keep, SendDraft send, FillText fill, SavedTexts texts, ConversationDetails details, DeliveredMails delivered, IEnumerable<IGoWithMail> goes)
{
    private const int MostUnseen = 5;

    public WriteTyped Input { get; private set; } = new();
    public Faults Faults { get; } = new();
    public bool Gone { get; private set; }
    public bool MovedOn { get; private set; }
    public IReadOnlyList<WritingMailbox> Mailboxes { get; private set; } = [];
    public IReadOnlyList<DraftFile> Files { get; private set; } = [];
    public IReadOnlyList<MessageDetail> Unseen { get; private set; } = [];
    public IReadOnlyList<Choice> Texts { get; private set; } = [];
    public string? Stopped { get; private set; }
    /// <summary>What sending it records besides.</summary>
    public List<string> Records { get; } = [];
    public DateTimeOffset? SendAt { get; private set; }
    /// <summary>From here on what was said in its conversation may not be shown; null when it is in none.</summary>
    public long? Since { get; private set; }

    /// <summary>Shows a draft, or begins one from where somebody came.</summary>
    public async Task OpenAsync(WriteTyped? typed, WriteFrom from, Actor by, CancellationToken ct)
    {
        var now = await db.ChangesNowAsync(ct);
        Mailboxes = await start.MailboxesAsync(by, ct);
        Texts = [.. (await texts.ListAsync(ct)).Select(t => new Choice(t.Id.ToString(), t.Shortcut.Length > 0 ? $"{t.Name} (;{t.Shortcut})" : t.Name))];
        if (typed is not null) Input = typed;
        else if (from.Draft is not null) await OpenDraftAsync(from.Draft, by, ct);
        else if (await BeginAsync(from, by, ct) is { } began) Input = WriteTyped.Of(start.NewId(), began.Words);
        else Gone = true;
        Since = Input.Conversation is { Length: > 0 } ? now : null;
        if (Gone || !IId<DraftId>.TryParse(Input.Draft, null, out var id) || !await db.DraftsOf(by).AnyAsync(d => d.Id == id, ct)) return;
        Files = await db.FilesOfAsync(id, ct);
        foreach (var each in goes)
            if (await each.SayAsync(id, ct) is { } said) Records.Add(said);
    }

    /// <summary>Does what was asked for; gives where to go on, null to stay and mend.</summary>
    public async Task<string?> SubmitAsync(WriteTyped input, IReadOnlyList<WrittenFile> files, LocalTime local, HttpContext http)
    {
        var (by, ct) = (http.Actor(), http.RequestAborted);
        if (!IId<DraftId>.TryParse(input.Draft, null, out var id)) { Gone = true; return null; }
        if (input.Do == "discard") return await DiscardAsync(id, http, by, ct);
        // Kept before anything else, so that nothing is lost whatever comes of it.
        if (await keep.RunAsync(id, input.Words, files, by, ct) is { } unkept) return unkept.Code == "draft.sent" ? await SentAlreadyAsync(id, http, ct) : Stay(unkept);
        if (input.Do?.StartsWith("remove-", StringComparison.Ordinal) == true && int.TryParse(input.Do[7..], CultureInfo.InvariantCulture, out var position)) Faults.Take(await keep.DetachAsync(id, position, by, ct));
        Files = await db.FilesOfAsync(id, ct);
        if (input.Do == "insert" && await InsertAsync(id, input, by, ct) is { } hole) return Stay(hole);
        if (input.Do == "later") return await LaterAsync(id, input, local, http, by, ct);
        if (!input.Sends) { Toasts.Leave(http, "Kept as a draft."); return $"/write/{id}"; }
        db.ChangeTracker.Clear();
        return (await send.RunAsync(id, by, ct)).Succeeded(out var sent, out var refusal) ? Sent(sent, http) : refusal.Code switch
        {
            "draft.sent" => await SentAlreadyAsync(id, http, ct),
            "conversation.moved-on" => await ShowUnseenAsync(input, refusal, by, ct),
            _ => Stay(refusal),
        };
    }

    private async Task OpenDraftAsync(string text, Actor by, CancellationToken ct)
    {
        if (!IId<DraftId>.TryParse(text, null, out var id) || await db.DraftsOf(by).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft) { Gone = true; return; }
        (Input, Stopped, SendAt) = (WriteTyped.Of(draft), draft.Stopped, draft.SendAt);
    }

    private async Task<DraftStart?> BeginAsync(WriteFrom from, Actor by, CancellationToken ct)
    {
        var kind = Enum.TryParse<DraftKind>(from.Kind, true, out var given) && given == DraftKind.AnswerToAll ? given : DraftKind.Answer;
        ConversationId? conversation = IId<ConversationId>.TryParse(from.Conversation, null, out var inside) ? inside : null;
        InteractionId? answers = long.TryParse(from.Answers, CultureInfo.InvariantCulture, out var message) ? new(message) : conversation is { } one ? await start.AnsweredAsync(one, by, ct) : null;
        if (answers is { } id) return await start.FromAsync(id, kind, by, ct);
        return await start.ToAsync(IId<PartyId>.TryParse(from.Party, null, out var party) ? party : null, from.To, conversation, by, ct);
    }

    private async Task<Refusal?> InsertAsync(DraftId id, WriteTyped input, Actor by, CancellationToken ct)
    {
        if (!(await fill.IntoAsync(input.Words, input.Saved, by, ct)).Succeeded(out var filled, out var refusal)) return refusal;
        (input.Text, input.Subject) = (filled.Text, filled.Subject);
        return await keep.RunAsync(id, input.Words, [], by, ct);
    }

    private async Task<string?> LaterAsync(DraftId id, WriteTyped input, LocalTime local, HttpContext http, Actor by, CancellationToken ct)
    {
        if (input.Moment(local) is not { } at) return Stay(Refusal.Invalid("at.unread", "Write a day and a time, like 2026-11-23T10:00.", "sendAt"));
        if (await send.LaterAsync(id, at, by, ct) is { } refusal) return Stay(refusal);
        Toasts.Leave(http, $"It goes out {HumanTime.Say(at, local)}.");
        return input.Conversation is { Length: > 0 } conversation ? $"/conversations/{conversation}" : "/outgoing";
    }

    private async Task<string?> DiscardAsync(DraftId id, HttpContext http, Actor by, CancellationToken ct)
    {
        // What was never kept is gone as it is.
        if (await keep.DiscardAsync(id, by, ct) is { Kind: not RefusalKind.Missing } refusal) return refusal.Code == "draft.sent" ? await SentAlreadyAsync(id, http, ct) : Stay(refusal);
        Toasts.Leave(http, "Discarded.");
        return "/outgoing";
    }

    private async Task<string?> ShowUnseenAsync(WriteTyped input, Refusal refusal, Actor by, CancellationToken ct)
    {
        MovedOn = true;
        Faults.Take(refusal);
        if (input.Words is not { Conversation: { } conversation, Seen: { } seen }) return null;
        var now = await ConversationSeen.OfAsync(db, await db.NowAsync(conversation, ct), by, ct);
        var came = await db.LastTakenAsync(conversation, Math.Clamp(now.Count - seen.Count, 0, MostUnseen), by, ct);
        if (await details.FindAsync(conversation, null, Kernel.Web.Page<MessageDetail>.Usual, by, ct) is { } found) Unseen = [.. found.Messages.Where(m => seen.Last < m.Id || came.Contains(m.Id)).TakeLast(MostUnseen)];
        input.See(now);
        return null;
    }

    private string Sent(MailSent sent, HttpContext http)
    {
        Toasts.Leave(http, "Sent. It leaves in a few seconds.", $"/do/mails/{sent.Interaction}/take-back",
            delivered.AreKept ? new("This is the demo: see what they would have got", $"/outgoing/delivered/{sent.Interaction}") : null);
        return $"/conversations/{sent.Conversation}";
    }

    private async Task<string?> SentAlreadyAsync(DraftId id, HttpContext http, CancellationToken ct)
    {
        Toasts.Leave(http, "It was sent already, once.");
        var conversation = await (from d in db.Set<Draft>() where d.Id == id join i in db.Set<Interaction>() on d.SentAs equals i.Id select (ConversationId?)i.Conversation).SingleOrDefaultAsync(ct);
        return conversation is { } there ? $"/conversations/{there}" : "/outgoing";
    }

    private string? Stay(Refusal refusal)
    {
        Faults.Take(refusal);
        return null;
    }
}
