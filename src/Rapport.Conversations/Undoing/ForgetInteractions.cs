using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Whom interactions that are gone concerned, where they were, and which blobs they had.</summary>
internal sealed record Forgotten(IReadOnlyList<PartyId> Parties, IReadOnlyList<ConversationId> Conversations, IReadOnlyList<byte[]> Blobs);

/// <summary>Removes interactions with all that belongs to them. What refers to one of them still finds its conversation when it comes again.</summary>
internal sealed class ForgetInteractions(RapportDb db)
{
    public async Task<Forgotten> RunAsync(List<Interaction> interactions, CancellationToken ct)
    {
        if (interactions.Count == 0) return new([], [], []);
        var ids = interactions.ConvertAll(i => i.Id);
        var parties = await db.Set<Participant>().Where(p => EF.Parameter(ids).Contains(p.Interaction)).Select(p => p.Party).Distinct().ToListAsync(ct);
        var blobs = await db.Set<Attachment>().Where(a => EF.Parameter(ids).Contains(a.Interaction)).Select(a => a.Blob).ToListAsync(ct);
        await db.Set<Participant>().Where(p => EF.Parameter(ids).Contains(p.Interaction)).ExecuteDeleteAsync(ct);
        await db.Set<Attachment>().Where(a => EF.Parameter(ids).Contains(a.Interaction)).ExecuteDeleteAsync(ct);
        await db.Set<InteractionViewer>().Where(v => EF.Parameter(ids).Contains(v.Interaction)).ExecuteDeleteAsync(ct);
        await db.Set<MovedInteraction>().Where(m => EF.Parameter(ids).Contains(m.Interaction)).ExecuteDeleteAsync(ct);
        await db.Set<AddressReport>().Where(r => EF.Parameter(ids).Contains(r.Interaction)).ExecuteDeleteAsync(ct);
        await db.Set<AutomaticAnswer>().Where(a => EF.Parameter(ids).Contains(a.Answers)).ExecuteDeleteAsync(ct);
        await db.Dialect.UnindexMessagesAsync(db, ids.ConvertAll(i => i.Value), ct);
        await MentionAsync(ids, ct);
        db.RemoveRange(interactions);
        return new(parties, [.. interactions.Select(i => i.Conversation).Distinct()], blobs);
    }

    // From seen to only mentioned: should the mail come again, it belongs where it was.
    private async Task MentionAsync(List<InteractionId> ids, CancellationToken ct)
    {
        var seen = await (from m in db.Set<MessageIdRow>() where EF.Parameter(ids).Contains(m.Interaction) join i in db.Set<Interaction>() on m.Interaction equals i.Id select new { m.MessageId, i.Conversation }).Distinct().ToListAsync(ct);
        await db.Set<MessageIdRow>().Where(m => EF.Parameter(ids).Contains(m.Interaction)).ExecuteDeleteAsync(ct);
        var messageIds = seen.Select(s => s.MessageId).Distinct().ToList();
        var here = (await db.Set<MentionedId>().AsNoTracking().Where(m => EF.Parameter(messageIds).Contains(m.MessageId)).ToListAsync(ct)).Select(m => (m.MessageId, m.Conversation)).ToHashSet();
        db.AddRange(seen.Where(s => here.Add((s.MessageId, s.Conversation))).Select(s => new MentionedId { MessageId = s.MessageId, Conversation = s.Conversation }));
    }
}
