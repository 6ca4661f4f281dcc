using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Dialogue;

/// <summary>Who waits for the reply of a member: in conversations that are theirs, and in those that are nobody's yet.</summary>
public sealed class WaitingToday(RapportDb db, ConversationQueries conversations, DialogueOptions options, TimeProvider clock)
{
    private const int Looked = 100, Shown = 12, KeyShown = 3;

    private sealed record Known(Tier Tier, bool Pays, int Rank);

    private sealed record Candidate(ConversationId Id, DateTimeOffset Since, TeamId? Team, PartyId? Person, Known? Asking, Known? For)
    {
        /// <summary>Who comes first of the one who asked and whom it is about.</summary>
        public Known Who { get; } = new[] { For, Asking }.OfType<Known>().MinBy(k => k.Rank) ?? new(Tier.None, false, CustomerRank.Last);
    }

    /// <summary>The lines, how many conversations and how many people wait, and how many have waited for longer than is listed.</summary>
    public async Task<(IReadOnlyList<WaitingLine> Lines, int Count, int People, int Old)> RunAsync(Calendars calendars, Actor by, CancellationToken ct)
    {
        var (recent, old, keyOld) = await CandidatesAsync(by, ct);
        if (recent.Count + old.Count == 0) return ([], 0, 0, 0);
        var chosen = Order([.. recent, .. keyOld], calendars.Ours).Take(Shown).ToList();
        var lines = await LinesAsync(chosen, calendars, by, ct);
        List<Candidate> counted = [.. recent, .. keyOld];
        // Whom nobody knows by now is somebody all the same.
        return (lines, counted.Count, counted.Select(c => c.Person?.Value ?? c.Id.Value).Distinct().Count(), old.Count - keyOld.Count);
    }

    /// <summary>How many wait, as Today counts them.</summary>
    public async Task<int> CountAsync(Actor by, CancellationToken ct)
    {
        var (recent, _, keyOld) = await CandidatesAsync(by, ct);
        return recent.Count + keyOld.Count;
    }

    private async Task<(List<Candidate> Recent, List<Candidate> Old, List<Candidate> KeyOld)> CandidatesAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - options.WaitingIsOld;
        var recent = new List<Candidate>();
        var old = new List<Candidate>();
        foreach (var owner in new MemberId?[] { by.Id, null })
        {
            var theirs = db.WaitingFor(by).NotPutAway(now).Where(c => c.Owner == owner);
            recent.AddRange(await Candidates(theirs.Where(c => c.WaitingSince >= since).OrderBy(c => c.WaitingSince).ThenBy(c => c.Id)).ToListAsync(ct));
            old.AddRange(await Candidates(theirs.Where(c => c.WaitingSince < since).OrderByDescending(c => c.WaitingSince).ThenBy(c => c.Id)).ToListAsync(ct));
        }
        return (recent, old, [.. old.Where(c => c.Who.Tier is Tier.A or Tier.B).OrderBy(c => c.Who.Rank).ThenByDescending(c => c.Since).Take(KeyShown)]);
    }

    // Longest first by the working day; where two tie, the higher tier and who pays (W2).
    private static IEnumerable<Candidate> Order(List<Candidate> all, BusinessCalendar calendar) =>
        all.OrderBy(c => LocalTime.DateOf(c.Since, calendar.Zone)).ThenBy(c => c.Who.Rank).ThenBy(c => c.Since);

    // One look at each party says both whether they are off the page and what comes first.
    private IQueryable<Candidate> Candidates(IQueryable<Conversation> waiting)
    {
        var off = TodayQueries.Off;
        return (from c in waiting
                from person in db.Set<Party>().Where(p => p.Id == c.WaitingPerson).DefaultIfEmpty()
                from customer in db.Set<Party>().Where(p => p.Id == c.Customer).DefaultIfEmpty()
                where (person == null || !off.Contains(person.Who)) && (customer == null || !off.Contains(customer.Who))
                select new Candidate(
                    c.Id, c.WaitingSince!.Value, c.Team, c.WaitingPerson,
                    person == null ? null : new Known(person.Tier, person.Pays, person.Rank), customer == null ? null : new Known(customer.Tier, customer.Pays, customer.Rank))).Take(Looked);
    }

    private async Task<List<WaitingLine>> LinesAsync(List<Candidate> chosen, Calendars calendars, Actor by, CancellationToken ct)
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
               let calendar = calendars.Of(c.Team)
               let days = calendar.WorkingDaysBetween(LocalTime.DateOf(c.Since, calendar.Zone), LocalTime.DateOf(now, calendar.Zone))
               select new WaitingLine(
                   c.Id, row.Subject, row.WaitingPerson, row.Customer == row.WaitingPerson ? null : row.Customer, c.Since, WorkingTime.Say(calendar, c.Since, now), row.Question,
                   c.Who.Tier, c.Who.Pays, days > options.Allowed(c.Who.Tier),
                   c.Person is { } person ? addresses[person].FirstOrDefault() : null, row.Owner == me) { Clock = row.Clock, Seen = row.Seen },
        ];
    }
}
