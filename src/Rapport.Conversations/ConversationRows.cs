using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Somebody's name, to be shown and linked.</summary>
public sealed record Named(PartyId Id, string Name, bool IsOrganization);

/// <summary>A conversation in a list, as the reader may see it.</summary>
/// <param name="Excerpt">The beginning of the last text.</param>
/// <param name="Private">Not everybody may see it.</param>
public sealed record ConversationRow(
    ConversationId Id, string Subject, ConversationState State, DateTimeOffset? SnoozedUntil, MemberId? Owner, string? OwnerName, Named? Customer,
    DateTimeOffset LastAt, int Count, Channel LastChannel, Direction LastDirection, string LastAuthor, string Excerpt,
    DateTimeOffset? WaitingSince, Named? WaitingPerson, string? Question, bool Automatic, bool Unsure, bool Private);

/// <summary>Makes rows of conversations with a few queries for any number of them. Where not everybody sees all of one, it is counted anew for the reader.</summary>
internal sealed class ConversationRows(RapportDb db)
{
    private const int ExcerptLength = 240;

    private sealed record Seen(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Author, string Text, string Subject);

    /// <summary>In the order given. Those of which the reader may see nothing are left out.</summary>
    public async Task<List<ConversationRow>> OfAsync(IReadOnlyList<Conversation> conversations, Actor by, CancellationToken ct)
    {
        if (conversations.Count == 0) return [];
        var shown = await ShownAsync(conversations, by, ct);
        var parties = conversations.SelectMany(c => new[] { c.Customer, c.WaitingPerson }).OfType<PartyId>().Distinct().ToList();
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new Named(p.Id, p.Name, p is Organization)).ToDictionaryAsync(n => n.Id, ct);
        var owners = await db.NamesOfMembersAsync(conversations.Select(c => c.Owner), ct);

        var rows = new List<ConversationRow>();
        foreach (var c in conversations)
        {
            if (!shown.TryGetValue(c.Id, out var s)) continue;
            var waits = c.WaitingFor is not null && s.Question is not null;
            rows.Add(new(
                c.Id, s.Subject, c.State, c.SnoozedUntil, c.Owner, c.Owner is { } owner ? owners.GetValueOrDefault(owner) : null, c.Customer is { } customer ? names.GetValueOrDefault(customer) : null,
                s.Last.At, s.Count, s.Last.Channel, s.Last.Direction, s.Last.Author, Excerpt(s.Last.Text),
                waits ? c.WaitingSince : null, waits && c.WaitingPerson is { } person ? names.GetValueOrDefault(person) : null, waits ? Question(s.Question!) : null,
                c.Automatic, c.Unsure, c.OnlyFor is not null));
        }
        return rows;
    }

    private sealed record Shown(Seen Last, int Count, string Subject, string? Question);

    private async Task<Dictionary<ConversationId, Shown>> ShownAsync(IReadOnlyList<Conversation> conversations, Actor by, CancellationToken ct)
    {
        var ids = conversations.SelectMany(c => new[] { (InteractionId?)c.Last, c.WaitingFor }).OfType<InteractionId>().Distinct().ToList();
        var found = (await Select(db.InteractionsFor(by).Where(i => EF.Parameter(ids).Contains(i.Id))).ToListAsync(ct)).ToDictionary(s => s.Id);
        var shown = new Dictionary<ConversationId, Shown>();
        foreach (var c in conversations.Where(c => !c.Mixed))
            if (found.TryGetValue(c.Last, out var last)) shown[c.Id] = new(last, c.Count, c.Subject, c.WaitingFor is { } f ? found.GetValueOrDefault(f)?.Text : null);

        // Of these the reader sees a part: its last one, its count and its subject are those of the part.
        foreach (var c in conversations.Where(c => c.Mixed))
        {
            var visible = db.InteractionsFor(by).Where(i => i.Conversation == c.Id);
            if (await Select(visible.OrderByDescending(i => i.Id)).FirstOrDefaultAsync(ct) is not { } last) continue;
            var first = await visible.OrderBy(i => i.Id).Select(i => i.Subject).FirstAsync(ct);
            var subject = MailSubject.Base(first) is { Length: > 0 } own ? own : c.OnlyFor is null ? c.Subject : "";
            shown[c.Id] = new(last, await visible.CountAsync(ct), subject, c.WaitingFor is { } f ? found.GetValueOrDefault(f)?.Text : null);
        }
        return shown;
    }

    private static IQueryable<Seen> Select(IQueryable<Interaction> interactions) =>
        interactions.Select(i => new Seen(i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, i.Text.Substring(0, 2000), i.Subject));

    internal static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ExcerptLength ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength), "…");
    }

    // The sentence with the question says more than the greeting before it.
    internal static string Question(string text)
    {
        var sentences = text.Replace('\n', ' ').Split(SentenceEnds, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var at = 0;
        foreach (var sentence in sentences)
        {
            at = text.Replace('\n', ' ').IndexOf(sentence, at, StringComparison.Ordinal) + sentence.Length;
            var whole = at < text.Length ? sentence + text[at] : sentence;
            if (AskRule.Asks(whole)) return Excerpt(whole);
        }
        return Excerpt(text);
    }

    private static readonly char[] SentenceEnds = ['.', '!', '?', '？', '。', '؟', '！'];
}
