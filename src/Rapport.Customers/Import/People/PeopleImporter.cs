using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers.Import;

/// <summary>Imports people and organisations from tables and cards.</summary>
internal sealed class PeopleImporter(IServiceScopeFactory scopes, UndoPeople undo, CustomersOptions limits, TimeProvider clock) : IImporter
{
    internal const string APerson = "person", AnOrganization = "organization";
    private const int ShownRows = 50;

    public ImportKind Kind => ImportKind.People;

    // Whatever nobody else knows is a table until it proves to be none: the reader says best what is wrong with it.
    public bool Knows(string path) => true;

    public async Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var planning = scope.ServiceProvider.GetRequiredService<PlanPeople>();
        var progress = new PeopleProgress { Context = await ImportContext.OfAsync(db, clock, ct), Ids = new(clock) };
        var (count, shown, repeats, seen) = (new OutcomeCount(), new List<PreviewRow>(), new RepeatedRows(), 0);
        PeopleSource? first = null;
        foreach (var file in files)
        {
            if (!(await OpenAsync(db, file, options, progress.Context.Region, ct)).Succeeded(out var source, out var refusal)) return refusal;
            first ??= source;
            if (!first.Header.SequenceEqual(source.Header)) return Refusal.Invalid("import.columns", $"{file.Name}: its columns are others than those of {files[0].Name}. Import the files one after the other.", "file");
            foreach (var chunk in source.Rows().Take(most - seen).Chunk(Math.Min(most, limits.ImportBatchRows)))
            {
                ct.ThrowIfCancellationRequested();
                var (_, outcomes) = await planning.DecideAsync(chunk, progress, null, ct);
                foreach (var (row, outcome) in chunk.Zip(outcomes))
                {
                    var repeated = outcome.Fate == RowFate.Created && repeats.Has(row.Row);
                    var fate = repeated ? RowFate.Skipped : outcome.Fate;
                    count.Add(fate, outcome.Problems.Count > 0);
                    if (shown.Count < ShownRows) shown.Add(new(row.Row.Number, row.Cells, fate, Why(outcome, repeated), outcome.Problems.Count > 0));
                }
                progress.Settle();
                repeats.NextBatch();
                seen += chunk.Length;
            }
        }
        return new ImportPreview(Kind, first!.Format, count.Counts, seen < most, first.Mapping, shown, []);
    }

    public async IAsyncEnumerable<ImportRun> RunAsync(ImportId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var run = await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        await db.OursAsync(clock, ct);
        await db.SaveOrThrowAsync(run.Actor, ct);
        db.ChangeTracker.Clear();
        var progress = new PeopleProgress
        {
            Context = await ImportContext.OfAsync(db, clock, ct),
            Ids = new(clock),
            Changes = await db.Set<ImportChange>().Where(c => c.Import == id).MaxAsync(c => (long?)c.Seq, ct) ?? 0,
            Problems = await db.Set<ImportProblem>().Where(p => p.Import == id).MaxAsync(p => (long?)p.Seq, ct) ?? 0,
            JournalEnd = await db.JournalEndAsync(ct),
        };
        var sources = await OpenAllAsync(db, run, progress.Context.Region, ct);
        progress.Heads = sources[0].Header;

        await db.Dialect.BeginBulkAsync(db, ct);
        try
        {
            await foreach (var now in RunAsync(run, sources, progress, scope.ServiceProvider.GetRequiredService<PeopleBatch>(), ct)) yield return now;
        }
        finally
        {
            await db.Dialect.EndBulkAsync(db);
        }
    }

    // Three at once: while one batch is written the next one is decided upon, and the one behind it is read.
    private async IAsyncEnumerable<ImportRun> RunAsync(ImportRun run, List<PeopleSource> sources, PeopleProgress progress, PeopleBatch batch, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var planning = scope.ServiceProvider.GetRequiredService<PlanPeople>();
        // How far it is stands there a little later, and costs no waiting.
        var total = Task.Run(() => sources.Sum(s => s.Count()), ct);
        var done = run.Position is null ? 0 : int.Parse(run.Position, CultureInfo.InvariantCulture);
        foreach (var chunk in RowsOf(sources, run).Take(done).Chunk(limits.ImportBatchRows)) await ReplayAsync(planning, chunk, progress, ct);

        using var rows = RowsOf(sources, run).Skip(done).Chunk(limits.ImportBatchRows).GetEnumerator();
        var reading = ReadAsync();
        var plan = PlanAsync(null);
        try
        {
            while (await plan is { } ready)
                yield return await batch.RunAsync(run.Id, ready, progress, decided => plan = PlanAsync(decided.Known), Standing, ct);
        }
        finally
        {
            await Task.WhenAll(plan, reading, total).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        Task<SourceRow[]?> ReadAsync() => Task.Run(() => rows.MoveNext() ? rows.Current : null, ct);

        Task<PlannedPeople?> PlanAsync(KnownParties? before) => Task.Run(async () =>
        {
            if (await reading is not { } next) return null;
            reading = ReadAsync();
            return await planning.RunAsync(run.Id, next, progress, before, ct);
        }, ct);

        (string, int) Standing(PlannedPeople written)
        {
            done += written.Rows.Count;
            return (done.ToString(CultureInfo.InvariantCulture), total.IsCompletedSuccessfully && total.Result > 0 ? (int)Math.Min(1000, done * 1000L / total.Result) : 0);
        }
    }

    public IAsyncEnumerable<int> UndoAsync(ImportRun run, UndoneSoFar so, Actor by, CancellationToken ct) => undo.RunAsync(run, so, by, ct);

    private static IEnumerable<SourceRow> RowsOf(List<PeopleSource> sources, ImportRun run) =>
        sources.Count == 1 ? sources[0].Rows() : sources.Zip(run.Files).SelectMany(s => s.First.Rows().Select(r => r with { File = s.Second.Name }));

    // Rows that an earlier try took in already are decided upon again, so that the rest is decided as it would have been.
    private static async Task ReplayAsync(PlanPeople planning, SourceRow[] rows, PeopleProgress progress, CancellationToken ct)
    {
        var (_, outcomes) = await planning.DecideAsync(rows, progress, null, ct);
        foreach (var outcome in outcomes) _ = outcome.Fate;
        progress.Settle();
    }

    private static string Why(RowOutcome outcome, bool repeated)
    {
        var why = repeated ? "About somebody of an earlier row." : outcome.Why;
        return outcome.Problems.Count > 0 && outcome.Fate != RowFate.Failed ? $"{why} {string.Join(' ', outcome.Problems)}" : why;
    }

    private static async Task<List<PeopleSource>> OpenAllAsync(RapportDb db, ImportRun run, string region, CancellationToken ct)
    {
        var sources = new List<PeopleSource>();
        foreach (var file in run.Files)
            sources.Add((await OpenAsync(db, file, run.Options, region, ct)).Succeeded(out var source, out var refusal) ? source : throw new ImportBrokenException(refusal.Message));
        return sources;
    }

    private static async Task<Result<PeopleSource>> OpenAsync(RapportDb db, ImportFile file, ImportOptions options, string region, CancellationToken ct)
    {
        var remembered = new Dictionary<string, PeopleMapping?>();
        if (options.Mapping is null)
            foreach (var one in await db.Set<RememberedMapping>().AsNoTracking().ToListAsync(ct)) remembered[one.Signature] = PeopleMapping.FromJson(one.Mapping);
        return PeopleSource.Open(file, table => options.Mapping is { } chosen && chosen.Columns.Count == table.Header.Count ? chosen : remembered.GetValueOrDefault(PeopleMapping.SignatureOf(table.Header)), region);
    }
}
