using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>Somebody who took part in a message.</summary>
public sealed record MessagePart(PartyId Party, string Name, Part Part, bool Ours);

/// <summary>A file that came with a message.</summary>
public sealed record MessageFile(int Position, string Name, string Type, long Size);

/// <summary>Somebody whom a message did not reach, or not yet, or who complained of it.</summary>
/// <param name="Address">Where it was sent.</param>
/// <param name="News">What became of it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Diagnostic">What the other side said.</param>
/// <param name="Report">The message that reports it; null when the reader may not see that one.</param>
public sealed record Undelivered(string Address, AddressNews News, string Reason, string Status, string Diagnostic, DateTimeOffset At, InteractionId? Report);

/// <summary>One message of a conversation, in full.</summary>
/// <param name="Problem">What was wrong with the mail it was read from, in a sentence.</param>
/// <param name="Private">Not everybody may read it.</param>
/// <param name="Dispatches">Of what went out by us, where it stands for each recipient.</param>
/// <param name="Outline">The reader sees its subject and its people, and not what was said.</param>
public sealed record MessageDetail(
    InteractionId Id, Channel Channel, Direction Direction, Voice Voice, DateTimeOffset At, int? Minutes, string Subject, string Text, PartyId? Author, string AuthorName,
    bool Asks, bool HasMore, bool HasHtml, bool HasSource, string? JoinedBecause, string? Problem, bool Private, bool Outline, IReadOnlyList<MessagePart> Parts, IReadOnlyList<MessageFile> Files, IReadOnlyList<Undelivered> Undelivered, IReadOnlyList<DispatchRow> Dispatches)
{
    /// <summary>How the mail was signed or encrypted, which is not checked; null when it was neither.</summary>
    public MailSeal? Seal { get; init; }

    /// <summary>The meeting that it tells of.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>The reader can answer it: one of their addresses is invited.</summary>
    public bool TakesAnswer { get; init; }

    /// <summary>What became of the meeting since, so that the reader can no longer answer this invitation to it; null when nothing did.</summary>
    public string? Outdated { get; init; }

    /// <summary>Why it was not answered automatically although that was wanted; null when the brake did not hold (V6).</summary>
    public string? HeldAnswer { get; init; }

    // What whoever may not read it sees of it.
    internal MessageDetail Outlined() => this with { HeldAnswer = null, Seal = null, Invitation = null, TakesAnswer = false, Outdated = null, Text = "", Minutes = null, Asks = false, HasMore = false, HasHtml = false, HasSource = false, JoinedBecause = null, Problem = null, Outline = true, Files = [], Undelivered = [], Dispatches = [] };
}

/// <summary>A conversation in full, with a stretch of its messages.</summary>
/// <param name="Row">As lists show it.</param>
/// <param name="Related">The conversation it was split from, or answered as a stranger, when the reader may know of it.</param>
/// <param name="Messages">The newest stretch, oldest first.</param>
/// <param name="Earlier">Pass it as <c>before</c> for what was said earlier; null when this is all.</param>
/// <param name="Version">Its version, for ETags.</param>
public sealed record ConversationDetail(ConversationRow Row, ConversationId? Related, IReadOnlyList<MessageDetail> Messages, string? Earlier, int Version)
{
    /// <summary>The subject of that one.</summary>
    public string? RelatedSubject { get; init; }
}

/// <summary>Reads one conversation.</summary>
public sealed class ConversationDetails(RapportDb db, TimeProvider clock, DispatchQueries ledger)
{
    private const int MostParts = 300;

    /// <summary>The conversation; null when there is none that the reader may know of. One that was merged is read where it went.</summary>
    public async Task<ConversationDetail?> FindAsync(ConversationId id, string? before, int size, Actor by, CancellationToken ct)
    {
        id = await db.NowAsync(id, ct);
        if (await db.OutlinesFor(by).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } conversation) return null;
        if ((await new ConversationRows(db, clock).OfAsync([conversation], by, ct)) is not [var row]) return null;
        var related = conversation.Related is { } other ? await RelatedAsync(other, id, by, ct) : null;

