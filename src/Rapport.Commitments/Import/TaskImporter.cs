using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Commitments;

/// <summary>Imports the open tasks of other programs as commitments of whoever imports them.</summary>
internal sealed class TaskImporter(IServiceScopeFactory scopes) : IImporter
{
    private const int BatchRows = 200, ShownRows = 50;
    private const string ACommitment = "commitment";

    public ImportKind Kind => ImportKind.Tasks;

    public bool Knows(string path) => TaskCalendar.Knows(path) || TaskTable.Knows(path);

    public async Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var plan = scope.ServiceProvider.GetRequiredService<PlanTasks>();
        if (!OpenAll(files).Succeeded(out var sources, out var refusal)) return refusal;
        var (counts, shown) = (new ImportCounts(), new List<PreviewRow>());
        foreach (var row in Rows(sources).Take(most))
        {
            var planned = await plan.RunAsync(row, by, ct);
            counts += CountOf(planned);
            if (shown.Count < ShownRows) shown.Add(new(row.Number, row.Cells, planned.Fate, planned.Why, planned.Flawed));
        }
        return new ImportPreview(Kind, $"tasks: {sources[0].Format}", counts, counts.Read < most, null, shown, ["Each open task becomes a promise that you answer for. What is somebody else's is offered to them."]);
    }

    public async IAsyncEnumerable<ImportRun> RunAsync(ImportId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var run = await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var sources = OpenAll(run.Files).Succeeded(out var opened, out var refusal) ? opened : throw new ImportBrokenException(refusal.Message);
        var (done, all) = (run.Position is null ? 0 : int.Parse(run.Position, CultureInfo.InvariantCulture), Rows(sources).Count());
        foreach (var chunk in Rows(sources).Skip(done).Chunk(BatchRows))
        {
            await using var one = scopes.CreateAsyncScope();
            done += chunk.Length;
            yield return await TakeAsync(one.ServiceProvider, run, sources[0].Heads, chunk, (done.ToString(CultureInfo.InvariantCulture), (int)(done * 1000L / all)), ct);
        }
    }

    public async IAsyncEnumerable<int> UndoAsync(ImportRun run, UndoneSoFar so, Actor by, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var before = long.MaxValue; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            var changes = await db.Set<ImportChange>().Where(c => c.Import == run.Id && c.What == ACommitment && c.Seq < before).OrderByDescending(c => c.Seq).Take(BatchRows).ToListAsync(ct);
            if (changes.Count == 0) yield break;
            foreach (var change in changes) await TakeBackAsync(db, change, so, ct);
            await db.SaveOrThrowAsync(by, ct);
            before = changes[^1].Seq;
            yield return (int)(1000 - 1000 * before / Math.Max(1, run.Counts.Created));
        }
    }

    private static async Task<ImportRun> TakeAsync(IServiceProvider services, ImportRun from, IReadOnlyList<string> heads, TaskRow[] rows, (string Position, int PerMille) standing, CancellationToken ct)
    {
        var (db, plan, make, clock) = (services.GetRequiredService<RapportDb>(), services.GetRequiredService<PlanTasks>(), services.GetRequiredService<MakeCommitment>(), services.GetRequiredService<TimeProvider>());
        var run = await db.Set<ImportRun>().SingleAsync(r => r.Id == from.Id, ct);
        var made = await db.Set<ImportChange>().Where(c => c.Import == run.Id).MaxAsync(c => (long?)c.Seq, ct) ?? 0;
        var problems = await db.Set<ImportProblem>().Where(p => p.Import == run.Id).MaxAsync(p => (long?)p.Seq, ct) ?? 0;
        var counts = new ImportCounts();
        foreach (var row in rows)
        {
            var planned = await plan.RunAsync(row, run.Actor, ct);
            if (planned.Promise is { } promise)
            {
                if ((await make.AddAsync(promise, run.Actor, ct, planned.Id)).Refusal is { } refused) planned = planned with { Fate = RowFate.Failed, Why = refused.Message };
                else db.Add(new ImportChange { Import = run.Id, Seq = ++made, What = ACommitment, Subject = planned.Id.Value, Made = true });
            }
            counts += CountOf(planned);
            if ((planned.Fate == RowFate.Failed || planned.Flawed) && ++problems <= ImportProblem.Most)
                db.Add(new ImportProblem { Import = run.Id, Seq = problems, Row = row.Number, Cells = row.Cells, Reason = planned.Why, Failed = planned.Fate == RowFate.Failed });
        }
        (run.Counts, run.Heads, run.HeldUntil, run.Position, run.PerMille) = (run.Counts + counts, heads, clock.GetUtcNow() + ImportRun.Lease, standing.Position, standing.PerMille);
        db.Note("tasks.imported", $"imports/{run.Id}", counts);
        await db.SaveOrThrowAsync(run.Actor, ct);
        return run;
    }

    // What happened to it since, but for being offered, is its own story: it stays.
    private static async Task TakeBackAsync(RapportDb db, ImportChange change, UndoneSoFar so, CancellationToken ct)
    {
        var id = new CommitmentId(change.Subject);
        if (await db.Set<Commitment>().SingleOrDefaultAsync(c => c.Id == id, ct) is { } commitment)
        {
            var story = await db.Set<CommitmentEvent>().Where(e => e.Commitment == id).ToListAsync(ct);
            if (!commitment.IsOpen || story.Exists(e => e.Deed is not (CommitmentDeed.Made or CommitmentDeed.Offered)))
            {
                so.Leave($"“{commitment.Words}” has a story of its own by now and stays.");
                return;
            }
            db.RemoveRange(story);
            db.Remove(commitment);
            db.Changed(ShowCommitments.List);
            db.Unindex(new SearchKey(SearchKind.Commitment, id.Value));
        }
        db.Remove(change);
    }

    private static Result<List<TaskFile>> OpenAll(IReadOnlyList<ImportFile> files)
    {
        var sources = new List<TaskFile>();
        foreach (var file in files)
        {
            if (!TaskFile.Open(file.Path, file.Name).Succeeded(out var source, out var refusal)) return refusal;
            sources.Add(source);
        }
        return sources;
    }

    private static IEnumerable<TaskRow> Rows(List<TaskFile> sources) => sources.SelectMany(s => s.Rows());

    private static ImportCounts CountOf(PlannedTask planned) =>
        new(1, planned.Fate == RowFate.Created ? 1 : 0, 0, planned.Fate == RowFate.Skipped ? 1 : 0, planned.Fate == RowFate.Failed ? 1 : 0, planned is { Flawed: true, Fate: RowFate.Created } ? 1 : 0);
}
