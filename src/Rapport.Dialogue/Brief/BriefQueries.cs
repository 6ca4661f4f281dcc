using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using LocalTime = Rapport.Design.LocalTime;

namespace Rapport.Dialogue;

/// <summary>Makes the brief on a party with a fixed number of queries, each a bounded range of an index.</summary>
public sealed class BriefQueries(RapportDb db, PartyDetails parties, CommitmentQueries commitments, ConversationQueries conversations, BriefChanges changes, TieQueries ties, LocalTime local)
{
    private const int LongestText = 600, Recent = 40, Looked = 300, Questions = 5, Promises = 20;

    /// <summary>The brief; null when there is no such party.</summary>
    public async Task<Brief?> RunAsync(PartyId id, Actor by, CancellationToken ct)
    {
        if (await parties.FindAsync(id, ct) is not { } party) return null;
        var organization = party.Kind == PartyKind.Organization;
        var said = await SaidAsync(id, by, ct);
        var unanswered = await UnansweredAsync(id, organization, by, ct);
        var filter = organization ? new CommitmentFilter(Customer: id) : new CommitmentFilter(With: id);
        var promised = await commitments.ListAsync(filter, null, Promises, by, ct);
        var rhythm = await db.Set<Rhythm>().AsNoTracking().SingleOrDefaultAsync(r => r.Party == id, ct);
        var spoke = said.Find(s => s.Member == by.Id && s.IsOurs) ?? said.Find(s => s.IsOurs);
        var changed = spoke is null ? null : await changes.SinceAsync(spoke.At, party, filter, promised.Items, by, ct);
        var known = party.Questions.Count == 0 ? [] : await ties.OfAsync(id, by, ct);
        var facts = new BriefFacts(party, said, unanswered, promised.Items, rhythm, changed, [.. known.Where(t => t.Member != by.Id)], by.Id);
        return new(id, party.Name, organization, PartySentence.Of(party), local.Now, new BriefSections(facts, local).All());
    }

    // The last contacts; where one side was not heard in them, the last word of that side from a little further back.
    // However much was said with somebody, and however little of it is for the reader's eyes, so many are looked at.
    private async Task<List<SaidThen>> SaidAsync(PartyId party, Actor by, CancellationToken ct)
    {
        var last = await db.Set<Participant>().Where(p => p.Party == party && p.Counts).OrderByDescending(p => p.Interaction).Select(p => p.Interaction).Take(Looked).ToListAsync(ct);
        var recent = new List<SaidThen>();
        foreach (var some in last.Distinct().Chunk(Recent))
        {
            recent.AddRange(await Said(some, by).ToListAsync(ct));
            if (recent.Count >= Recent) break;
        }
        if (recent.Count < Recent / 2) return recent;
        if (!recent.Exists(s => s.Direction == Direction.Inbound) && await Said(last, by).FirstOrDefaultAsync(s => s.Direction == Direction.Inbound, ct) is { } theirs) recent.Add(theirs);
        if (!recent.Exists(s => s.Direction is Direction.Outbound or Direction.Mutual) && await Said(last, by).FirstOrDefaultAsync(s => s.Direction == Direction.Outbound || s.Direction == Direction.Mutual, ct) is { } ours) recent.Add(ours);
        return recent;
    }

    private IQueryable<SaidThen> Said(IReadOnlyList<InteractionId> among, Actor by)
    {
        var visible = db.InteractionsFor(by);
        return from i in visible
               where EF.Parameter(among).Contains(i.Id) && i.Channel != Channel.Note
               join c in db.Set<Conversation>() on i.Conversation equals c.Id
               orderby i.Id descending
               select new SaidThen(i.Id, i.Conversation, i.Channel, i.Direction, i.At, c.Mixed ? i.Subject : c.Subject, i.Text.Substring(0, LongestText), i.AuthorName, i.Member);
    }

    private async Task<List<Unanswered>> UnansweredAsync(PartyId party, bool organization, Actor by, CancellationToken ct)
    {
        // Those put away too: whoever speaks with them now ought to know that they wait.
        var waiting = db.WaitingFor(by).Where(c => c.WaitingFor != null);
        waiting = organization ? waiting.Where(c => c.Customer == party) : waiting.Where(c => c.WaitingPerson == party);
        var found = await waiting.OrderBy(c => c.WaitingSince).Take(Questions).Select(c => new { c.Id, For = c.WaitingFor!.Value, Since = c.WaitingSince!.Value }).ToListAsync(ct);
        if (found.Count == 0) return [];
        var rows = (await conversations.ByIdAsync([.. found.Select(f => f.Id)], by, ct)).ToDictionary(r => r.Id);
        return [.. found.Where(f => rows.ContainsKey(f.Id)).Select(f => new Unanswered(f.Id, f.For, f.Since, rows[f.Id].WaitingPerson?.Name, rows[f.Id].Subject, rows[f.Id].Question))];
    }
}
