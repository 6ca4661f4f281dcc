using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Our hours or holidays changed, or those of a team: every clock is to be set anew.</summary>
internal sealed class HearOfOurHours(RapportDb db) : IHear<InstallationChanged>, IHear<TeamHoursChanged>
{
    public Task HearAsync(InstallationChanged happening, Actor by, CancellationToken ct) => AnewAsync(ct);

    public Task HearAsync(TeamHoursChanged happening, Actor by, CancellationToken ct) => AnewAsync(ct);

    private Task<int> AnewAsync(CancellationToken ct) =>
        db.Set<AnswerTimes>().ExecuteUpdateAsync(s => s.SetProperty(t => t.Rounds, t => t.Rounds + 1).SetProperty(t => t.LookedAt, (ConversationId?)null), ct);
}

/// <summary>A customer has another tier. Where no clock ran by the one before, only who hears of it finds the conversations in which one does now.</summary>
internal sealed class HearOfTiers(RapportDb db, TimeProvider clock) : IHear<TiersChanged>
{
    public async Task HearAsync(TiersChanged happening, Actor by, CancellationToken ct)
    {
        var (customers, fresh) = (happening.Customers.Select(c => (PartyId?)c).ToList(), clock.GetUtcNow() - SetClocks.Fresh);
        var ids = await db.Set<Conversation>().Where(c => EF.Parameter(customers).Contains(c.Customer) && c.LastAt >= fresh && c.MergedInto == null && !c.Automatic && !c.Unsure).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        foreach (var some in ids.Chunk(SetClocksAnew.AtOnce).Select(c => c.ToList()))
        {
            db.ChangeTracker.Clear();
            await new SetClocks(db, clock).AnewAsync(await db.Set<Conversation>().Where(c => EF.Parameter(some).Contains(c.Id)).ToListAsync(ct), ct);
            await db.SaveOrThrowAsync(Actor.Rapport, ct);
        }
    }
}

/// <summary>Sets the clocks anew that are not as they ought to be: all of them when the times, hours or holidays changed, ours or those of a team, a stretch at a time; and those of customers who got another tier.</summary>
public sealed class SetClocksAnew(RapportDb db, TimeProvider clock) : IJob
{
    internal const int AtOnce = 200;
    private const int MostTiers = 2_000;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!await db.Set<AnswerTimes>().AnyAsync(ct))
        {
            db.Add(new AnswerTimes());
            if (await db.SaveAsync(Actor.Rapport, ct) is not null) return;
        }
        while (await NextStretchAsync(ct)) db.ChangeTracker.Clear();
        db.ChangeTracker.Clear();

        // In the order of the index of those that run, which are few beside all that was ever said.
        var changed = await (from c in db.Set<Conversation>() where c.DueAt != null && c.MergedInto == null join p in db.Set<Party>() on c.Customer equals (PartyId?)p.Id where p.Tier != c.ClockTier orderby c.DueAt, c.Id select c.Id).Take(MostTiers).ToListAsync(ct);
        foreach (var some in changed.Chunk(AtOnce)) await SetAsync([.. some], ct);
    }

    // What was changed meanwhile begins a new round; a kill leaves what was done.
    private async Task<bool> NextStretchAsync(CancellationToken ct)
    {
        var times = await db.Set<AnswerTimes>().AsNoTracking().SingleAsync(ct);
        if (times.RoundsDone >= times.Rounds) return false;
        var (fresh, after) = (clock.GetUtcNow() - SetClocks.Fresh, times.LookedAt ?? default);
        var ids = await db.Set<Conversation>().Where(c => c.Id > after && c.MergedInto == null && (c.DueAt != null || c.LastAt >= fresh && !c.Automatic && !c.Unsure)).OrderBy(c => c.Id).Select(c => c.Id).Take(AtOnce).ToListAsync(ct);
        if (!await SetAsync(ids, ct)) return false;
        var (round, done) = (times.Rounds, ids.Count < AtOnce);
        ConversationId? looked = done ? null : ids[^1];
        await db.Set<AnswerTimes>().Where(t => t.Rounds == round).ExecuteUpdateAsync(s => s.SetProperty(t => t.LookedAt, looked).SetProperty(t => t.RoundsDone, t => done ? round : t.RoundsDone), ct);
        return true;
    }

    // False when somebody else changed one of them meanwhile: the next round of the job does these again.
    private async Task<bool> SetAsync(List<ConversationId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return true;
        await new SetClocks(db, clock).AnewAsync(await db.Set<Conversation>().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct), ct);
        return await db.SaveAsync(Actor.Rapport, ct) is null;
    }
}
