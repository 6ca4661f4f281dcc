using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Takes out one batch of the mails that an import brought, the last stored first. What also lay in another mailbox stays for those who have it there; what something hangs on stays and is named.</summary>
internal sealed class UndoMail(RapportDb db, IEnumerable<IHoldInteractions> holders, TimeProvider clock)
{
    /// <summary>Mails of one transaction.</summary>
    public const int BatchMails = 200;

    /// <summary>Takes out what was stored before an intake. The place to go on before; null when nothing is left.</summary>
    public async Task<IntakeId?> RunAsync(ImportRun run, IntakeId? before, UndoneSoFar so, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var intakes = await db.Set<Intake>().Where(i => i.Import == run.Id && (before == null || i.Id < before.Value)).OrderByDescending(i => i.Id).Take(BatchMails).ToListAsync(ct);
        if (intakes.Count == 0) return null;

        var batch = await SortAsync(intakes, so, ct);
        var attached = await new ForgetInteractions(db).RunAsync(batch.Gone, ct);
        db.RemoveRange(batch.Intakes);
        await db.SaveChangesAsync(ct);
        await db.ForgetBlobsAsync([.. batch.Intakes.Select(i => i.Raw), .. attached.Blobs], ct);

        var left = await new RecountConversations(db, clock).RunAsync(attached.Conversations, ct);
        await new SettleAudience(db, clock).RunAsync(batch.Elsewhere.ConvertAll(i => i.Id), by, ct);
        await new SettleAudience(db, clock).ConversationsAsync(left, by, ct);
        await new RecountContacts(db).RunAsync(attached.Parties, ct);
        if (attached.Parties.Count > 0) db.Happened(new InteractionsTakenBack(attached.Parties), by);
        db.Note("mail.taken-back", $"imports/{run.Id}", new { mails = batch.Intakes.Count, left = intakes.Count - batch.Intakes.Count });
        await db.SaveOrThrowAsync(by, ct);
        await transaction.CommitAsync(ct);
        return intakes[^1].Id;
    }

    private sealed record Sorted(List<Intake> Intakes, List<Interaction> Gone, List<Interaction> Elsewhere);

    // Which mails go, which only leave this mailbox because they lie in another too, and which stay.
    private async Task<Sorted> SortAsync(List<Intake> intakes, UndoneSoFar so, CancellationToken ct)
    {
        var ids = intakes.Select(i => i.Interaction).OfType<InteractionId>().Distinct().ToList();
        var interactions = await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Id)).ToListAsync(ct);
        var held = await HeldAsync(interactions, so, ct);
        var going = intakes.Where(i => i.Interaction is not { } interaction || !held.Contains(interaction)).ToList();

        var goingIds = going.Select(i => i.Id).ToHashSet();
        var maybe = ids.Select(i => (InteractionId?)i).ToList();
        var others = (await db.Set<Intake>().Where(i => EF.Parameter(maybe).Contains(i.Interaction)).OrderBy(i => i.Id).ToListAsync(ct)).Where(i => !goingIds.Contains(i.Id)).ToLookup(i => i.Interaction!.Value);
        var (gone, elsewhere) = (new List<Interaction>(), new List<Interaction>());
        foreach (var interaction in interactions.Where(i => !held.Contains(i.Id)))
        {
            (others.Contains(interaction.Id) ? elsewhere : gone).Add(interaction);
            if (others[interaction.Id].FirstOrDefault() is not { } other || !goingIds.Contains(interaction.Intake ?? default)) continue;
            (interaction.Intake, other.State) = (other.Id, IntakeState.Read);
        }
        return new(going, gone, elsewhere);
    }

    private async Task<HashSet<InteractionId>> HeldAsync(List<Interaction> interactions, UndoneSoFar so, CancellationToken ct)
    {
        var (ids, maybe) = (interactions.ConvertAll(i => i.Id), interactions.ConvertAll(i => (InteractionId?)i.Id));
        var held = (await db.Set<Judgement>().Where(j => EF.Parameter(maybe).Contains(j.Interaction)).Select(j => j.Interaction!.Value).ToListAsync(ct)).ToHashSet();
        foreach (var holder in holders) held.UnionWith(await holder.HeldAsync(ids, ct));
        foreach (var one in interactions.Where(i => held.Contains(i.Id))) so.Leave($"\u201c{one.Subject}\u201d of {one.At:yyyy-MM-dd} stays: something was promised, kept or judged by it.");

        var conversations = interactions.Select(i => i.Conversation).Distinct().ToList();
        var handled = await db.Set<Conversation>().Where(c => EF.Parameter(conversations).Contains(c.Id) && c.StateAt != null).ToDictionaryAsync(c => c.Id, c => c.Subject, ct);
        foreach (var one in interactions.Where(i => handled.ContainsKey(i.Conversation) && held.Add(i.Id))) so.Leave($"\u201c{handled[one.Conversation]}\u201d stays: somebody closed it, put it away or opened it again.");
        return held;
    }
}
