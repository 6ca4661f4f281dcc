using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Sets the clocks of conversations in which something was said or settled, within the transaction at hand: until when, in our hours or those of the team it belongs to. Known once, it is stored, so that no list computes it.</summary>
internal sealed class SetClocks(RapportDb db, TimeProvider clock)
{
    /// <summary>What was said longer ago, when it is read, starts no clock: nobody was late with a mail of years ago that was imported today.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    /// <summary>Sets those of the given ones that were reckoned.</summary>
    public async Task RunAsync(IEnumerable<Conversation> conversations, CancellationToken ct)
    {
        var reckoned = conversations.Where(c => c.Starting is not null).ToList();
        var fresh = clock.GetUtcNow() - Fresh;
        foreach (var none in reckoned.Where(c => !Runs(c, fresh))) none.SetClock(null, default, null, null);
        reckoned.RemoveAll(c => c.Starting is null);
        if (reckoned.Count == 0) return;

        var calendars = await db.CalendarsAsync(ct);
        var times = await db.Set<AnswerTimes>().AsNoTracking().SingleOrDefaultAsync(ct) is { } said ? said.All : AnswerTimes.Standard;
        var customers = reckoned.Select(c => c.Customer).OfType<PartyId>().Distinct().ToList();
        var tiers = await db.Set<Party>().Where(p => EF.Parameter(customers).Contains(p.Id)).Select(p => new { p.Id, p.Tier }).ToDictionaryAsync(p => p.Id, p => p.Tier, ct);
        foreach (var conversation in reckoned)
        {
            var (start, tier) = (conversation.Starting!.Start!.Value, conversation.Customer is { } customer ? tiers.GetValueOrDefault(customer) : Tier.None);
            var time = AnswerTimes.Of(times, tier, start.Channel, start.Kind);
            conversation.SetClock(start, tier, time?.ToString(), time?.After(calendars.Of(conversation.Team), start.From)?.ToUniversalTime());
        }
    }

    /// <summary>Sets the given ones anew from all that was said in them, because what they are set by is another now.</summary>
    public async Task AnewAsync(IReadOnlyCollection<Conversation> conversations, CancellationToken ct)
    {
        if (conversations.Count == 0) return;
        var said = await db.SaidInAsync([.. conversations.Select(c => c.Id)], ct);
        foreach (var conversation in conversations) conversation.StartClock([.. said[conversation.Id]]);
        await RunAsync(conversations, ct);
    }

    /// <summary>Sets those of all that the deed at hand has touched.</summary>
    public Task OfAllTrackedAsync(CancellationToken ct) => RunAsync([.. db.ChangeTracker.Entries<Conversation>().Select(e => e.Entity)], ct);

    // One that runs goes on, however long ago it started.
    private static bool Runs(Conversation c, DateTimeOffset fresh) => c.Starting!.Start is { } start && (start.From >= fresh || c.Clock == start.Kind && c.ClockFrom == start.From);
}
