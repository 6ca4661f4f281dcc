using System.Text.Json;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Decides about a batch of rows, and reads off what has to be written. It only reads the database, on a connection of its own.</summary>
internal sealed class PlanPeople(RapportDb db, TimeProvider clock)
{
    /// <summary>Decides about rows, one after the other as they are asked for.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="progress">The import's.</param>
    /// <param name="before">Whom the batch before knew, where the database may not show yet what it made of them.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<(KnownParties Known, IEnumerable<RowOutcome> Outcomes)> DecideAsync(IReadOnlyList<SourceRow> rows, PeopleProgress progress, KnownParties? before, CancellationToken ct)
    {
        var known = new KnownParties(db, progress.Reached, before);
        await known.LoadAsync([.. rows.Select(r => r.Row)], progress.Context, ct);
        var plan = new PeoplePlan(known, progress.Context, progress.Claims, progress.Reached, progress.Ids, clock);
        return (known, rows.Select(r => plan.Take(r.Row)));
    }

    /// <summary>What the batch will write.</summary>
    public async Task<PlannedPeople> RunAsync(ImportId import, IReadOnlyList<SourceRow> rows, PeopleProgress progress, KnownParties? before, CancellationToken ct)
    {
        var (known, outcomes) = await DecideAsync(rows, progress, before, ct);
        var (count, problems) = (new OutcomeCount(), new List<ImportProblem>());
        foreach (var (row, outcome) in rows.Zip(outcomes))
        {
            count.Add(outcome.Fate, outcome.Problems.Count > 0);
            if (outcome.Problems.Count > 0 && ++progress.Problems <= ImportProblem.Most) problems.Add(Problem(import, progress.Problems, row, outcome));
        }
        var touched = known.All.Where(s => s.IsTouched).ToList();
        var (made, changed) = (touched.FindAll(s => s.IsNew), touched.FindAll(s => !s.IsNew));
        return new PlannedPeople
        {
            Rows = rows,
            Known = known,
            Counts = count.Counts,
            Added = [.. Added(made, touched), BulkRows.Of(db, touched.ConvertAll(s => Change(import, ++progress.Changes, s))), BulkRows.Of(db, problems)],
            Changed = Changed(changed),
            Documents = made.ConvertAll(s => IndexedDocument.Of(Document(s, known))),
            Retiered = changed.FindAll(s => s.Changes.Retiers).ConvertAll(s => s.Id),
            Moved = changed.FindAll(s => s.Changes.Moves).ConvertAll(s => s.Id),
            ToIndex = changed.ConvertAll(s => s.Id),
        };
    }

    // In the order of the index that is spread widest: the others grow at their ends, where the ids of a batch lie together.
    private BulkRows[] Added(List<PartyState> made, List<PartyState> touched)
    {
        var added = touched.SelectMany(s => s.Added).ToList();
        return
        [
            BulkRows.Of(db, made.Select(s => s.Party).OfType<Organization>().OrderBy(o => o.SortName, StringComparer.Ordinal).ToList()),
            BulkRows.Of(db, made.Select(s => s.Party).OfType<Person>().OrderBy(p => p.SortName, StringComparer.Ordinal).ToList()),
            BulkRows.Of(db, added.OfType<ContactPoint>().OrderBy(c => c.Value, StringComparer.Ordinal).ToList()),
            BulkRows.Of(db, added.OfType<Affiliation>().OrderBy(a => a.Organization.Value).ToList()),
            BulkRows.Of(db, added.OfType<MailDomain>().ToList()),
            BulkRows.Of(db, added.OfType<Relationship>().ToList()),
        ];
    }

    private BulkRows[] Changed(List<PartyState> changed)
    {
        var relationships = changed.Where(s => Says(s, "relationship:")).Select(s => s.Relationship!).ToList();
        foreach (var state in changed) state.Party.Version++;
        foreach (var relationship in relationships) relationship.Version++;
        return
        [
            BulkRows.Of(db, changed.Select(s => s.Party).OfType<Organization>().ToList()),
            BulkRows.Of(db, changed.Select(s => s.Party).OfType<Person>().ToList()),
            BulkRows.Of(db, changed.Where(s => Says(s, "place:")).SelectMany(s => s.Places.Where(a => !s.Added.Contains(a))).ToList()),
            BulkRows.Of(db, relationships),
        ];
    }

    private static bool Says(PartyState state, string field) => state.Changes.Fields.Keys.Any(f => f.StartsWith(field, StringComparison.Ordinal));

    private static ImportChange Change(ImportId import, long seq, PartyState state) => new()
    {
        Import = import,
        Seq = seq,
        What = state.Party is Person ? PeopleImporter.APerson : PeopleImporter.AnOrganization,
        Subject = state.Id.Value,
        Made = state.IsNew,
        Print = PartyPrint.Of(state),
        Changes = state.IsNew ? null : JsonSerializer.Serialize(state.Changes, Json.Options),
    };

    private static ImportProblem Problem(ImportId import, long seq, SourceRow row, RowOutcome outcome) => new()
    {
        Import = import,
        Seq = seq,
        Row = row.Row.Number,
        Cells = [.. row.Cells.Select(Kept)],
        Reason = (row.File is null ? "" : row.File + ": ") + string.Join(' ', outcome.Problems),
        Failed = outcome.Fate == RowFate.Failed,
    };

    // A cell of ten megabytes is not worth keeping twice.
    private static string Kept(string cell) => (cell.Length > 32_000 ? cell[..32_000] : cell).Replace("\0", "", StringComparison.Ordinal);

    // Of what is new all is known already.
    private static SearchDocument Document(PartyState state, KnownParties known)
    {
        var places = state.Places.ConvertAll(a => (a.Title, known.Find(a.Organization)!.Party));
        var parent = state.Party is Organization { Parent: { } above } ? known.Find(above)?.Party.Name : null;
        return PartyDocuments.Of(state.Party, state.Points, places, state.Domains.ConvertAll(d => d.Domain), parent) with { IsNew = true };
    }
}
