using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Imports people and organisations from tables and cards.</summary>
internal sealed class PeopleImporter(IServiceScopeFactory scopes, UndoPeople undo, TimeProvider clock) : IImporter
{
    internal const string APerson = "person", AnOrganization = "organization";
    private const int ShownRows = 50;

    /// <summary>Rows of one transaction.</summary>
    internal int BatchRows { get; init; } = 20_000;

    public ImportKind Kind => ImportKind.People;

    // Whatever nobody else knows is a table until it proves to be none: the reader says best what is wrong with it.
    public bool Knows(string path) => true;

    public async Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var batch = scope.ServiceProvider.GetRequiredService<PeopleBatch>();
        var progress = new PeopleProgress { Context = await ImportContext.OfAsync(db, clock, ct), Ids = new(clock) };
        var (counts, shown, repeats, seen) = (new ImportCounts(), new List<PreviewRow>(), new RepeatedRows(), 0);
        PeopleSource? first = null;
        foreach (var file in files)
        {
            if (!(await OpenAsync(db, file, options, progress.Context.Region, ct)).Succeeded(out var source, out var refusal)) return refusal;
            first ??= source;
            if (!first.Header.SequenceEqual(source.Header)) return Refusal.Invalid("import.columns", $"{file.Name}: its columns are others than those of {files[0].Name}. Import the files one after the other.", "file");
            foreach (var chunk in source.Rows().Take(most - seen).Chunk(Math.Min(most, BatchRows)))
            {
                ct.ThrowIfCancellationRequested();
                var (_, planned) = await batch.PlanAsync(chunk, progress, ct);
                var outcomes = chunk.Zip(planned, (row, outcome) => repeats.Mend(row.Row, outcome)).ToList();
                repeats.NextBatch();
                shown.AddRange(chunk.Zip(outcomes, (row, o) => new PreviewRow(row.Row.Number, row.Cells, o.Fate, o.Problems.Count > 0 && o.Fate != RowFate.Failed ? $"{o.Why} {string.Join(' ', o.Problems)}" : o.Why)).Take(ShownRows - shown.Count));
                (counts, seen) = (counts + PeopleBatch.Count(outcomes), seen + chunk.Length);
            }
        }
        return new ImportPreview(Kind, first!.Format, counts, seen < most, first.Mapping, shown, []);
    }

    public async IAsyncEnumerable<ImportRun> RunAsync(ImportId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var batch = scope.ServiceProvider.GetRequiredService<PeopleBatch>();
        var run = await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        await db.OursAsync(clock, ct);
        await db.SaveAsync(run.Actor, ct);
        db.ChangeTracker.Clear();
        var progress = new PeopleProgress
        {
            Context = await ImportContext.OfAsync(db, clock, ct),
            Ids = new(clock),
            Changes = await db.Set<ImportChange>().Where(c => c.Import == id).MaxAsync(c => (long?)c.Seq, ct) ?? 0,
            Problems = await db.Set<ImportProblem>().Where(p => p.Import == id).MaxAsync(p => (long?)p.Seq, ct) ?? 0,
        };
        var sources = await OpenAllAsync(db, run, progress.Context.Region, ct);
        progress.Heads = sources[0].Header;
        // How far it is stands there a little later, and costs no waiting.
        var total = Task.Run(() => sources.Sum(s => s.Count()), ct);
        var done = run.Position is null ? 0 : int.Parse(run.Position, CultureInfo.InvariantCulture);

        await db.Dialect.BeginBulkAsync(db, ct);
        try
        {
            foreach (var chunk in RowsOf(sources, run).Take(done).Chunk(BatchRows)) await batch.ReplayAsync(chunk, progress, ct);
            using var rows = RowsOf(sources, run).Skip(done).Chunk(BatchRows).GetEnumerator();
            // The next rows are read while these are written.
            var next = Task.Run(() => rows.MoveNext() ? rows.Current : null, ct);
            try
            {
                while (await next is { } chunk)
                {
                    next = Task.Run(() => rows.MoveNext() ? rows.Current : null, ct);
                    done += chunk.Length;
                    yield return await batch.RunAsync(id, chunk, progress, done.ToString(CultureInfo.InvariantCulture), PerMille(done, total), ct);
                }
            }
            finally
            {
                await Task.WhenAll(next, total).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        finally
        {
            await db.Dialect.EndBulkAsync(db);
        }
    }

    public IAsyncEnumerable<int> UndoAsync(ImportRun run, UndoneSoFar so, Actor by, CancellationToken ct) => undo.RunAsync(run, so, by, ct);

    private static IEnumerable<SourceRow> RowsOf(List<PeopleSource> sources, ImportRun run) =>
        sources.Count == 1 ? sources[0].Rows() : sources.Zip(run.Files).SelectMany(s => s.First.Rows().Select(r => r with { File = s.Second.Name }));

    private static int PerMille(int done, Task<int> total) => total.IsCompletedSuccessfully && total.Result > 0 ? (int)Math.Min(1000, done * 1000L / total.Result) : 0;

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
