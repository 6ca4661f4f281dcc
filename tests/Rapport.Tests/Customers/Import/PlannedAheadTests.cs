using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Customers.Import;

/// <summary>A batch is decided upon while the one before it is written; nobody may notice.</summary>
public sealed class PlannedAheadTests(RapportFixture rapport) : ProductTests(rapport), IDisposable
{
    private static readonly string[] Ids = ["id", "party", "person", "organization", "relationship", "customer", "parent", "created_at", "ref", "place"];

    private readonly ImportBench bench = new(rapport);

    public void Dispose() => bench.Dispose();

    // Every row meets somebody of rows shortly before it: by key, by address, by name in the organisation, by the organisation's name and domain, as a unit, and by name alone.
    private const string Meeting = """
        Id,Name,Company,Department,E-mail,Phone,Note,Tier,Payer,Website
        k1,Runa Holm,Quayline AB,,runa@quayline.example,,first,A,yes,
        k1,Runa Holm,Quayline AB,,,+46 8 901 23 45,second,B,no,
        ,Runa Holm,Quayline AB,,runa@quayline.example,+46 8 901 23 46,third,,,quayline.example
        ,Sten Moe,Quayline AB,,,,,,,
        ,Sten Moe,Quayline AB,,,+46 8 901 23 47,of no address,,,
        ,Sten Moe,Quayline AB,,sten@quayline.example,,,C,,
        ,,Quayline AB,Harbour,,,,,,
        ,,Quayline AB,Harbour,harbour@quayline.example,,,,,
        ,,QUAYLINE AB,,,,,,yes,
        ,Ida Bare,,,,,,,,
        ,Ida Bare,,,,+46 8 901 23 48,,,,
        ,Ida Bare,,,ida@bare.example,,,,,
        k2,Ulf Key,Other AB,,shared@other.example,,,,,
        k3,Ulf Key,Other AB,,shared@other.example,,,,,
        ,Ulf Key,Other AB,,shared@other.example,,somebody of them,,,
        ,,,,only@quayline.example,,,,,
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Small_batches_decide_as_one_large_batch_does(int size)
    {
        var whole = await bench.ImportAsync(Meeting);
        var picture = await bench.PictureAsync(Ids);
        Assert.Null((await bench.UndoAsync(whole.Id)).Problem);
        var empty = await bench.PictureAsync(Ids);
        Assert.NotEqual(empty, picture);

        var id = await bench.PrepareAsync(bench.File(Meeting));
        await foreach (var _ in Importer(size).RunAsync(id, Ct)) { }
        Assert.Equal(picture, await bench.PictureAsync(Ids));
        Assert.Equal(whole.Counts.Read, (await bench.FindAsync(id)).Counts.Read);

        var again = await bench.PrepareAsync(bench.File(Meeting));
        await foreach (var _ in Importer(size).RunAsync(again, Ct)) { }
        Assert.Equal((0, 0), ((await bench.FindAsync(again)).Counts.Created, (await bench.FindAsync(again)).Counts.Changed));

        await EndAsync(id, again);
        Assert.Null((await bench.UndoAsync(id)).Problem);
        Assert.Equal(empty, await bench.PictureAsync(Ids));
    }

    [Fact]
    public async Task What_somebody_changes_while_the_next_batch_is_planned_already_is_not_overwritten()
    {
        await bench.ImportAsync("Name,E-mail\nAsta Mild,asta@ahead.example\n");
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var asta = await Rapport.InDatabaseAsync(db => db.Persons().SingleAsync(p => p.Name == "Asta Mild", Ct));
        var id = await bench.PrepareAsync(bench.File("Name,E-mail,Phone,Language\nAsta Mild,asta@ahead.example,+46 8 901 23 49,\nAsta Mild,asta@ahead.example,,sv\n"));

        var batches = 0;
        await foreach (var _ in Importer(1).RunAsync(id, Ct))
            if (++batches == 1) Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ChangeParty>().RunAsync(asta.Id, new("Asta Mild", Note: "Said meanwhile"), by, Ct)));

        var now = await Rapport.InDatabaseAsync(db => db.Persons().SingleAsync(p => p.Id == asta.Id, Ct));
        Assert.Equal((2, "Said meanwhile", "sv"), (batches, now.Note, now.Language));
    }

    [Fact]
    public async Task Whom_somebody_adds_while_the_next_batch_is_planned_already_is_met_and_the_first_word_on_a_thing_still_counts()
    {
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var id = await bench.PrepareAsync(bench.File("Name,Company,E-mail,Tier\nBo Early,Meanwhile AB,bo@meanwhile.example,A\nLiv Late,Meanwhile AB,liv@meanwhile.example,B\nLiv Late,Meanwhile AB,liv@meanwhile.example,C\n"));

        var batches = 0;
        await foreach (var _ in Importer(1).RunAsync(id, Ct))
            if (++batches == 1) Assert.True((await Rapport.InScopeAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new("Liv Late", ContactPoints: [new(ContactKind.Email, "liv@meanwhile.example")]), by, Ct))).Succeeded(out var _, out var refusal), refusal?.Message);

        var (persons, tier) = await Rapport.InDatabaseAsync(async db => (await db.Persons().CountAsync(p => p.Name == "Liv Late", Ct), await db.Organizations().Where(o => o.Name == "Meanwhile AB").Select(o => o.Tier).SingleAsync(Ct)));
        Assert.Equal((1, Tier.A), (persons, tier));
        Assert.Equal(new ImportCounts(Read: 3, Created: 1, Changed: 1, Skipped: 1), (await bench.FindAsync(id)).Counts);
    }

    [Fact]
    public async Task A_long_file_full_of_one_common_name_does_not_carry_all_of_its_bearers_from_batch_to_batch()
    {
        var path = bench.File(string.Join('\n', Enumerable.Range(0, 40).Select(i => $"Ola Common,Common {i % 3} AB,ola{i}@common.example").Prepend("Name,Company,E-mail")));
        Assert.True(PeopleSource.Open(new(path, "common.csv"), _ => null, "SE").Succeeded(out var source, out var refusal), refusal?.Message);
        await Rapport.InScopeAsync(async services =>
        {
            var progress = new PeopleProgress { Context = await ImportContext.OfAsync(services.GetRequiredService<RapportDb>(), Rapport.Clock, Ct), Ids = new(Rapport.Clock) };
            KnownParties? before = null;
            foreach (var batch in source.Rows().Chunk(4))
            {
                before = (await services.GetRequiredService<PlanPeople>().RunAsync(progress.Ids.New<ImportId>(), batch, progress, before, Ct)).Known;
                progress.Settle();
            }
            // Four of its own, four of the batch before it at most, three firms, and us where we are known.
            Assert.InRange(before!.All.Count(), 7, 12);
            return 0;
        });
    }

    private PeopleImporter Importer(int batchRows) =>
        new(Rapport.Services.GetRequiredService<IServiceScopeFactory>(), new(Rapport.Services.GetRequiredService<IServiceScopeFactory>()), new() { ImportBatchRows = batchRows }, Rapport.Clock);

    // What whoever runs an import does at its end.
    private Task<int> EndAsync(params ImportId[] ids) => Rapport.InDatabaseAsync(db => db.Set<ImportRun>().Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ImportState.Done).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null), Ct));
}
