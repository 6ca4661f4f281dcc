using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using LocalTime = Rapport.Design.LocalTime;

namespace Rapport.Dialogue;

/// <summary>Who has gone quiet (D4) among those a member answers for and those nobody does: a few lines a day, less those already dealt with today.</summary>
public sealed class QuietToday(RapportDb db, TimeProvider clock, DialogueOptions options, LocalTime local)
{
    private const int Looked = 60;

    private sealed record Candidate(PartyId Id, string Name, bool IsOrganization, DateTimeOffset LastContactAt, double GapDays, DateTimeOffset QuietAt, Tier Tier, bool Pays, int Rank);

    /// <summary>The lines: key customers first, then who fell silent last.</summary>
    public async Task<IReadOnlyList<QuietLine>> RunAsync(Actor by, CancellationToken ct)
    {
        var morning = Kernel.Calendar.LocalTime.In(local.Zone, local.Today.ToDateTime(TimeOnly.MinValue));
        var room = options.QuietLinesADay - await db.Set<Rhythm>().CountAsync(r => r.SaidBy == by.Id && r.SaidAt >= morning, ct);
        if (room <= 0) return [];
        var candidates = new List<Candidate>();
        foreach (var owner in new MemberId?[] { by.Id, null }) candidates.AddRange(await CandidatesAsync(owner, ct));
        var chosen = candidates.OrderBy(c => c.Rank).ThenByDescending(c => c.QuietAt).Take(room).ToList();
        return chosen.Count == 0 ? [] : await LinesAsync(chosen, by, ct);
    }

    // People at an organisation are spoken of as the organisation; customers that ended are not spoken of.
    private async Task<List<Candidate>> CandidatesAsync(MemberId? owner, CancellationToken ct)
    {
        var (now, off) = (local.Now, TodayQueries.Off);
        var present = await db.PresentPlacesAsync(clock, ct);
        // By owner as well: PostgreSQL takes the order of the index for that of one owner, but not for that of none.
        return await (from r in db.Set<Rhythm>()
                where r.Owner == owner && r.QuietAt <= now
                join p in db.Set<Party>() on r.Party equals p.Id
                where p.Owner == owner && !off.Contains(p.Who) && p.ArchivedAt == null && p.MergedInto == null
                    && p.Standing != Standing.Former && p.Standing != Standing.NotACustomer
                    && (p is Organization || !present.Any(a => a.Person == p.Id))
                orderby r.Owner descending, r.QuietAt descending
                select new Candidate(p.Id, p.Name, p is Organization, r.LastContactAt!.Value, r.GapDays!.Value, r.QuietAt!.Value, p.Tier, p.Pays, p.Rank)).Take(Looked).ToListAsync(ct);
    }

    private async Task<List<QuietLine>> LinesAsync(List<Candidate> chosen, Actor by, CancellationToken ct)
    {
        var wanted = chosen.ConvertAll(c => c.Id);
        var unanswered = await db.WaitingFor(by).Where(c => EF.Parameter(wanted).Contains(c.Customer!.Value)).Select(c => c.Customer).Distinct().ToListAsync(ct);
        var telephones = (await db.Set<ContactPoint>().Where(c => EF.Parameter(wanted).Contains(c.Party) && c.Kind == ContactKind.Telephone && !c.DoNotUse)
            .OrderByDescending(c => c.Preferred).ThenBy(c => c.Id).Select(c => new { c.Party, c.Value }).ToListAsync(ct)).ToLookup(c => c.Party, c => c.Value);
        return chosen.ConvertAll(c => new QuietLine(c.Id, c.Name, c.IsOrganization, c.LastContactAt, (int)(local.Now - c.LastContactAt).TotalDays, c.GapDays, c.Tier, c.Pays, unanswered.Contains(c.Id), telephones[c.Id].FirstOrDefault()));
    }
}
