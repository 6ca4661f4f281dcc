using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>What goes along from batch to batch of one import.</summary>
internal sealed class PeopleProgress
{
    public required ImportContext Context { get; init; }
    public IReadOnlyList<string> Heads { get; set; } = [];
    public required OrderedIds Ids { get; init; }
    public Claims Claims { get; } = new();
    public ReachedPlaces Reached { get; } = new();
    public long Changes { get; set; }
    public long Problems { get; set; }
}

/// <summary>Takes one batch of rows in: decides about all of them, then writes them in one transaction with the run's position, its ledger and one line of the journal.</summary>
internal sealed class PeopleBatch(RapportDb db, PartyDocuments documents, TimeProvider clock)
{
    /// <summary>Decides about rows that an earlier run took in already, so that the rest is decided as it would have been.</summary>
    public async Task ReplayAsync(IReadOnlyList<SourceRow> rows, PeopleProgress progress, CancellationToken ct) => await PlanAsync(rows, progress, ct);

    /// <summary>What these rows would do. Nothing is written.</summary>
    public async Task<(KnownParties Known, List<RowOutcome> Outcomes)> PlanAsync(IReadOnlyList<SourceRow> rows, PeopleProgress progress, CancellationToken ct)
    {
        var known = new KnownParties(db, progress.Reached);
        await known.LoadAsync([.. rows.Select(r => r.Row)], row => row.Contacts.Any(progress.Context.IsOurs), ct);
        var plan = new PeoplePlan(known, progress.Context, progress.Claims, progress.Reached, progress.Ids, clock);
        return (known, rows.Select(r => plan.Take(r.Row)).ToList());
    }

    /// <summary>Takes them in, and says how the run stands then.</summary>
    public async Task<ImportRun> RunAsync(ImportId id, IReadOnlyList<SourceRow> rows, PeopleProgress progress, string position, int perMille, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var run = await db.Set<ImportRun>().SingleAsync(r => r.Id == id, ct);
        var (known, outcomes) = await PlanAsync(rows, progress, ct);
        var touched = known.All.Where(s => s.IsTouched).ToList();
        await WriteAsync(touched, ct);
        await RecordAsync(id, touched, rows, outcomes, progress, ct);

        var counts = Count(outcomes);
        run.Heads = progress.Heads;
        (run.Counts, run.Position, run.PerMille, run.HeldUntil) = (run.Counts + counts, position, perMille, clock.GetUtcNow() + ImportRun.Lease);
        db.Note("people.imported", $"imports/{id}", counts);
        await IndexAsync(known, touched, ct);
        if (await db.SaveAsync(run.Actor, ct) is { } refusal) throw new InvalidOperationException(refusal.Message);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return run;
    }

    /// <summary>What became of rows, in numbers.</summary>
    public static ImportCounts Count(IReadOnlyCollection<RowOutcome> outcomes) => new(
        outcomes.Count,
        outcomes.Count(o => o.Fate == RowFate.Created),
        outcomes.Count(o => o.Fate == RowFate.Changed),
        outcomes.Count(o => o.Fate == RowFate.Skipped),
        outcomes.Count(o => o.Fate == RowFate.Failed),
        outcomes.Count(o => o.Fate != RowFate.Failed && o.Problems.Count > 0));

    private async Task WriteAsync(List<PartyState> touched, CancellationToken ct)
    {
        var made = touched.Where(s => s.IsNew).ToList();
        var changed = touched.Where(s => !s.IsNew).ToList();
        await db.Dialect.InsertAsync(db, made.Select(s => s.Party).OfType<Organization>().ToList(), ct);
        await db.Dialect.InsertAsync(db, made.Select(s => s.Party).OfType<Person>().ToList(), ct);
        var added = touched.SelectMany(s => s.Added).ToList();
        await db.Dialect.InsertAsync(db, added.OfType<ContactPoint>().ToList(), ct);
        await db.Dialect.InsertAsync(db, added.OfType<Affiliation>().ToList(), ct);
        await db.Dialect.InsertAsync(db, added.OfType<MailDomain>().ToList(), ct);
        await db.Dialect.InsertAsync(db, added.OfType<Relationship>().ToList(), ct);

        foreach (var state in changed) state.Party.Version++;
        await Dialect.UpdateAsync(db, changed.Select(s => s.Party).OfType<Organization>().ToList(), ct);
        await Dialect.UpdateAsync(db, changed.Select(s => s.Party).OfType<Person>().ToList(), ct);
        await Dialect.UpdateAsync(db, changed.Where(s => Says(s, "place:")).SelectMany(s => s.Places.Where(a => !s.Added.Contains(a))).ToList(), ct);
        var relationships = changed.Where(s => Says(s, "relationship:")).Select(s => s.Relationship!).ToList();
        foreach (var relationship in relationships) relationship.Version++;
        await Dialect.UpdateAsync(db, relationships, ct);
    }

    private static bool Says(PartyState state, string field) => state.Changes.Fields.Keys.Any(f => f.StartsWith(field, StringComparison.Ordinal));

    private async Task RecordAsync(ImportId id, List<PartyState> touched, IReadOnlyList<SourceRow> rows, List<RowOutcome> outcomes, PeopleProgress progress, CancellationToken ct)
    {
        var prints = touched.AsParallel().AsOrdered().WithCancellation(ct).Select(PartyPrint.Of).ToList();
        var changes = touched.Zip(prints, (state, print) => new ImportChange
        {
            Import = id, Seq = ++progress.Changes, What = state.Party is Person ? PeopleImporter.APerson : PeopleImporter.AnOrganization, Subject = state.Id.Value,
            Made = state.IsNew, Print = print, Changes = state.IsNew ? null : JsonSerializer.Serialize(state.Changes, Json.Options),
        }).ToList();
        await db.Dialect.InsertAsync(db, changes, ct);

        var problems = new List<ImportProblem>();
        foreach (var (row, outcome) in rows.Zip(outcomes).Where(r => r.Second.Problems.Count > 0))
            if (++progress.Problems <= ImportProblem.Most)
                problems.Add(new ImportProblem { Import = id, Seq = progress.Problems, Row = row.Row.Number, Cells = [.. row.Cells.Select(Kept)], Reason = (row.File is null ? "" : row.File + ": ") + string.Join(' ', outcome.Problems), Failed = outcome.Fate == RowFate.Failed });
        await db.Dialect.InsertAsync(db, problems, ct);
    }

    // A cell of ten megabytes is not worth keeping twice.
    private static string Kept(string cell) => (cell.Length > 32_000 ? cell[..32_000] : cell).Replace("\0", "", StringComparison.Ordinal);

    // Of what is new all is known already; of what is not, who belongs to it has to be asked.
    private async Task IndexAsync(KnownParties known, List<PartyState> touched, CancellationToken ct)
    {
        foreach (var state in touched.Where(s => s.IsNew))
        {
            var places = state.Places.Select(a => (a.Title, known.Find(a.Organization)!.Party)).ToList();
            var parent = state.Party is Organization { Parent: { } above } ? known.Find(above)?.Party.Name : null;
            db.Index(PartyDocuments.Of(state.Party, state.Points, places, [.. state.Domains.Select(d => d.Domain)], parent) with { IsNew = true });
        }
        var changed = touched.Where(s => !s.IsNew).Select(s => s.Id).ToList();
        if (changed.Count > 0) await documents.IndexAsync(changed, ct);
    }
}
