using System.Globalization;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>The order of a list of conversations, and where in it one goes on.</summary>
internal abstract class ConversationOrder
{
    private static readonly ConversationOrder Last = new LastSaid(), Longest = new LongestWaiting(), Next = new NextBack(), Due = new NextDue();

    public static ConversationOrder Of(ConversationFilter filter) => filter.Due is not null ? Due : filter.Waits ? Longest : filter.View == ConversationView.Snoozed ? Next : Last;

    /// <summary>In order, from after a cursor on; from the start when it is null.</summary>
    public IQueryable<Conversation> After(IQueryable<Conversation> all, string? cursor) => Ordered(Place(Cursor.Parse(cursor, 2)) is { } place ? Beyond(all, place.At, place.Id) : all);

    /// <summary>What several ranges gave, in the same order.</summary>
    public IEnumerable<Conversation> Sort(IEnumerable<Conversation> found) => Ordered(found.AsQueryable());

    public string CursorOf(Conversation last) => new Cursor(Micros(MomentOf(last)), last.Id.ToString()).ToString();

    protected abstract IQueryable<Conversation> Ordered(IQueryable<Conversation> all);

    protected abstract IQueryable<Conversation> Beyond(IQueryable<Conversation> all, DateTimeOffset at, ConversationId id);

    protected abstract DateTimeOffset MomentOf(Conversation conversation);

    private static (DateTimeOffset At, ConversationId Id)? Place(Cursor? cursor) =>
        cursor is { } c && long.TryParse(c.Values[0], CultureInfo.InvariantCulture, out var micros) && IId<ConversationId>.TryParse(c.Values[1], null, out var id)
            ? (DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), id)
            : null;

    private static string Micros(DateTimeOffset at) => ((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    private sealed class LastSaid : ConversationOrder
    {
        protected override IQueryable<Conversation> Ordered(IQueryable<Conversation> all) => all.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
        protected override IQueryable<Conversation> Beyond(IQueryable<Conversation> all, DateTimeOffset at, ConversationId id) => all.Where(c => c.LastAt < at || c.LastAt == at && c.Id < id);
        protected override DateTimeOffset MomentOf(Conversation conversation) => conversation.LastAt;
    }

    private sealed class LongestWaiting : ConversationOrder
    {
        protected override IQueryable<Conversation> Ordered(IQueryable<Conversation> all) => all.OrderBy(c => c.WaitingSince).ThenBy(c => c.Id);
        protected override IQueryable<Conversation> Beyond(IQueryable<Conversation> all, DateTimeOffset at, ConversationId id) => all.Where(c => c.WaitingSince > at || c.WaitingSince == at && c.Id > id);
        protected override DateTimeOffset MomentOf(Conversation conversation) => conversation.WaitingSince!.Value;
    }

    private sealed class NextBack : ConversationOrder
    {
        protected override IQueryable<Conversation> Ordered(IQueryable<Conversation> all) => all.OrderBy(c => c.SnoozedUntil).ThenBy(c => c.Id);
        protected override IQueryable<Conversation> Beyond(IQueryable<Conversation> all, DateTimeOffset at, ConversationId id) => all.Where(c => c.SnoozedUntil > at || c.SnoozedUntil == at && c.Id > id);
        protected override DateTimeOffset MomentOf(Conversation conversation) => conversation.SnoozedUntil!.Value;
    }

    private sealed class NextDue : ConversationOrder
    {
        protected override IQueryable<Conversation> Ordered(IQueryable<Conversation> all) => all.OrderBy(c => c.DueAt).ThenBy(c => c.Id);
        protected override IQueryable<Conversation> Beyond(IQueryable<Conversation> all, DateTimeOffset at, ConversationId id) => all.Where(c => c.DueAt > at || c.DueAt == at && c.Id > id);
        protected override DateTimeOffset MomentOf(Conversation conversation) => conversation.DueAt!.Value;
    }
}
