using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>Which kind of conversations a list shows.</summary>
public enum ConversationKind
{
    /// <summary>Between human beings.</summary>
    Human,
    /// <summary>Perhaps between human beings: lists, ticket systems.</summary>
    Unsure,
    /// <summary>From robots and newsletters.</summary>
    Automatic,
}

/// <summary>What a list of conversations is narrowed to; null does not narrow.</summary>
public sealed record ConversationFilter
{
    /// <summary>Its state.</summary>
    public ConversationState? State { get; init; }
    /// <summary>Who answers for it.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>With whom: an organisation or a person.</summary>
    public PartyId? Customer { get; init; }
    /// <summary>Only where somebody waits for us, the longest first.</summary>
    public bool Waiting { get; init; }
    /// <summary>Something in it was said on this channel.</summary>
    public Channel? Channel { get; init; }
    /// <summary>The rows shown; those between human beings when null.</summary>
    public ConversationKind? Kind { get; init; }
}

/// <summary>Reads conversations.</summary>
public sealed class ConversationQueries(RapportDb db, TimeProvider clock)
{
    private const int Seldom = 5_000;

    /// <summary>Conversations, the last spoken in first; those that wait, the longest waiting first.</summary>
    public async Task<Page<ConversationRow>> ListAsync(ConversationFilter filter, string? after, int size, Actor by, CancellationToken ct)
    {
        var wanted = Narrow((filter.Waiting ? db.ConversationsFor(by) : db.OutlinesFor(by)).AsNoTracking(), filter);
        if (filter.Channel is { } channel) wanted = await SaidOnAsync(wanted, channel, ct);
        wanted = filter.Waiting ? After(Waiting(wanted, by), Cursor.Parse(after, 2)) : AfterLast(wanted, Cursor.Parse(after, 2));
        var found = await wanted.Take(size + 1).ToListAsync(ct);
        var next = found.Count <= size ? null : new Cursor(Micros(filter.Waiting ? found[size - 1].WaitingSince!.Value : found[size - 1].LastAt), found[size - 1].Id.ToString()).ToString();
        return new(await new ConversationRows(db).OfAsync(found.Count <= size ? found : found[..size], by, ct), next);
    }

    /// <summary>Who waits for our reply, the longest first; snoozed ones are left out until their time.</summary>
    /// <param name="owner">Only those this member answers for; everybody's when null.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="by">The reader.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<ConversationRow>> WaitingConversationsAsync(MemberId? owner, int most, Actor by, CancellationToken ct)
    {
        var wanted = Waiting(db.ConversationsFor(by).AsNoTracking(), by);
        if (owner is not null) wanted = wanted.Where(c => c.Owner == owner);
        return await new ConversationRows(db).OfAsync(await wanted.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id).Take(most).ToListAsync(ct), by, ct);
    }

    /// <summary>Where a party waits for our reply: the person, or anybody of the organisation.</summary>
    public async Task<IReadOnlyList<ConversationRow>> WaitingOfAsync(PartyId party, int most, Actor by, CancellationToken ct)
    {
        var wanted = Waiting(db.ConversationsFor(by).AsNoTracking(), by)
            .Where(c => c.WaitingPerson == party || c.Customer == party || db.Set<Affiliation>().Any(a => a.Organization == party && a.Person == c.WaitingPerson));
        return await new ConversationRows(db).OfAsync(await wanted.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id).Take(most).ToListAsync(ct), by, ct);
    }

    /// <summary>Rows of these conversations, in their order; those the reader may not know of are absent.</summary>
    public async Task<IReadOnlyList<ConversationRow>> ByIdAsync(IReadOnlyList<ConversationId> ids, Actor by, CancellationToken ct)
    {
        var found = await db.ConversationsFor(by).AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return await new ConversationRows(db).OfAsync([.. ids.Where(found.ContainsKey).Select(id => found[id])], by, ct);
    }

    private static IQueryable<Conversation> Narrow(IQueryable<Conversation> all, ConversationFilter filter)
    {
        if (filter.State is { } state) all = all.Where(c => c.State == state);
        if (filter.Owner is { } owner) all = all.Where(c => c.Owner == owner);
        if (filter.Customer is { } customer) all = all.Where(c => c.Customer == customer);
        return filter.Kind switch
        {
            ConversationKind.Automatic => all.Where(c => c.Automatic),
            ConversationKind.Unsure => all.Where(c => c.Unsure),
            ConversationKind.Human or null => all.Where(c => !c.Automatic && !c.Unsure),
        };
    }

    // Where little was said on a channel, the list is made from that little: from the other side, all conversations are walked to fill one page.
    private async Task<IQueryable<Conversation>> SaidOnAsync(IQueryable<Conversation> all, Channel channel, CancellationToken ct)
    {
        var said = db.Set<Interaction>().Where(i => i.Channel == channel && i.Channel != Channel.Email);
        var seldom = channel != Channel.Email && !await said.OrderBy(i => i.Conversation).Skip(Seldom).AnyAsync(ct);
        return seldom
            ? all.Where(c => said.Select(i => i.Conversation).Contains(c.Id))
            : all.Where(c => db.Set<Interaction>().Any(i => i.Conversation == c.Id && i.Channel == channel));
    }

    // Where the question is not for the reader's eyes, nobody waits for the reader.
    private IQueryable<Conversation> Waiting(IQueryable<Conversation> all, Actor by)
    {
        var now = clock.GetUtcNow();
        return all.Where(c => c.WaitingSince != null && (c.SnoozedUntil == null || c.SnoozedUntil <= now) && (!c.Mixed || db.InteractionsFor(by).Any(i => i.Id == c.WaitingFor)));
    }

    private static IQueryable<Conversation> After(IQueryable<Conversation> waiting, Cursor? cursor)
    {
        if (Place(cursor) is { } place)
            waiting = waiting.Where(c => c.WaitingSince > place.At || c.WaitingSince == place.At && c.Id > place.Id);
        return waiting.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id);
    }

    private static IQueryable<Conversation> AfterLast(IQueryable<Conversation> all, Cursor? cursor)
    {
        if (Place(cursor) is { } place)
            all = all.Where(c => c.LastAt < place.At || c.LastAt == place.At && c.Id < place.Id);
        return all.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
    }

    private static (DateTimeOffset At, ConversationId Id)? Place(Cursor? cursor) =>
        cursor is { } c && long.TryParse(c.Values[0], CultureInfo.InvariantCulture, out var micros) && IId<ConversationId>.TryParse(c.Values[1], null, out var id)
            ? (DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), id)
            : null;

    private static string Micros(DateTimeOffset at) => ((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
