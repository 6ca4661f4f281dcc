using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Ends the waiting of those to whom we spoke on another channel since they asked (V13).</summary>
internal sealed class SpokenSince(RapportDb db)
{
    /// <summary>For conversations just read: was there a call or visit after the question?</summary>
    public async Task SettleAsync(IReadOnlyList<(Conversation Conversation, List<Said> Said)> waiting, CancellationToken ct)
    {
        if (waiting.Count == 0) return;
        var people = waiting.Select(w => w.Conversation.WaitingPerson!.Value).Distinct().ToList();
        var since = new InteractionId(Moments.Key(waiting.Min(w => w.Conversation.WaitingSince!.Value), 0));
        var spoken = await (from p in db.Set<Participant>()
                            where EF.Parameter(people).Contains(p.Party) && p.Interaction > since && p.Counts
                            join i in db.Set<Interaction>() on p.Interaction equals i.Id
                            where i.Channel != Channel.Email && (i.Direction == Direction.Outbound || i.Direction == Direction.Mutual)
                            select new { p.Party, i.At }).ToListAsync(ct);
        foreach (var (conversation, said) in waiting)
        {
            var last = spoken.Where(s => s.Party == conversation.WaitingPerson).Select(s => (DateTimeOffset?)s.At).Max();
            if (last is null || last < conversation.WaitingSince) continue;
            conversation.SpokeAt(last.Value);
            conversation.Reckon(said);
        }
    }

    /// <summary>For something of ours just recorded: whom did it answer? Their conversations, wherever they are.</summary>
    public async Task EndWaitingAsync(IReadOnlyCollection<PartyId> people, DateTimeOffset at, CancellationToken ct)
    {
        var conversations = await db.Set<Conversation>().Where(c => c.WaitingPerson != null && EF.Parameter(people).Contains(c.WaitingPerson!.Value) && c.WaitingSince <= at).ToListAsync(ct);
        foreach (var conversation in conversations)
        {
            conversation.SpokeAt(at);
            conversation.Reckon(await SaidAsync(conversation.Id, ct));
        }
    }

    /// <summary>Settles what is known by now to be asked in a conversation.</summary>
    public async Task SettleAsync(Conversation conversation, DateTimeOffset now, CancellationToken ct)
    {
        var said = await SaidAsync(conversation.Id, ct);
        conversation.Settle(now, said);
        conversation.Look(said);
        conversation.Reckon(said);
    }

    /// <summary>What human beings said in a conversation.</summary>
    public async Task<List<Said>> SaidAsync(ConversationId conversation, CancellationToken ct) => [.. (await db.SaidInAsync([conversation], ct))[conversation]];
}
