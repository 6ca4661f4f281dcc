using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Customers.Import;

/// <summary>Imports files as the page does, and takes pictures of the tables they touch.</summary>
internal sealed class ImportBench(RapportFixture rapport) : IDisposable
{
    private readonly TempFiles files = new();

    public void Dispose() => files.Dispose();

    public string File(string content, string name = "people.csv") => files.Write(name, Encoding.UTF8.GetBytes(content));

    public async Task<ImportId> PrepareAsync(string path, ImportOptions? options = null, Roles roles = Roles.Owner)
    {
        var by = await rapport.Members.ActorAsync(roles);
        return await rapport.InScopeAsync(async services =>
        {
            var id = Ids.New<ImportId>(rapport.Clock);
            var prepared = await services.GetRequiredService<PrepareImport>().RunAsync(id, [new(path, Path.GetFileName(path))], options ?? new(), uploaded: true, by, default);
            Assert.True(prepared.Succeeded(out _, out var refusal), refusal?.Message);
            Assert.Null(await services.GetRequiredService<StartImport>().RunAsync(id, null, by, default));
            return id;
        });
    }

    public Task<ImportRun> ImportAsync(string content) => RunAsync(File(content));

    public async Task<ImportRun> RunAsync(string path, ImportOptions? options = null, Roles roles = Roles.Owner)
    {
        var id = await PrepareAsync(path, options, roles);
        await rapport.RunJobsAsync();
        return await FindAsync(id);
    }

    public async Task<ImportRun> UndoAsync(ImportId id, Roles roles = Roles.Owner)
    {
        var by = await rapport.Members.ActorAsync(roles);
        Assert.Null(await rapport.InScopeAsync(services => services.GetRequiredService<UndoImport>().RunAsync(id, by, default)));
        await rapport.RunJobsAsync();
        return await FindAsync(id);
    }

    public Task<ImportRun> FindAsync(ImportId id) => rapport.InDatabaseAsync(db => db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id));

    public Task<List<ImportProblem>> ProblemsAsync(ImportId id) => rapport.InDatabaseAsync(db => db.Set<ImportProblem>().Where(p => p.Import == id).OrderBy(p => p.Seq).ToListAsync());

    /// <summary>Every row of what imports write, as text. Versions only ever grow, so they are left out, and ids where two runs are compared.</summary>
    public Task<string> PictureAsync(params string[] without) => PictureOfAsync(["parties", "contact_points", "affiliations", "relationships", "mail_domains", "search_entries"], without);

    /// <summary>Every row of some tables, as text.</summary>
    public Task<string> PictureOfAsync(string[] tables, params string[] without) => rapport.InDatabaseAsync(async db =>
    {
        var picture = new StringBuilder();
        foreach (var table in tables)
            picture.Append(table).Append('\n').AppendJoin('\n', (await RowsAsync(db, table, [.. without, "version", "place"])).Order(StringComparer.Ordinal)).Append('\n');
        return picture.ToString();
    });

    private static async Task<List<string>> RowsAsync(RapportDb db, string table, string[] without)
    {
        await using var command = await Dialect.CommandAsync(db, $"SELECT * FROM {table}", default);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Where(i => !without.Contains(reader.GetName(i))).Select(i => $"{reader.GetName(i)}={Text(reader.GetValue(i))}")));
        return rows;
    }

    private static string? Text(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        string[] many => string.Join(',', many),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
