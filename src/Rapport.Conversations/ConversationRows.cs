using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Somebody's name, to be shown and linked.</summary>
public sealed record Named(PartyId Id, string Name, bool IsOrganization);

/// <summary>A conversation in a list, as the reader may see it.</summary>
/// <param name="Excerpt">The beginning of the last text.</param>
/// <param name="Private">Not everybody may read it.</param>
/// <param name="Visibility">Who may: its owner alone, those who took part, some of us, or everyone.</param>
/// <param name="Outline">The reader sees its subject and its people, and not what was said.</param>
public sealed record ConversationRow(
    ConversationId Id, string Subject, ConversationState State, DateTimeOffset? SnoozedUntil, MemberId? Owner, string? OwnerName, Named? Customer,
    DateTimeOffset LastAt, int Count, Channel LastChannel, Direction LastDirection, string LastAuthor, string Excerpt,
    DateTimeOffset? WaitingSince, Named? WaitingPerson, string? Question, bool Automatic, bool Unsure, bool Private, Visibility Visibility, bool Outline)
{
    /// <summary>The words by which conversations about the same kind of matter are found again.</summary>
    public IReadOnlyList<TagRow> Tags { get; init; } = [];

    /// <summary>How much there is of it to see: what is done away with by this row is checked against it.</summary>
    public ConversationSeen Seen { get; init; }

    /// <summary>The team whose mailbox it came into, by whose hours it is put away.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TeamId? Team { get; init; }

    /// <summary>By when we are to speak, and how that came about; null while no clock runs.</summary>
    public ClockReading? Clock { get; init; }
}

/// <summary>Makes rows of conversations with a few queries for any number of them. Where not everybody sees all of one, it is counted anew for the reader.</summary>
internal sealed partial class ConversationRows(RapportDb db, TimeProvider clock)
{
    private const int ExcerptLength = 240, ShortQuestion = 20;

    private sealed record Seen(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Author, string Text, bool Outline);

    /// <summary>In the order given. Those of which the reader may see nothing are left out.</summary>
    public async Task<List<ConversationRow>> OfAsync(IReadOnlyList<Conversation> conversations, Actor by, CancellationToken ct)
    {
        if (conversations.Count == 0) return [];
        var shown = await ShownAsync(conversations, by, ct);
        var parties = conversations.SelectMany(c => new[] { c.Customer, c.WaitingPerson }).OfType<PartyId>().Distinct().ToList();
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new Named(p.Id, p.Name, p is Organization)).ToDictionaryAsync(n => n.Id, ct);
        var owners = await db.NamesOfMembersAsync(conversations.Select(c => c.Owner), ct);

        var tags = await db.TagsOfAsync([.. conversations.Select(c => c.Id)], ct);

        var narrow = conversations.Where(c => c.OnlyFor is not null).Select(c => c.Id).ToList();
        var several = narrow.Count == 0 ? [] : await db.Set<ConversationViewer>().Where(v => EF.Parameter(narrow).Contains(v.Conversation)).Select(v => v.Conversation).Distinct().ToHashSetAsync(ct);

        var calendars = conversations.Any(c => c.DueAt is not null) ? await db.CalendarsAsync(ct) : null;
        var now = clock.GetUtcNow();

