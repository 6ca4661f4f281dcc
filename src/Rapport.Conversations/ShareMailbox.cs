using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Makes a member's imported mail visible to everyone, or theirs alone again (V11). Only its owner may.</summary>
public sealed class ShareMailbox(RapportDb db, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Shares it.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == id && m.Owner == by.Id, ct) is not { } mailbox) return Refusal.Missing("mailbox");
        if (mailbox.SharedAt is not null) return null;
        mailbox.SharedAt = clock.GetUtcNow();
        return await ChangeAsync(id, by, () => In(id).ExecuteUpdateAsync(s => s.SetProperty(i => i.OnlyFor, (MemberId?)null), ct), ct);
    }

    /// <summary>Stops sharing. What also lies in somebody's shared mailbox stays visible; what lies in several members' own stays visible to each of them.</summary>
    public async Task<Refusal?> UndoAsync(MailboxId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == id && m.Owner == by.Id, ct) is not { } mailbox) return Refusal.Missing("mailbox");
        if (mailbox.SharedAt is null) return null;
        mailbox.SharedAt = null;
        // The first intake's owner is the one it is for; the others are viewers.
        return await ChangeAsync(id, by, () => In(id).Where(i => !db.Set<Intake>().Any(x => x.Interaction == i.Id && x.Mailbox != id && db.Set<Mailbox>().Any(m => m.Id == x.Mailbox && m.SharedAt != null)))
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.OnlyFor, i => (MemberId?)db.Set<Mailbox>().Where(m => db.Set<Intake>().Any(x => x.Id == i.Intake && x.Mailbox == m.Id)).Select(m => m.Owner).FirstOrDefault()), ct), ct);
    }

    private IQueryable<Interaction> In(MailboxId id) =>
        db.Set<Interaction>().Where(i => db.Set<Intake>().Any(x => x.Interaction == i.Id && x.Mailbox == id));

    private async Task<Refusal?> ChangeAsync(MailboxId id, Actor by, Func<Task<int>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await change();
        var conversations = await In(id).Select(i => i.Conversation).Distinct().ToListAsync(ct);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        foreach (var some in conversations.Chunk(AtOnce)) await SettleAsync(some, by, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    // A conversation is everybody's as soon as one thing in it is.
    private async Task SettleAsync(ConversationId[] ids, Actor by, CancellationToken ct)
    {
        var audiences = (await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Conversation)).Select(i => new { i.Conversation, i.OnlyFor }).Distinct().ToListAsync(ct)).ToLookup(a => a.Conversation, a => a.OnlyFor);
        var viewed = (await db.Set<ConversationViewer>().Where(v => EF.Parameter(ids).Contains(v.Conversation)).Select(v => v.Conversation).Distinct().ToListAsync(ct)).ToHashSet();
        foreach (var conversation in await db.Set<Conversation>().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct))
        {
            var audience = audiences[conversation.Id].ToList();
            conversation.OnlyFor = audience.Contains(null) ? null : audience.Count == 0 || audience.Contains(conversation.OnlyFor) ? conversation.OnlyFor : audience[0];
            conversation.Mixed = audience.Count > 1 || conversation.OnlyFor is not null && viewed.Contains(conversation.Id);
            foreach (var other in audience.Where(a => a is not null && a != conversation.OnlyFor && conversation.OnlyFor is not null)) await new Audience(db).AddViewerAsync(conversation.Id, other!.Value, ct);
            db.Index(await new Audience(db).DocumentAsync(conversation, ct));
        }
        await db.SaveAsync(by, ct);
        db.ChangeTracker.Clear();
    }
}
