using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments.Reading;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Reads what was said for sentences in which somebody commits to something, and proposes them (K5). Automatic mail, quotes and signatures never count; of imported mail only the last days and dues still ahead.</summary>
internal sealed class ProposeCommitments(RapportDb db, TimeProvider clock, ReadDue due, LearnedHere learned) : IHear<InteractionsTaken>
{
    /// <summary>What is older was said too long ago to be asked about.</summary>
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(14);

    private const int MostOfOne = 10;

    private sealed record With(InteractionId Interaction, PartyId Party, Part Part, string Name);

    public async Task HearAsync(InteractionsTaken happening, Actor by, CancellationToken ct)
    {
        var (ids, since) = (happening.Interactions, clock.GetUtcNow() - LongestAgo);
        var imported = db.Set<Intake>().Where(n => n.Import != null);
        var said = await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Id) && i.Voice == Voice.Human && i.At >= since && i.Text != "")
            .Where(i => !db.Set<Proposal>().Any(p => p.SaidIn == i.Id))
            .Select(i => new Said(i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.Text, i.Member, i.Author, imported.Any(n => n.Interaction == i.Id))).ToListAsync(ct);
        if (said.Count == 0) return;
        var them = await ThemAsync([.. said.Select(s => s.Id)], ct);
        var words = await learned.ReadAsync(ct);
        foreach (var one in said) await ReadAsync(one, [.. them[one.Id]], words, ct);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    private async Task ReadAsync(Said said, List<With> them, LearnedWords? words, CancellationToken ct)
    {
        // Among ourselves nothing is promised to a customer, but in a note on what was said to one.
        if (them.Count == 0 || said is { Direction: Direction.Internal, Channel: Channel.Email }) return;
        var theirs = said.Direction == Direction.Inbound;
        var contexts = new Dictionary<Side, DueContext>();
        var written = await db.Set<Commitment>().Where(c => c.SaidIn == said.Id).Select(c => c.Words).ToListAsync(ct);
        var member = said.Direction == Direction.Inbound ? null : said.Member;
        var count = 0;
        foreach (var turn in Turns.In(said.Text, theirs ? Side.TheirsToUs : Side.OursToThem, said.Channel, them.Select(t => t.Name)))
        {
            if (!contexts.TryGetValue(turn.Side, out var context)) contexts[turn.Side] = context = await due.ContextAsync(turn.Side, them[0].Party, said.At, ct);
            foreach (var read in CommitmentReader.Read(turn.Text, context, words).Where(r => r.IsCommitment))
            {
                if (count == MostOfOne) return;
                if (Passed(read, said) || written.Exists(w => w.Contains(read.Text, StringComparison.OrdinalIgnoreCase) || read.Text.Contains(w, StringComparison.OrdinalIgnoreCase))) continue;
                member ??= await AnswersForAsync(said, ct);
                db.Add(Proposal.Of(Ids.New<ProposalId>(clock), read with { Start = read.Start + turn.Start }, said, turn.Side, them[0].Party, member));
                if (count++ == 0) db.Changed(said.Conversation.Value);
            }
        }
    }

    // What was due before anybody saw it asks for nothing; and of what was imported only what still can be kept in time.
    private bool Passed(ReadSentence read, Said said) => read.DueAhead is { } ahead ? ahead.End <= clock.GetUtcNow() : said.Imported;

    private async Task<ILookup<InteractionId, With>> ThemAsync(List<InteractionId> ids, CancellationToken ct)
    {
        var found = await (from p in db.Set<Participant>()
                           where EF.Parameter(ids).Contains(p.Interaction) && p.Part != Part.Organization
                           join party in db.Parties() on p.Party equals party.Id
                           where party.Who != Who.OneOfUs && party.Who != Who.Robot
                           select new With(p.Interaction, party.Id, p.Part, party.Name)).ToListAsync(ct);
        return found.OrderBy(p => p.Part).ThenBy(p => p.Party.Value).ToLookup(p => p.Interaction);
    }

    // What they promise us stands on the list of who answers for the conversation, else of whose mailbox it came into.
    private async Task<MemberId?> AnswersForAsync(Said said, CancellationToken ct)
    {
        if (await db.Set<Conversation>().Where(c => c.Id == said.Conversation).Select(c => c.Owner).SingleOrDefaultAsync(ct) is { } owner) return owner;
        var mailbox = await (from n in db.Set<Intake>() where n.Interaction == said.Id join m in db.Set<Mailbox>() on n.Mailbox equals m.Id where m.Owner != Mailbox.Nobody orderby n.Id select (MemberId?)m.Owner).FirstOrDefaultAsync(ct);
        return mailbox ?? said.Member;
    }
}
