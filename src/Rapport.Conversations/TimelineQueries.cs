using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>What a timeline is narrowed to; null does not narrow.</summary>
public sealed record TimelineFilter
{
    /// <summary>How it was said.</summary>
    public Channel? Channel { get; init; }
    /// <summary>Who spoke to whom.</summary>
    public Direction? Direction { get; init; }
    /// <summary>Words it must have, in any capitals and with or without accents; the last may be only begun.</summary>
    public string? Words { get; init; }
    /// <summary>Also what robots and newsletters sent.</summary>
    public bool Automatic { get; init; }
}

/// <summary>One thing on a timeline.</summary>
/// <param name="HasMore">There is more than <paramref name="Text"/>: it is long, or its original has history.</param>
/// <param name="Private">Not everybody may read it.</param>
/// <param name="Outline">The reader sees its subject and its people, and not what was said.</param>
public sealed record TimelineEntry(
    InteractionId Id, ConversationId Conversation, string ConversationSubject, Channel Channel, Direction Direction, Voice Voice, DateTimeOffset At, int? Minutes,
    string Subject, string Text, bool HasMore, PartyId? Author, string AuthorName, bool Asks, int AttachmentCount, bool Private, bool Outline);

/// <summary>What was said with one party, on all channels.</summary>
public sealed class TimelineQueries(RapportDb db)
{
    /// <summary>How much of a text a timeline carries; the conversation has the rest.</summary>
    public const int LongestText = 4_000;

    /// <summary>Newest first. One range of the participants, whatever the party and however much was said with it.</summary>
    public async Task<Page<TimelineEntry>> OfAsync(PartyId party, TimelineFilter filter, string? after, int size, Actor by, CancellationToken ct)
    {
        var before = Cursor.Parse(after, 1) is { } cursor && long.TryParse(cursor.Values[0], CultureInfo.InvariantCulture, out var key) ? new InteractionId(key) : new(long.MaxValue);
        // A party can have two parts in one interaction; one row more for each is enough for the next page to be told.
        // Words are looked for only in what the reader may read.
        var visible = string.IsNullOrWhiteSpace(filter.Words) ? db.OutlinedFor(by) : db.InteractionsFor(by);
        var rows = await RowsAsync(party, filter, before, Narrow(visible, filter), size, ct);
        var outlines = await db.OnlyOutlinedAsync(rows.Where(r => r.Outline).Select(r => r.Id), by, ct);
        var entries = rows.DistinctBy(r => r.Id).Select(r => outlines.Contains(r.Id) ? r with { Text = "", Minutes = null, HasMore = false, Asks = false, AttachmentCount = 0 } : r with { Outline = false }).ToList();
        return Page<TimelineEntry>.Of(entries.Count > size + 1 ? entries[..(size + 1)] : entries, size, e => new Cursor(e.Id.ToString()));
    }

    private async Task<List<TimelineEntry>> RowsAsync(PartyId party, TimelineFilter filter, InteractionId before, IQueryable<Interaction> narrowed, int size, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(filter.Words)) return await Entries(party, before, narrowed).Take(2 * size + 2).ToListAsync(ct);
        var rows = new List<TimelineEntry>();
        await foreach (var having in db.WithWordsAsync(party, filter.Words, before, ct))
        {
            if (having.Count > 0) rows.AddRange(await Entries(party, before, narrowed.Where(i => having.Contains(i.Id))).Take(2 * size + 2).ToListAsync(ct));
            if (rows.DistinctBy(r => r.Id).Count() > size) break;
        }
        return rows;
    }

    private IQueryable<TimelineEntry> Entries(PartyId party, InteractionId before, IQueryable<Interaction> visible)
    {
        var range = db.Set<Participant>().Where(p => p.Party == party && p.Interaction < before);
        return from p in range
               join i in visible on p.Interaction equals i.Id
               join c in db.Set<Conversation>() on i.Conversation equals c.Id
               orderby p.Interaction descending
               select new TimelineEntry(i.Id, i.Conversation, c.Mixed ? i.Subject : c.Subject, i.Channel, i.Direction, i.Voice, i.At, i.Minutes, i.Subject, i.Text.Substring(0, LongestText),
                   i.HasMore || i.Text.Length > LongestText, i.Author, i.AuthorName, i.Asks, i.AttachmentCount, i.OnlyFor != null, i.Outlined);
    }

    private static IQueryable<Interaction> Narrow(IQueryable<Interaction> all, TimelineFilter filter)
    {
        if (!filter.Automatic) all = all.Where(i => i.Voice != Voice.Automatic);
        if (filter.Channel is { } channel) all = all.Where(i => i.Channel == channel);
        if (filter.Direction is { } direction) all = all.Where(i => i.Direction == direction);
        return all;
    }
}
