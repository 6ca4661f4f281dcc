using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Dialogue;

/// <summary>Who waits for the reply of a member: in conversations that are theirs, and in those that are nobody's yet.</summary>
public sealed class WaitingToday(RapportDb db, ConversationQueries conversations, DialogueOptions options, TimeProvider clock)
{
    private const int Looked = 100, Shown = 12, KeyShown = 3;

    private sealed record Candidate(ConversationId Id, DateTimeOffset Since, PartyId? Person, PartyId? Customer);

    private sealed record Known(PartyId Id, Tier Tier, bool Pays, int Rank);

    /// <summary>The lines, how many wait, and how many have waited for longer than is listed.</summary>
    public async Task<(IReadOnlyList<WaitingLine> Lines, int Count, int Old)> RunAsync(BusinessCalendar calendar, Actor by, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - options.WaitingIsOld;
        var recent = new List<Candidate>();
        var old = new List<Candidate>();
        foreach (var owner in new MemberId?[] { by.Id, null })
        {
            var theirs = Waiting(by).Where(c => c.Owner == owner);
            recent.AddRange(await Select(theirs.Where(c => c.WaitingSince >= since).OrderBy(c => c.WaitingSince).ThenBy(c => c.Id), ct));
            old.AddRange(await Select(theirs.Where(c => c.WaitingSince < since).OrderByDescending(c => c.WaitingSince).ThenBy(c => c.Id), ct));
        }
        if (recent.Count + old.Count == 0) return ([], 0, 0);

        var known = await KnownAsync([.. recent, .. old], ct);
        var keyOld = old.Where(c => Of(c, known) is { Tier: Tier.A or Tier.B }).OrderBy(c => Rank(c, known)).ThenByDescending(c => c.Since).Take(KeyShown).ToList();
        var chosen = Order([.. recent, .. keyOld], known, calendar).Take(Shown).ToList();
        var lines = await LinesAsync(chosen, known, calendar, by, ct);
        return (lines, recent.Count + keyOld.Count, old.Count - keyOld.Count);
    }

    // Longest first by the working day; where two tie, the higher tier and who pays (W2).
    private static IEnumerable<Candidate> Order(List<Candidate> all, Dictionary<PartyId, Known> known, BusinessCalendar calendar) =>
        all.OrderBy(c => LocalTime.DateOf(c.Since, calendar.Zone)).ThenBy(c => Rank(c, known)).ThenBy(c => c.Since);

    private IQueryable<Conversation> Waiting(Actor by)
    {
        var (now, off) = (clock.GetUtcNow(), TodayQueries.Off);
        var visible = db.InteractionsFor(by);
        return db.ConversationsFor(by).AsNoTracking()
            .Where(c => c.WaitingSince != null && (c.SnoozedUntil == null || c.SnoozedUntil <= now) && (!c.Mixed || visible.Any(i => i.Id == c.WaitingFor)))
            .Where(c => !db.Set<Party>().Any(p => p.Id == c.WaitingPerson && off.Contains(p.Who)) && !db.Set<Party>().Any(p => p.Id == c.Customer && off.Contains(p.Who)));
    }

    private static Task<List<Candidate>> Select(IQueryable<Conversation> waiting, CancellationToken ct) =>
        waiting.Take(Looked).Select(c => new Candidate(c.Id, c.WaitingSince!.Value, c.WaitingPerson, c.Customer)).ToListAsync(ct);

    private async Task<Dictionary<PartyId, Known>> KnownAsync(List<Candidate> all, CancellationToken ct)
    {
        var ids = all.SelectMany(c => new[] { c.Person, c.Customer }).OfType<PartyId>().Distinct().ToList();
        return await db.Set<Party>().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new Known(p.Id, p.Tier, p.Pays, p.Rank)).ToDictionaryAsync(k => k.Id, ct);
    }

    private static Known? Of(Candidate c, Dictionary<PartyId, Known> known) =>
        new[] { c.Customer, c.Person }.OfType<PartyId>().Select(known.GetValueOrDefault).OfType<Known>().MinBy(k => k.Rank);

    private static int Rank(Candidate c, Dictionary<PartyId, Known> known) => Of(c, known)?.Rank ?? CustomerRank.Last;

    private async Task<List<WaitingLine>> LinesAsync(List<Candidate> chosen, Dictionary<PartyId, Known> known, BusinessCalendar calendar, Actor by, CancellationToken ct)
    {
        var rows = (await conversations.ByIdAsync([.. chosen.Select(c => c.Id)], by, ct)).ToDictionary(r => r.Id);
        var people = chosen.Select(c => c.Person).OfType<PartyId>().Distinct().ToList();
        var addresses = (await db.Set<ContactPoint>().Where(c => EF.Parameter(people).Contains(c.Party) && c.Kind == ContactKind.Email && !c.DoNotUse)
            .OrderByDescending(c => c.Preferred).ThenBy(c => c.Id).Select(c => new { c.Party, c.Given }).ToListAsync(ct)).ToLookup(c => c.Party, c => c.Given);
        var (now, me) = (clock.GetUtcNow(), by.Id);
        return
        [
            .. from c in chosen
               where rows.ContainsKey(c.Id)
               let row = rows[c.Id]
               let who = Of(c, known)
               let days = calendar.WorkingDaysBetween(LocalTime.DateOf(c.Since, calendar.Zone), LocalTime.DateOf(now, calendar.Zone))
               select new WaitingLine(
                   c.Id, row.Subject, row.WaitingPerson, row.Customer == row.WaitingPerson ? null : row.Customer, c.Since, WorkingTime.Say(calendar, c.Since, now), row.Question,
                   who?.Tier ?? Tier.None, who?.Pays ?? false, days > options.Allowed(who?.Tier ?? Tier.None),
                   c.Person is { } person ? addresses[person].FirstOrDefault() : null, row.Owner == me),
        ];
    }
}