        var rows = new List<ConversationRow>();
        foreach (var c in conversations)
        {
            if (!shown.TryGetValue(c.Id, out var s)) continue;
            var waits = c.WaitingFor is not null && s.Question is not null;
            rows.Add(new(
                c.Id, s.Subject, c.State, c.SnoozedUntil, c.Owner, c.Owner is { } owner ? owners.GetValueOrDefault(owner) : null, c.Customer is { } customer ? names.GetValueOrDefault(customer) : null,
                s.Last.At, s.Count, s.Last.Channel, s.Last.Direction, s.Last.Author, Excerpt(s.Last.Text),
                waits ? c.WaitingSince : null, waits && c.WaitingPerson is { } person ? names.GetValueOrDefault(person) : null, waits ? Question(s.Question!) : null,
                c.Automatic, c.Unsure, c.OnlyFor is not null, VisibilityOf(c, several), s.Outline)
                {
                    Seen = new(s.Last.Id, s.Count),
                    Team = c.Team,
                    Tags = s.Outline ? [] : [.. tags[c.Id]],
                    // Where the question is not for the reader's eyes, nobody waits for the reader.
                    Clock = calendars is null || s.Outline || c.WaitingFor is not null && !waits ? null : ClockReading.Of(c, calendars, now),
                });
        }
        return rows;
    }

    private static Visibility VisibilityOf(Conversation c, HashSet<ConversationId> several) =>
        c.OnlyFor is null ? Visibility.Everyone : c.Outlined ? Visibility.Participants : several.Contains(c.Id) ? Visibility.Team : Visibility.Owner;

    private sealed record Shown(Seen Last, int Count, string Subject, string? Question, bool Outline);

    private async Task<Dictionary<ConversationId, Shown>> ShownAsync(IReadOnlyList<Conversation> conversations, Actor by, CancellationToken ct)
    {
        var ids = conversations.SelectMany(c => new[] { (InteractionId?)c.Last, c.WaitingFor }).OfType<InteractionId>().Distinct().ToList();
        var found = await ReadAsync(db.OutlinedFor(by).Where(i => EF.Parameter(ids).Contains(i.Id)), by, ct);
        var shown = new Dictionary<ConversationId, Shown>();
        foreach (var c in conversations.Where(c => !c.Mixed))
            if (found.TryGetValue(c.Last, out var last)) shown[c.Id] = new(last, c.Count, c.Subject, QuestionOf(c), last.Outline);

        // Of these the reader sees a part: its last one, its count and its subject are those of the part.
        foreach (var c in conversations.Where(c => c.Mixed))
        {
            var visible = db.OutlinedFor(by).Where(i => i.Conversation == c.Id);
            if ((await ReadAsync(visible.OrderByDescending(i => i.Id).Take(1), by, ct)).Values.FirstOrDefault() is not { } last) continue;
            var first = await visible.OrderBy(i => i.Id).Select(i => new { i.Subject, i.Channel }).FirstAsync(ct);
            shown[c.Id] = new(last, await visible.CountAsync(ct), SubjectOf(first.Subject, first.Channel), QuestionOf(c), last.Outline);
        }
        return shown;

        // What was recorded without a subject is called by its channel; the conversation's own may be that of something the reader cannot see.
        static string SubjectOf(string own, Channel channel) => MailSubject.Base(own) is { Length: > 0 } subject ? subject : channel == Channel.Email ? "" : ChannelWords.Name(channel);

        string? QuestionOf(Conversation c) => c.WaitingFor is { } asked && found.GetValueOrDefault(asked) is { Outline: false } question ? question.Text : null;
    }

    // What the reader sees in outline only comes without its text.
    private async Task<Dictionary<InteractionId, Seen>> ReadAsync(IQueryable<Interaction> interactions, Actor by, CancellationToken ct)
    {
        var read = await interactions.Select(i => new Seen(i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, i.Text.Substring(0, 2000), i.Outlined)).ToListAsync(ct);
        var outlines = await db.OnlyOutlinedAsync(read.Where(s => s.Outline).Select(s => s.Id), by, ct);
        return read.ToDictionary(s => s.Id, s => outlines.Contains(s.Id) ? s with { Text = "" } : s with { Outline = false });
    }

    internal static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ExcerptLength ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength), "…");
    }

    // The sentence with the question says more than the greeting before it; a very short one says nothing without the one before.
    internal static string Question(string text)
    {
        var sentences = SentenceEnd().Split(AskRule.Own(text)).Select(s => s.Trim()).Where(s => s.Length > 0).ToList();
        var at = sentences.FindIndex(AskRule.Asks);
        if (at < 0) return Excerpt(text);
        return Excerpt(sentences[at].Length < ShortQuestion && at > 0 ? $"{sentences[at - 1]} {sentences[at]}" : sentences[at]);
    }

    // A dot within an address or a number ends nothing.
    [GeneratedRegex(@"(?<=[.!?？。؟！])(?:\s+|(?<=[？。！]))|\n\s*\n", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();
}
