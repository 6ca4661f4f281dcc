using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A mail that a member sends.</summary>
/// <param name="Mailbox">From which mailbox.</param>
/// <param name="To">Whom it is addressed to: addresses with or without names, between commas.</param>
/// <param name="Subject">What it is about; left out in an answer, the subject of what it answers.</param>
/// <param name="Text">The words.</param>
public sealed record MailToSend(MailboxId Mailbox, string? To, string? Subject, string? Text)
{
    /// <summary>Who is in copy.</summary>
    public string? Cc { get; init; }
    /// <summary>Who is in copy without the others seeing it.</summary>
    public string? Bcc { get; init; }
    /// <summary>The conversation it belongs to; that of what it answers, else a new one, when null.</summary>
    public ConversationId? Conversation { get; init; }
    /// <summary>The message it answers or passes on.</summary>
    public InteractionId? Answers { get; init; }
    /// <summary>It passes that message on, instead of answering it.</summary>
    public bool Forward { get; init; }
    /// <summary>What it answers stands beneath it.</summary>
    public bool Quote { get; init; } = true;
    /// <summary>What goes with it.</summary>
    public IReadOnlyList<WrittenFile> Files { get; init; } = [];
    /// <summary>What its writer has seen of the conversation: with anything else in it, it is not sent (V10). Null does not ask.</summary>
    public ConversationSeen? Seen { get; init; }
    /// <summary>What calendars say to each other by it.</summary>
    internal string? Calendar { get; init; }
    /// <summary>No person wrote it, and nobody is to answer it automatically (V6).</summary>
    public bool Automatic { get; init; }
}

/// <summary>How much of a conversation somebody has seen: its newest message, and how many there were.</summary>
public readonly record struct ConversationSeen(InteractionId Last, int Count)
{
    /// <summary>As pages carry and compare it.</summary>
    [JsonIgnore]
    public string Mark => $"{Last}/{Count}";

    /// <summary>What a form carries; null when it carries none. What is no mark has seen nothing.</summary>
    internal static ConversationSeen? Read(string? mark)
    {
        if (string.IsNullOrEmpty(mark)) return null;
        return mark.Split('/') is [var last, var count] && long.TryParse(last, CultureInfo.InvariantCulture, out var id) && int.TryParse(count, CultureInfo.InvariantCulture, out var many) ? new(new(id), many) : default(ConversationSeen);
    }

    /// <summary>All that the actor may know of now.</summary>
    public static async Task<ConversationSeen> OfAsync(RapportDb db, ConversationId id, Actor by, CancellationToken ct) =>
        await db.OutlinedFor(by).Where(i => i.Conversation == id).GroupBy(i => i.Conversation).Select(g => new { Last = g.Max(i => i.Id), Count = g.Count() }).SingleOrDefaultAsync(ct) is { } now ? new(now.Last, now.Count) : default;

    /// <summary>The same of a conversation that was just read, as lists count it.</summary>
    internal static async Task<ConversationSeen> OfAsync(RapportDb db, Conversation conversation, Actor by, CancellationToken ct) =>
        conversation.Mixed ? await OfAsync(db, conversation.Id, by, ct) : new(conversation.Last, conversation.Count);
}

internal static class ConversationSeenQueries
{
    /// <summary>Refuses to do away with what nobody looked at: something was said or moved since the actor saw it. Null asks nothing.</summary>
    public static async Task<Refusal?> MovedOnAsync(this RapportDb db, Conversation conversation, ConversationSeen? seen, Actor by, CancellationToken ct) =>
        seen is null || await ConversationSeen.OfAsync(db, conversation, by, ct) == seen ? null : Refusal.Conflict("conversation.moved-on", "Something was said or moved in it since you looked. Read it first; then do it all the same.");

    /// <summary>What came into a conversation last, whenever it was written: a mail that was long on its way stands among those that were seen.</summary>
    public static Task<List<InteractionId>> LastTakenAsync(this RapportDb db, ConversationId id, int count, Actor by, CancellationToken ct) =>
        db.OutlinedFor(by).Where(i => i.Conversation == id && i.Intake != null).OrderByDescending(i => i.Intake).Select(i => i.Id).Take(count).ToListAsync(ct);
}

/// <summary>A mail that is on its way.</summary>
/// <param name="Interaction">What was said by it.</param>
/// <param name="Conversation">Where.</param>
/// <param name="DueAt">It leaves then; until then it can be taken back.</param>
public readonly record struct MailSent(InteractionId Interaction, ConversationId Conversation, DateTimeOffset DueAt);
