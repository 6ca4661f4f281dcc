using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>Says anew whom conversations are with, from who takes part in them and where those belong now. What is over stays with whom it was.</summary>
internal sealed class WhomItIsWith(RapportDb db, TimeProvider clock)
{
    private sealed record Place(PartyId Person, PartyId Organization, bool Lasts);

    /// <summary>Writes it into them; those in which it is somebody else than before. The caller sets their clocks, and saves.</summary>
    public async Task<List<Conversation>> RunAsync(IReadOnlyCollection<Conversation> conversations, CancellationToken ct)
    {
        var ids = conversations.Select(c => c.Id).ToList();
        var parts = (await (from i in db.Set<Interaction>()
                            where EF.Parameter(ids).Contains(i.Conversation)
                            join x in db.Set<Participant>() on i.Id equals x.Interaction
                            join p in db.Set<Party>() on x.Party equals p.Id
                            where x.Part != Part.Organization && p.Who != Who.OneOfUs && p.Who != Who.Robot
                            select new { i.Conversation, x.Interaction, x.Part, p.Id }).ToListAsync(ct)).ToLookup(x => x.Conversation);
        var places = await PlacesAsync([.. parts.SelectMany(g => g).Select(x => x.Id).Distinct()], ct);
        var changed = new List<Conversation>();
        foreach (var conversation in conversations)
        {
            var people = parts[conversation.Id].OrderBy(x => x.Interaction).ThenBy(x => x.Part).Select(x => x.Id).Distinct().ToList();
            var now = Now(conversation, people, [.. people.SelectMany(p => places[p])]);
            if (now == conversation.Customer) continue;
            conversation.Customer = now;
            changed.Add(conversation);
        }
        return changed;
    }

    // Who is there until today is as good as gone: what they leave behind need not wait for the night.
    private async Task<ILookup<PartyId, Place>> PlacesAsync(List<PartyId> people, CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        return (await db.Set<Affiliation>().Where(a => EF.Parameter(people).Contains(a.Person) && a.Organization != OurOrganization.Id).OrderBy(a => a.Proposed).ThenBy(a => a.Id)
            .Select(a => new Place(a.Person, a.Organization, (a.From == null || a.From <= today) && (a.Until == null || a.Until > today))).ToListAsync(ct)).ToLookup(a => a.Person);
    }

    private PartyId? Now(Conversation conversation, List<PartyId> people, List<Place> places)
    {
        if (people.Count == 0) return null;
        if (conversation.Customer is { } with)
        {
            if (places.Exists(p => p.Organization == with && p.Lasts)) return with;
            if (people.Contains(with)) return Home(with) ?? with;
            // Who left it has not taken along what is over, nor what they have nowhere else to take to.
            if (places.Exists(p => p.Organization == with) && (IsOver(conversation) || !places.Exists(p => p.Lasts))) return with;
        }
        return people.Select(Home).FirstOrDefault(o => o is not null) ?? people[0];

        PartyId? Home(PartyId person) => places.Find(p => p.Person == person && p.Lasts)?.Organization;
    }

    private bool IsOver(Conversation c) => c.DueAt is null && (c.State == ConversationState.Closed || c.LastAt < clock.GetUtcNow() - SetClocks.Fresh);
}

/// <summary>Somebody belongs elsewhere than they did: what is said with them is with that customer, and runs by their clocks.</summary>
internal sealed class HearOfPlaces(RapportDb db, TimeProvider clock) : IHear<PlacesChanged>, IHear<PartiesTakenBack>
{
    private const int AtOnce = 200;

    public async Task HearAsync(PlacesChanged happening, Actor by, CancellationToken ct)
    {
        var fresh = clock.GetUtcNow() - SetClocks.Fresh;
        foreach (var some in happening.People.Chunk(AtOnce))
        {
            var people = await db.Set<Party>().Where(p => EF.Parameter(some).Contains(p.Id) && p.Who != Who.OneOfUs).Select(p => (PartyId?)p.Id).ToListAsync(ct);
            var theirs = await db.Set<Conversation>().Where(c => EF.Parameter(people).Contains(c.Customer) && c.MergedInto == null).Select(c => c.Id).ToListAsync(ct);
            theirs.AddRange(await (from x in db.Set<Participant>()
                                   where EF.Parameter(people).Contains(x.Party) && x.Part != Part.Organization
                                   join i in db.Set<Interaction>() on x.Interaction equals i.Id
                                   join c in db.Set<Conversation>() on i.Conversation equals c.Id
                                   where c.MergedInto == null && (c.DueAt != null || c.State != ConversationState.Closed && c.LastAt >= fresh || !db.Set<Affiliation>().Any(a => a.Person == x.Party && a.Organization == c.Customer))
                                   select c.Id).Distinct().ToListAsync(ct));
            await FollowAsync([.. theirs.Distinct()], ct);
        }
    }

    public async Task HearAsync(PartiesTakenBack happening, Actor by, CancellationToken ct)
    {
        var gone = happening.Parties.Select(p => (PartyId?)p).ToList();
        await FollowAsync(await db.Set<Conversation>().Where(c => EF.Parameter(gone).Contains(c.Customer)).Select(c => c.Id).ToListAsync(ct), ct);
    }

    private async Task FollowAsync(List<ConversationId> ids, CancellationToken ct)
    {
        foreach (var some in ids.Order().Chunk(AtOnce).Select(c => c.ToList()))
        {
            db.ChangeTracker.Clear();
            var changed = await new WhomItIsWith(db, clock).RunAsync(await db.Set<Conversation>().Where(c => EF.Parameter(some).Contains(c.Id)).ToListAsync(ct), ct);
            await new SetClocks(db, clock).AnewAsync(changed, ct);
            await db.SaveOrThrowAsync(Actor.Rapport, ct);
        }
    }
}
