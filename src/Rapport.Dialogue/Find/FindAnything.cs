using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Dialogue;

/// <summary>A person, organisation, conversation or commitment that was found by its name.</summary>
/// <param name="Id">Its id, of the kind of the group it stands in.</param>
/// <param name="Title">Its name, subject or words.</param>
/// <param name="Detail">A line beneath: title and organisation, a date.</param>
public sealed record FoundThing(Guid Id, string Title, string Detail);

/// <summary>A conversation in which the words were said; the newest message that has them.</summary>
/// <param name="Said">The part of the message with the words, in pieces.</param>
public sealed record FoundMessage(ConversationId Conversation, InteractionId Message, string Subject, Channel Channel, DateTimeOffset At, string Author, IReadOnlyList<TextPiece> Said);

/// <summary>Everything that was found, best first in each group; messages newest first, one for each conversation.</summary>
public sealed record Found(IReadOnlyList<FoundThing> People, IReadOnlyList<FoundThing> Organizations, IReadOnlyList<FoundThing> Conversations, IReadOnlyList<FoundMessage> Messages, IReadOnlyList<FoundThing> Commitments)
{
    /// <summary>What is found where nothing is asked, or before it is.</summary>
    public static Found Nothing { get; } = new([], [], [], [], []);

    /// <summary>There is nothing in any group.</summary>
    public bool IsEmpty => People.Count + Organizations.Count + Conversations.Count + Messages.Count + Commitments.Count == 0;
}

/// <summary>The one Find box: people, organisations, conversations and commitments by any scrap, and what was said by its words.</summary>
public sealed class FindAnything(RapportDb db, FindQueries find)
{
    // Candidates of the index that the reader may not see are skipped; so many are looked at before giving up.
    private static readonly int[] Chunks = [60, 240, 960];
    private const int LongestText = 20_000;

    /// <summary>Finds it, at most <paramref name="most"/> in each group.</summary>
    public async Task<Found> RunAsync(string? text, int most, Actor by, CancellationToken ct)
    {
        var query = SearchQuery.Parse(text);
        if (query.IsEmpty) return Found.Nothing;
        var named = await find.FindAsync(Enum.GetValues<SearchKind>(), query, by, most, ct);
        var messages = await MessagesAsync(query, most, by, ct);
        return new(Of(SearchKind.Person), Of(SearchKind.Organization), Of(SearchKind.Conversation), messages, Of(SearchKind.Commitment));

        List<FoundThing> Of(SearchKind kind) => [.. named[kind].Select(h => new FoundThing(h.Key.Ref, h.Title, h.Detail))];
    }

    private sealed record Candidate(InteractionId Id, ConversationId Conversation);

    private async Task<IReadOnlyList<FoundMessage>> MessagesAsync(SearchQuery query, int most, Actor by, CancellationToken ct)
    {
        var seen = new Dictionary<ConversationId, InteractionId>();
        await LookAsync(begun: false);
        if (seen.Count < most) await LookAsync(begun: true);
        return seen.Count == 0 ? [] : await SaidAsync([.. seen.Values.Take(most)], query, by, ct);

        async Task LookAsync(bool begun)
        {
            long? before = null;
            foreach (var size in Chunks)
            {
                var moments = await find.FindMessagesAsync(query, begun, before, size, ct);
                foreach (var one in await VisibleAsync(moments, by, ct)) seen.TryAdd(one.Conversation, one.Id);
                if (seen.Count >= most || moments.Count < size) break;
                before = moments[^1];
            }
        }
    }

    private async Task<List<Candidate>> VisibleAsync(IReadOnlyList<long> moments, Actor by, CancellationToken ct)
    {
        if (moments.Count == 0) return [];
        var ids = moments.Select(m => new InteractionId(m)).ToList();
        return await db.InteractionsFor(by).Where(i => EF.Parameter(ids).Contains(i.Id)).OrderByDescending(i => i.Id).Select(i => new Candidate(i.Id, i.Conversation)).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<FoundMessage>> SaidAsync(List<InteractionId> ids, SearchQuery query, Actor by, CancellationToken ct)
    {
        var visible = db.InteractionsFor(by);
        var said = await (from i in visible
                          where EF.Parameter(ids).Contains(i.Id)
                          join c in db.Set<Conversation>() on i.Conversation equals c.Id
                          orderby i.Id descending
                          select new { i.Id, i.Conversation, Subject = c.Mixed ? i.Subject : c.Subject, i.Channel, i.At, i.AuthorName, Text = i.Text.Substring(0, LongestText) }).ToListAsync(ct);
        return said.ConvertAll(s => new FoundMessage(s.Conversation, s.Id, s.Subject.Length == 0 ? "No subject" : s.Subject, s.Channel, s.At, s.AuthorName, FoundText.Snippet(s.Text, query)));
    }
}
