using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Takes a mail back before it leaves: then it was never said, and what it was written as is a draft again.</summary>
public sealed class TakeBackMail(RapportDb db, IEnumerable<IHoldInteractions> holders, IEnumerable<IGoWithMail> goes, TimeProvider clock)
{
    private static readonly Refusal Gone = Refusal.Conflict("mail.gone", "It is on its way already, and cannot be taken back.");

    /// <summary>Takes it back, and gives the draft that it is again, where it was written as one; refused once the first server may have heard of it.</summary>
    public async Task<Result<DraftId?>> RunAsync(InteractionId id, Actor by, CancellationToken ct)
    {
        if (await db.InteractionsFor(by).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } interaction || interaction.Member != by.Id || await db.Set<OutgoingMail>().SingleOrDefaultAsync(m => m.Interaction == id, ct) is not { } mail) return Refusal.Missing("mail");
        foreach (var holder in holders)
            if ((await holder.HeldAsync([id], ct)).Count > 0) return Refusal.Conflict("mail.held", "Something was promised or settled by this mail already; undo that first.");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        await db.Set<Dispatch>().Where(d => d.Interaction == id && d.State == DispatchState.Queued && d.Attempts == 0).ExecuteDeleteAsync(ct);
        if (mail.TriedAt is not null || await db.Set<Dispatch>().AnyAsync(d => d.Interaction == id, ct)) return Gone;
        var intakes = await db.Set<Intake>().Where(i => i.Interaction == id).ToListAsync(ct);
        var forgotten = await new ForgetInteractions(db).RunAsync([interaction], ct);
        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.SentAs == id, ct);
        if (draft is not null)
        {
            foreach (var each in goes) await each.TakenBackAsync(draft.Id, id, by, ct);
            draft.SentAs = null;
        }
        db.Remove(mail);
        db.RemoveRange(intakes);
        await db.SaveChangesAsync(ct);
        await db.ForgetBlobsAsync([.. intakes.Select(i => i.Raw), .. forgotten.Blobs], ct);

        var left = await new RecountConversations(db, clock).RunAsync(forgotten.Conversations, ct);
        await new SettleAudience(db, clock).ConversationsAsync(left, by, ct);
        await new RecountContacts(db).RunAsync(forgotten.Parties, ct);
        db.Happened(new InteractionsTakenBack(forgotten.Parties), by);
        db.Note("mail.taken-back", $"interactions/{id}", new { mail.MessageId });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return draft?.Id;
    }
}
