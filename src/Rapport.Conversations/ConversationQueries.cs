using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

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

/// <summary>Which clocks a list looks at.</summary>
public enum ConversationDue
{
    /// <summary>Their time is over.</summary>
    Late,
    /// <summary>Less than two business hours are left, of ours or of the team it belongs to; not those that are late.</summary>
    Soon,
    /// <summary>Every one that runs.</summary>
    Any,
}

/// <summary>What a list of conversations is narrowed to; null does not narrow.</summary>
public sealed record ConversationFilter
{
    /// <summary>Which part of the inbox; all of it when null.</summary>
    public ConversationView? View { get; init; }
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

    /// <summary>It has the tag with this key.</summary>
    public string? Tag { get; init; }

    /// <summary>Only where a clock runs and is so near its end, the nearest first; those put away are left out until their time.</summary>
    public ConversationDue? Due { get; init; }

    internal bool Waits => Waiting || View == ConversationView.NeedsUs;
}

/// <summary>Reads conversations.</summary>
public sealed class ConversationQueries(RapportDb db, TimeProvider clock)
{
    private const int Seldom = 5_000;

    /// <summary>Conversations, the last spoken in first; those that wait, the longest waiting first; those put away, the next to come back first.</summary>
    public async Task<Page<ConversationRow>> ListAsync(ConversationFilter filter, string? after, int size, Actor by, CancellationToken ct)
    {
        var order = ConversationOrder.Of(filter);
        var ranges = await RangesAsync(filter, by, ct);
        if (ranges.Count == 0) return new([], null);
        var found = await ranges.Select(r => order.After(r, after).Take(size + 1)).Aggregate(Queryable.Concat).ToListAsync(ct);
        if (ranges.Count > 1) found = [.. order.Sort(found).Take(size + 1)];
        var next = found.Count <= size ? null : order.CursorOf(found[size - 1]);
        return new(await new ConversationRows(db, clock).OfAsync(found.Count <= size ? found : found[..size], by, ct), next);
    }

    /// <summary>How many conversations are in parts of the inbox, each counted up to a limit: what one looks at first needs no exact figure. In one statement, because a page shows six of them.</summary>
    public async Task<IReadOnlyDictionary<ConversationView, int>> CountAsync(IReadOnlyList<ConversationView> views, int most, Actor by, CancellationToken ct)
    {
        var parts = new List<IQueryable<ConversationView>>();
        foreach (var view in views) parts.AddRange((await CountedAsync(new() { View = view }, by, ct)).Select(c => c.Take(most).Select(_ => view)));
        var counted = await parts.Aggregate(Queryable.Concat).GroupBy(v => v).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return views.ToDictionary(v => v, v => counted.GetValueOrDefault(v));
    }

    /// <summary>How many a list shows, counted up to a limit.</summary>
    public async Task<int> CountAsync(ConversationFilter filter, int most, Actor by, CancellationToken ct)
    {
        var count = 0;
        foreach (var part in await CountedAsync(filter, by, ct))
            if (count < most) count += await part.Take(most - count).CountAsync(ct);
        return count;
    }

    /// <summary>Rows of these conversations, in their order; those the reader may not know of are absent.</summary>
    public async Task<IReadOnlyList<ConversationRow>> ByIdAsync(IReadOnlyList<ConversationId> ids, Actor by, CancellationToken ct)
    {
        var found = await db.ConversationsFor(by).AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return await new ConversationRows(db, clock).OfAsync([.. ids.Where(found.ContainsKey).Select(id => found[id])], by, ct);
    }

    /// <summary>Where a member answers for it, spoke last and ought to speak again by now or soon, the nearest first.</summary>
    public async Task<IReadOnlyList<ConversationRow>> SpeakAgainAsync(MemberId owner, int most, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var theirs = db.ConversationsFor(by).AsNoTracking().NotPutAway(now).Where(c => c.Owner == owner && c.Clock == ClockKind.SpeakAgain);
        var found = new List<Conversation>();
        foreach (var range in ClockReading.DueBySoon(theirs, await db.CalendarsAsync(ct), now)) found.AddRange(await range.OrderByDescending(c => c.DueAt).Take(most).ToListAsync(ct));
        return await new ConversationRows(db, clock).OfAsync([.. found.OrderByDescending(c => c.DueAt).Take(most)], by, ct);
    }

    private async Task<IReadOnlyList<IQueryable<Conversation>>> DueAsync(IQueryable<Conversation> all, ConversationDue due, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var visible = db.InteractionsFor(by);
        var running = all.NotPutAway(now).Where(c => c.DueAt != null && (!c.Outlined || db.ConversationsFor(by).Any(r => r.Id == c.Id)) && (!c.Mixed || c.WaitingFor == null || visible.Any(i => i.Id == c.WaitingFor)));
        return due switch
        {
            ConversationDue.Late => [running.Where(c => c.DueAt <= now)],
            ConversationDue.Soon => ClockReading.DueBySoon(running.Where(c => c.DueAt > now), await db.CalendarsAsync(ct), now),
            ConversationDue.Any => [running],
        };
    }

    private async Task<IReadOnlyList<IQueryable<Conversation>>> RangesAsync(ConversationFilter filter, Actor by, CancellationToken ct)
    {
        var wanted = await WantedAsync(filter, by, ct);
        return filter.View is { } view ? [.. wanted.SelectMany(w => view.Ranges(w, filter, by))] : wanted;
    }

    // Without an order, nothing has to be read apart.
    private async Task<IReadOnlyList<IQueryable<Conversation>>> CountedAsync(ConversationFilter filter, Actor by, CancellationToken ct)
    {
        var wanted = await WantedAsync(filter, by, ct);
        return filter.View is { } view ? [.. wanted.Select(w => view.Of(w, filter, by))] : wanted;
    }

    private async Task<IReadOnlyList<IQueryable<Conversation>>> WantedAsync(ConversationFilter filter, Actor by, CancellationToken ct)
    {
        var wanted = Narrow((filter.Waits ? db.WaitingFor(by).NotPutAway(clock.GetUtcNow()) : db.OutlinesFor(by)).AsNoTracking(), filter);
        if (filter.Channel is { } channel) wanted = await SaidOnAsync(wanted, channel, ct);
        if (filter.Tag is { } tag) wanted = await TaggedAsync(wanted, tag, by, ct);
        return filter.Due is { } due ? await DueAsync(wanted, due, by, ct) : [wanted];
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
            ConversationKind.Human or null => all.Where(c => !c.Automatic && (!c.Unsure || c.State == ConversationState.Closed || c.State == ConversationState.Snoozed)),
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

    // As with channels; whoever sees no more than an outline does not see its tags either.
    private async Task<IQueryable<Conversation>> TaggedAsync(IQueryable<Conversation> all, string tag, Actor by, CancellationToken ct)
    {
        var tagged = db.Set<ConversationTag>().Where(t => t.Tag == tag);
        var read = db.ConversationsFor(by);
        all = all.Where(c => !c.Outlined || read.Any(r => r.Id == c.Id));
        return await tagged.OrderBy(t => t.Conversation).Skip(Seldom).AnyAsync(ct)
            ? all.Where(c => tagged.Any(t => t.Conversation == c.Id))
            : all.Where(c => tagged.Select(t => t.Conversation).Contains(c.Id));
    }
}