        var until = long.TryParse(before, CultureInfo.InvariantCulture, out var key) ? new InteractionId(key) : new(long.MaxValue);
        var found = await db.OutlinedFor(by).AsNoTracking().Where(i => i.Conversation == id && i.Id < until).OrderByDescending(i => i.Id).Take(size + 1).ToListAsync(ct);
        var earlier = found.Count > size ? found[size - 1].Id.ToString() : null;
        var messages = await MessagesAsync([.. found.Take(size).Reverse()], by, ct);
        var outlines = await db.OnlyOutlinedAsync(found.Where(i => i.Outlined).Select(i => i.Id), by, ct);
        if (outlines.Count > 0) messages = messages.ConvertAll(m => outlines.Contains(m.Id) ? m.Outlined() : m);
        return new(row, related?.Id, messages, earlier, conversation.Version) { RelatedSubject = related?.Subject };
    }

    private async Task<ConversationRow?> RelatedAsync(ConversationId other, ConversationId id, Actor by, CancellationToken ct) =>
        await db.NowAsync(other, ct) is var now && now != id && await db.ConversationsFor(by).AsNoTracking().SingleOrDefaultAsync(c => c.Id == now, ct) is { } found
            ? (await new ConversationRows(db, clock).OfAsync([found], by, ct)).FirstOrDefault() : null;

    /// <summary>One message; null when there is none that the reader may know of.</summary>
    public async Task<(MessageDetail Message, ConversationId Conversation)?> MessageAsync(InteractionId id, Actor by, CancellationToken ct)
    {
        if (await db.InteractionsFor(by).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } interaction) return null;
        return ((await MessagesAsync([interaction], by, ct))[0], interaction.Conversation);
    }

    private async Task<List<MessageDetail>> MessagesAsync(List<Interaction> interactions, Actor by, CancellationToken ct)
    {
        var ids = interactions.ConvertAll(i => i.Id);
        var parts = (await (from p in db.Set<Participant>()
                            where EF.Parameter(ids).Contains(p.Interaction) && p.Part != Part.Organization
                            join who in db.Set<Party>() on p.Party equals who.Id
                            select new { p.Interaction, Part = new MessagePart(p.Party, who.Name, p.Part, who.Who == Who.OneOfUs) }).Take(MostParts * Page<MessageDetail>.Usual).ToListAsync(ct)).ToLookup(p => p.Interaction, p => p.Part);
        var files = (await db.Set<Attachment>().Where(a => EF.Parameter(ids).Contains(a.Interaction)).OrderBy(a => a.Position)
            .Select(a => new { a.Interaction, File = new MessageFile(a.Position, a.Name, a.Type, a.Size) }).ToListAsync(ct)).ToLookup(a => a.Interaction, a => a.File);
        var intakes = interactions.Select(i => i.Intake).OfType<IntakeId>().ToList();
        var problems = await db.Set<Intake>().Where(i => EF.Parameter(intakes).Contains(i.Id) && i.Problem != null).Select(i => new { i.Id, i.Problem }).ToDictionaryAsync(i => i.Id, i => i.Problem, ct);
        var meetings = files.Any(f => f.Any(a => InvitationReader.IsCalendar(a.Type))) ? await new Invitations(db).OfAsync(ids, ct) : [];
        Invitations.Answer(meetings);
        var asked = await new Invitations(db).AskedAsync([.. meetings.Where(m => interactions.Exists(i => i.Id == m.Key && i.Direction == Direction.Inbound))], by, ct);
        var undelivered = await new UndeliveredMail(db).OfAsync(interactions, by, ct);
        var held = await new HeldAnswers(db).OfAsync(ids, ct);
        var ours = interactions.Where(i => i.Channel == Channel.Email && i.Direction is Direction.Outbound or Direction.Internal).Select(i => i.Id).ToList();
        var dispatches = ours.Count == 0 ? Array.Empty<DispatchRow>().ToLookup(d => d.Interaction) : await ledger.OfAsync(ours, by, ct);
        return interactions.ConvertAll(i => new MessageDetail(
            i.Id, i.Channel, i.Direction, i.Voice, i.At, i.Minutes, i.Subject, i.Text, i.Author, i.AuthorName, i.Asks, i.HasMore, i.HasHtml, i.Intake is not null, i.JoinedBecause ?? (i.Channel == Channel.Email && !dispatches.Contains(i.Id) ? "New: it answers no mail that is here." : null),
            i.Intake is { } intake ? problems.GetValueOrDefault(intake) : null, i.OnlyFor is not null, false, [.. parts[i.Id].OrderBy(p => p.Part)], [.. files[i.Id]], [.. undelivered[i.Id]], [.. dispatches[i.Id]])
            { HeldAnswer = held.GetValueOrDefault(i.Id), Seal = i.Seal, Invitation = meetings.GetValueOrDefault(i.Id), TakesAnswer = asked.TryGetValue(i.Id, out var outdated) && outdated is null, Outdated = outdated?.Message });
    }
}
