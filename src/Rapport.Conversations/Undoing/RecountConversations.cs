using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Says anew, from what is still in them, what conversations show and who waits in them. One that is empty goes, with those that had become a part of it.</summary>
internal sealed class RecountConversations(RapportDb db, TimeProvider clock)
{
    /// <summary>Gives those that are left. The caller saves, and says who may read them.</summary>
    public async Task<IReadOnlyList<ConversationId>> RunAsync(IReadOnlyCollection<ConversationId> touched, CancellationToken ct)
    {
        var ids = touched.Distinct().ToList();
        var said = (await db.Set<Interaction>().AsNoTracking().Where(i => EF.Parameter(ids).Contains(i.Conversation))
            .Select(i => new Kept(i.Conversation, i.Id, i.At, i.Voice, i.Subject)).ToListAsync(ct)).ToLookup(i => i.Conversation);
        var human = await db.SaidInAsync(ids, ct);
        var conversations = (await db.Set<Conversation>().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct)).FindAll(c => said.Contains(c.Id));
        foreach (var conversation in conversations) Recount(conversation, [.. said[conversation.Id].OrderBy(i => i.Id)], [.. human[conversation.Id]]);
        await new WhomItIsWith(db, clock).RunAsync(conversations, ct);
        await new SetClocks(db, clock).RunAsync(conversations, ct);
        await ForgetAsync(ids.FindAll(id => !said.Contains(id)), ct);
        return ids.FindAll(said.Contains);
    }

    private sealed record Kept(ConversationId Conversation, InteractionId Id, DateTimeOffset At, Voice Voice, string Subject);

    private static void Recount(Conversation conversation, List<Kept> kept, List<Said> human)
    {
        var (first, last) = (kept[0], kept[^1]);
        if (conversation.First != first.Id && MailSubject.Base(first.Subject) is { Length: > 0 } subject) conversation.Subject = subject;
        (conversation.First, conversation.Last, conversation.LastAt, conversation.Count) = (first.Id, last.Id, last.At, kept.Count);
        conversation.Automatic = kept.TrueForAll(i => i.Voice == Voice.Automatic);
        conversation.Unsure = !conversation.Automatic && (conversation.Unsure && conversation.IsAway || !kept.Exists(i => i.Voice == Voice.Human));
        conversation.Reckon(human);
    }

    private async Task ForgetAsync(List<ConversationId> empty, CancellationToken ct)
    {
        while (empty.Count > 0)
        {
            var maybe = empty.ConvertAll(c => (ConversationId?)c);
            await db.Set<ConversationViewer>().Where(v => EF.Parameter(empty).Contains(v.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<ConversationSharing>().Where(x => EF.Parameter(empty).Contains(x.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<ConversationTag>().Where(t => EF.Parameter(empty).Contains(t.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<Nudge>().Where(n => EF.Parameter(empty).Contains(n.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<MentionedId>().Where(m => EF.Parameter(empty).Contains(m.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<ConversationMove>().Where(m => EF.Parameter(empty).Contains(m.From) || EF.Parameter(empty).Contains(m.To)).ExecuteDeleteAsync(ct);
            // What a stranger answered is not here any more.
            await db.Set<Interaction>().Where(i => (i.JoinedBecause == PlaceMail.Stranger || i.JoinedBecause == PlaceMail.Others) && db.Set<Conversation>().Any(c => c.Id == i.Conversation && EF.Parameter(maybe).Contains(c.Related))).ExecuteUpdateAsync(s => s.SetProperty(i => i.JoinedBecause, (string?)null), ct);
            await db.Set<Conversation>().Where(c => EF.Parameter(maybe).Contains(c.Related)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Related, (ConversationId?)null), ct);
            foreach (var tracked in db.ChangeTracker.Entries<Conversation>().Where(e => empty.Contains(e.Entity.Id)).ToList()) tracked.State = EntityState.Detached;
            await db.Set<Conversation>().Where(c => EF.Parameter(empty).Contains(c.Id)).ExecuteDeleteAsync(ct);
            foreach (var one in empty) db.Unindex(new SearchKey(SearchKind.Conversation, one.Value));
            empty = await db.Set<Conversation>().Where(c => EF.Parameter(maybe).Contains(c.MergedInto)).Select(c => c.Id).ToListAsync(ct);
        }
    }
}
