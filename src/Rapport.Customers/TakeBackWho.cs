using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Takes an answer to "Who is it?" back: everything is as it was, unless somebody has built on it since.</summary>
public sealed class TakeBackWho(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>Null when it was taken back; twice is the same as once.</summary>
    public async Task<Refusal?> RunAsync(WhoSaidId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<WhoSaid>().SingleOrDefaultAsync(w => w.Id == id, ct) is not { } said) return Refusal.Missing("answer");
        if (said.UndoneAt is not null) return null;
        said.UndoneAt = clock.GetUtcNow();

        var changes = said.Read();
        var ids = changes.Before.Keys.Select(PartyId.From).ToList();
        foreach (var party in await db.Parties().Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            if (party.Who == said.Answer) party.Who = changes.Before[party.Id.Value];
        await RemoveAsync(changes, ct);
        return await settle.SaveAsync(ids, by, ct);
    }

    private async Task RemoveAsync(WhoSaidChanges changes, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<Judgement>().Where(j => changes.Judgements.Contains(j.Id)).ToListAsync(ct));
        var places = await db.Set<Affiliation>().Where(a => changes.Affiliations.Contains(a.Id)).ToListAsync(ct);
        foreach (var place in await db.Set<Affiliation>().Where(a => changes.Confirmed.Contains(a.Id)).ToListAsync(ct)) place.Proposed = true;
        foreach (var mine in await db.Set<Relationship>().Where(r => changes.Owned.Contains(r.Id)).ToListAsync(ct)) mine.Owner = null;
        var judgedSince = await db.Set<Judgement>().Where(j => changes.Started.Contains(j.Relationship) && !changes.Judgements.Contains(j.Id)).Select(j => j.Relationship).ToListAsync(ct);
        db.RemoveRange(await db.Set<Relationship>().Where(r => changes.Started.Contains(r.Id) && !judgedSince.Contains(r.Id)).ToListAsync(ct));
        db.RemoveRange(places);
        if (changes.Organization is { } made) await PutAwayAsync(made, places, ct);
    }

    // What came to the organisation since then must not lose it, so it is put away rather than deleted.
    private async Task PutAwayAsync(PartyId made, List<Affiliation> places, CancellationToken ct)
    {
        var ours = places.Select(a => a.Id).ToList();
        if (await db.Set<Affiliation>().AnyAsync(a => a.Organization == made && !ours.Contains(a.Id), ct)) return;
        db.RemoveRange(await db.Set<MailDomain>().Where(d => d.Organization == made).ToListAsync(ct));
        if (await db.Organizations().SingleOrDefaultAsync(o => o.Id == made, ct) is { } organization) organization.ArchivedAt = clock.GetUtcNow();
    }
}
