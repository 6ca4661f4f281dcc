using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers.Import;

/// <summary>Writes one planned batch in one transaction, with the run's position, its ledger and one line of the journal.</summary>
internal sealed class PeopleBatch(RapportDb db, PlanPeople planning, PartyDocuments documents, TimeProvider clock)
{
    /// <summary>Takes it in, and says how the run stands then.</summary>
    /// <param name="import">Which.</param>
    /// <param name="plan">As it was made beforehand.</param>
    /// <param name="progress">The import's.</param>
    /// <param name="decided">Hears as soon as it is sure which plan is written, so that the next can be made meanwhile.</param>
    /// <param name="standing">Gives the run's position behind this batch, and how far that is, of a thousand.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ImportRun> RunAsync(ImportId import, PlannedPeople plan, PeopleProgress progress, Action<PlannedPeople> decided, Func<PlannedPeople, (string Position, int PerMille)> standing, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        // Somebody changed something since the plan was made: it is made anew, while nobody else can.
        if (await db.JournalEndAsync(ct) != progress.JournalEnd)
        {
            progress.TakeBack();
            plan = await planning.RunAsync(import, plan.Rows, progress, null, ct);
        }
        progress.Settle();
        decided(plan);

        foreach (var rows in plan.Added) await db.Dialect.InsertAsync(db, rows, ct);
        foreach (var rows in plan.Changed) await Dialect.UpdateAsync(db, rows, ct);
        await db.Dialect.IndexAsync(db, plan.Documents, ct);
        await documents.IndexAsync(plan.ToIndex, ct);

        var run = await db.Set<ImportRun>().SingleAsync(r => r.Id == import, ct);
        (run.Heads, run.Counts, run.HeldUntil) = (progress.Heads, run.Counts + plan.Counts, clock.GetUtcNow() + ImportRun.Lease);
        (run.Position, run.PerMille) = standing(plan);
        db.Note("people.imported", $"imports/{import}", plan.Counts);
        if (plan.Retiered.Count > 0) db.Happened(new TiersChanged(plan.Retiered), run.Actor);
        if (plan.Moved.Count > 0) db.Happened(new PlacesChanged(plan.Moved), run.Actor);
        await db.SaveOrThrowAsync(run.Actor, ct);
        progress.JournalEnd = await db.JournalEndAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return run;
    }
}
