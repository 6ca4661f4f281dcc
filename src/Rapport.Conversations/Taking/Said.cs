using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>What the rules of waiting and of clocks need to know of one human interaction.</summary>
internal sealed record Said(InteractionId Id, DateTimeOffset At, Direction Direction, bool Asks, bool Thanks, PartyId? Author, Channel Channel)
{
    // As long as mail servers go on trying. What is read later than that was not late, but old.
    private static readonly TimeSpan Late = TimeSpan.FromDays(5);

    /// <summary>When we could know of it: a mail that came late, or that was read late, was in nobody's sight before.</summary>
    public DateTimeOffset Known { get; init; } = At;

    /// <summary>Those of them who took part in it, ours left out, with the organisations they belong to; nobody when nobody is known.</summary>
    public IReadOnlySet<PartyId> With { get; init; } = new HashSet<PartyId>();

    /// <summary>We said it, or they and we.</summary>
    public bool IsOurs => Direction is Direction.Outbound or Direction.Mutual;

    /// <summary>When something was known that came in then; by when it was said, where that is long before.</summary>
    public static DateTimeOffset KnownAt(DateTimeOffset at, DateTimeOffset? cameIn) => cameIn is { } came && came > at && came - at <= Late ? came : at;

    /// <summary>Whether this word of ours answers what they asked: said afterwards, to one of them or theirs, and not written here before anybody could see it.</summary>
    public bool Answers(Said asked)
    {
        var seen = Channel != Channel.Email || Known > At || asked.Known <= At;
        return IsOurs && asked.Id < Id && seen && (With.Count == 0 || asked.With.Count == 0 || With.Overlaps(asked.With));
    }
}

internal static class SaidQueries
{
    /// <summary>What human beings said in these conversations, besides what we note among ourselves.</summary>
    public static async Task<ILookup<ConversationId, Said>> SaidInAsync(this RapportDb db, IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        var human = db.Set<Interaction>().Where(i => EF.Parameter(conversations).Contains(i.Conversation) && i.Voice == Voice.Human && i.Channel != Channel.Note);
        var said = await (from i in human
                          join x in db.Set<Intake>().Where(x => x.Import == null) on i.Intake equals x.Id into intakes
                          from x in intakes.DefaultIfEmpty()
                          select new { i.Conversation, CameIn = x == null ? null : (DateTimeOffset?)x.ReceivedAt, Said = new Said(i.Id, i.At, i.Direction, i.Asks, i.Thanks, i.Author, i.Channel) }).ToListAsync(ct);
        var with = (await (from i in human
                           where i.Asks || i.Direction == Direction.Outbound || i.Direction == Direction.Mutual
                           join p in db.Set<Participant>() on i.Id equals p.Interaction
                           join who in db.Set<Party>() on p.Party equals who.Id
                           where who.Who != Who.OneOfUs
                           select new { p.Interaction, p.Party }).ToListAsync(ct)).ToLookup(p => p.Interaction, p => p.Party);
        return said.ToLookup(s => s.Conversation, s => s.Said with { Known = Said.KnownAt(s.Said.At, s.CameIn), With = with[s.Said.Id].ToHashSet() });
    }
}
