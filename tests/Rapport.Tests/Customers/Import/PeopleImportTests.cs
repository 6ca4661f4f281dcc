using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Customers.Import;

public sealed class PeopleImportTests(RapportFixture rapport) : ProductTests(rapport), IDisposable
{
    private readonly ImportBench bench = new(rapport);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_row_makes_a_person_with_their_place_and_how_they_are_reached()
    {
        var run = await bench.ImportAsync("Name,Company,Department,Job title,E-mail,Phone,Note\nLena Brandt,Hafenwerk GmbH,Docks,Head of docks,Lena@Hafenwerk.example,030 901820,Likes calls\n");
        Assert.Equal((ImportState.Done, null), (run.State, run.Problem));
        Assert.Equal(new ImportCounts(Read: 1, Created: 1), run.Counts);
        var (person, place, points, domain) = await Rapport.InDatabaseAsync(async db =>
        {
            var lena = await db.Persons().SingleAsync(p => p.Name == "Lena Brandt");
            return (lena, await db.Set<Affiliation>().Where(a => a.Person == lena.Id).Join(db.Organizations(), a => a.Organization, o => o.Id, (a, o) => new { a.Title, a.Department, o.Name }).SingleAsync(),
                await db.Set<ContactPoint>().Where(c => c.Party == lena.Id).OrderBy(c => c.Kind).Select(c => c.Value).ToListAsync(), await db.OrganizationByDomainAsync("hafenwerk.example", default));
        });
        Assert.Equal(("Lena", "Brandt", "Likes calls"), (person.GivenName, person.FamilyName, person.Note));
        Assert.Equal(("Head of docks", "Docks", "Hafenwerk GmbH"), (place.Title, place.Department, place.Name));
        Assert.Equal(["lena@hafenwerk.example", "+4930901820"], points);
        Assert.NotNull(domain);
    }

    [Fact]
    public async Task Who_was_imported_is_found_at_once()
    {
        await bench.ImportAsync("Name,Company,E-mail\nWiesław Żak,Ørsund Boats,wieslaw@orsund.example\n");
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var hits = await Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindAsync(SearchKind.Person, SearchQuery.Parse("wieslaw zak"), by, 5, default));
        Assert.Equal(("Wiesław Żak", "Ørsund Boats"), (Assert.Single(hits).Title, hits[0].Detail));
    }

    [Fact]
    public async Task Whose_customer_is_whose_stands_after_the_import()
    {
        var run = await bench.ImportAsync("Company,Owner,Tier,Payer,Customer since\nNorthwind Ferries,ADA harbour,A,yes,2023-05-01\nHilltop Schools,nobody@harbourline.example,B,no,\n");
        Assert.Equal((2, 1), (run.Counts.Created, run.Counts.Flawed));
        Assert.Contains("is nobody who signs in here", Assert.Single(await bench.ProblemsAsync(run.Id)).Reason);
        var ada = await Rapport.Members.ActorAsync(Roles.Owner);
        var (northwind, terms) = await Rapport.InDatabaseAsync(async db =>
        {
            var party = await db.Organizations().SingleAsync(o => o.Name == "Northwind Ferries");
            return (party, await db.Set<Relationship>().SingleAsync(r => r.Customer == party.Id));
        });
        Assert.Equal((ada.Id, Tier.A, true, new DateOnly(2023, 5, 1), Standing.Customer), (terms.Owner!.Value, terms.Tier, terms.Primary, terms.Since!.Value, terms.Standing));
        Assert.Equal((Who.Customer, Standing.Customer, CustomerRank.Of(Tier.A, pays: true)), (northwind.Who, northwind.Standing!.Value, northwind.Rank));
    }

    [Theory]
    [InlineData("the external key", "Id,Name,E-mail\n77,Nora Quist,nora@one.example", "Id,Name,E-mail\n77,Nora Quist-Lund,nora.quist@two.example", RowFate.Changed)]
    [InlineData("the address", "Name,E-mail\nOle Dahl,ole@three.example", "Name,E-mail,Phone\nDr. Ole Dahl,OLE@three.example,+49 30 901821", RowFate.Changed)]
    [InlineData("an address that stood for the name", "E-mail\npia@four.example", "Name,E-mail\nPia Storm,pia@four.example", RowFate.Changed)]
    [InlineData("name and organisation", "Name,Company\nTom Reed,Five Ltd", "Name,Company,E-mail\nReed\\, Tom,five ltd,tom@five.example", RowFate.Changed)]
    [InlineData("nothing: another person of the address", "Name,E-mail\nUma Frey,desk@six.example", "Name,E-mail\nKai Voss,desk@six.example", RowFate.Created)]
    [InlineData("nothing: a namesake with another address", "Name,Company,E-mail\nJo Lund,Seven Ltd,jo@seven.example", "Name,Company,E-mail\nJo Lund,Seven Ltd,lund@seven.example", RowFate.Created)]
    [InlineData("nothing: another key", "Id,Name,E-mail\n81,Ann Berg,ann@eight.example", "Id,Name,E-mail\n82,Ann Berg,ann@eight.example", RowFate.Created)]
    public async Task A_row_meets_who_is_here_by(string what, string first, string second, RowFate fate)
    {
        second = second.Replace("Reed\\, Tom", "\"Reed, Tom\"", StringComparison.Ordinal);
        Assert.Equal(1, (await bench.ImportAsync(first)).Counts.Created);
        var run = await bench.ImportAsync(second);
        Assert.True((fate == RowFate.Created ? run.Counts.Created : run.Counts.Changed) == 1, $"by {what}: {run.Counts}");
    }

    [Theory]
    [InlineData(0, RowFate.Skipped, 1)]
    [InlineData(30, RowFate.Skipped, 1)]
    [InlineData(-1, RowFate.Created, 2)]
    public async Task A_place_with_an_end_is_met_through_its_last_day(int lastDayFromToday, RowFate fate, int people)
    {
        var name = $"Leaves In {lastDayFromToday + 1}";
        await bench.ImportAsync($"Name,Company\n{name},Leaving Ltd\n");
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var place = await Rapport.InDatabaseAsync(db => db.Set<Affiliation>().SingleAsync(a => db.Persons().Any(p => p.Id == a.Person && p.Name == name)));
        var last = DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime).AddDays(lastDayFromToday);
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<EndAffiliation>().RunAsync(place.Person, place.Id, last, by, default)));
        var again = await bench.ImportAsync($"Name,Company\n{name},Leaving Ltd\n");
        Assert.True((fate == RowFate.Created ? again.Counts.Created : again.Counts.Skipped) == 1, again.Counts.ToString());
        Assert.Equal(people, await Rapport.InDatabaseAsync(db => db.Persons().CountAsync(p => p.Name == name)));
    }

    [Fact]
    public async Task What_a_person_typed_is_never_overwritten_with_nothing()
    {
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var typed = await Rapport.InScopeAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new("Ivo Grau", ContactPoints: [new(ContactKind.Email, "ivo@grau.example")], Note: "Met at the fair", Language: "de"), by, default));
        await bench.ImportAsync("Name,E-mail,Note,Language\nIvo Grau,ivo@grau.example,,\n");
        var run = await bench.ImportAsync("Name,E-mail,Note\nIvo Grau,ivo@grau.example,Prefers mornings\n");
        Assert.Equal(1, run.Counts.Changed);
        var person = await Rapport.InDatabaseAsync(db => db.Persons().SingleAsync(p => p.Id == typed.Value));
        Assert.Equal(("Met at the fair\n\nPrefers mornings", "de"), (person.Note, person.Language));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_kept_with_the_reason_and_the_rest_goes_on()
    {
        var run = await bench.ImportAsync("Name,E-mail,Tier\nGood One,good@nine.example,A\n,,B\nHalf One,not an address,C\n");
        Assert.Equal(new ImportCounts(Read: 3, Created: 2, Failed: 1, Flawed: 1), run.Counts);
        var problems = await bench.ProblemsAsync(run.Id);
        Assert.Equal([(3, true), (4, false)], problems.Select(p => (p.Row, p.Failed)));
        Assert.Contains("not an address", problems[1].Reason);
    }

    [Fact]
    public async Task A_formula_where_a_tier_should_stand_is_named_and_not_passed_over()
    {
        var run = await bench.ImportAsync("Name,E-mail,Tier\nSum One,sum.one@nine.example,=1+1\nSum Two,sum.two@nine.example,=A1\nSum Three,sum.three@nine.example,Z\n");
        Assert.Equal(new ImportCounts(Read: 3, Created: 3, Flawed: 3), run.Counts);
        Assert.All(await bench.ProblemsAsync(run.Id), p => Assert.Contains("is not a tier; write A, B, C or none", p.Reason));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var file = bench.File(Messy);
        await bench.RunAsync(file);
        var before = await bench.PictureAsync();
        var again = await bench.RunAsync(file);
        Assert.Equal((0, 0), (again.Counts.Created, again.Counts.Changed));
        Assert.Equal(before, await bench.PictureAsync());
    }

    [Fact]
    public async Task A_preview_says_what_will_become_of_each_row_and_changes_nothing()
    {
        await bench.ImportAsync("Name,E-mail\nOld Hand,old@ten.example\n");
        var before = await bench.PictureAsync();
        var file = bench.File("Name,E-mail,Phone\nNew Hand,new@ten.example,\nOld Hand,old@ten.example,+49 30 901829\nOld Hand,old@ten.example,\n,,\n,,x\n");
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var preview = await Rapport.InScopeAsync(s => s.GetRequiredService<PrepareImport>().PreviewAsync([new(file, "people.csv")], new(), 1000, by, default));
        Assert.Equal([RowFate.Created, RowFate.Changed, RowFate.Skipped, RowFate.Failed], preview.Value!.Rows.Select(r => r.Fate));
        Assert.Equal("Old Hand: telephone number.", preview.Value.Rows[1].Why);
        Assert.Equal(before, await bench.PictureAsync());
        Assert.Equal(preview.Value.Counts, (await bench.RunAsync(file)).Counts);
    }

    [Fact]
    public async Task An_import_killed_at_any_batch_goes_on_to_the_same_end()
    {
        var content = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"Row {i % 23},Firm {i % 5} Ltd,row{i % 23}@eleven{i % 7}.example,{(i % 3 == 0 ? "+49 30 9018" + i : "")}").Prepend("Name,Company,E-mail,Phone"));
        await bench.UndoAsync((await bench.ImportAsync(content)).Id);
        var whole = await bench.ImportAsync(content);
        var picture = await bench.PictureAsync("id", "party", "person", "organization", "created_at", "ref");
        await bench.UndoAsync(whole.Id);

        var id = await bench.PrepareAsync(bench.File(content));
        var importer = new PeopleImporter(Rapport.Services.GetRequiredService<IServiceScopeFactory>(), new(Rapport.Services.GetRequiredService<IServiceScopeFactory>()), new() { ImportBatchRows = 7 }, Rapport.Clock);
        for (var done = false; !done;)
        {
            done = true;
            await foreach (var _ in importer.RunAsync(id, Ct)) { done = false; break; }
        }
        Assert.Equal(whole.Counts, (await bench.FindAsync(id)).Counts);
        Assert.Equal(picture, await bench.PictureAsync("id", "party", "person", "organization", "created_at", "ref"));
    }

    [Fact]
    public async Task Undo_leaves_who_was_changed_since_and_says_so()
    {
        var run = await bench.ImportAsync("Name,E-mail\nTouched One,touched@twelve.example\nUntouched One,untouched@twelve.example\n");
        var by = await Rapport.Members.ActorAsync(Roles.Owner);
        var touched = await Rapport.InDatabaseAsync(db => db.Persons().SingleAsync(p => p.Name == "Touched One"));
        await Rapport.InScopeAsync(s => s.GetRequiredService<AddContactPoint>().RunAsync(touched.Id, new(ContactKind.Telephone, "+49 30 901877"), by, default));
        var undone = await bench.UndoAsync(run.Id);
        Assert.Equal((ImportState.Undone, "Touched One was changed since and stays as it is."), (undone.State, undone.Problem));
        Assert.Equal(["Touched One"], await Rapport.InDatabaseAsync(db => db.Persons().Where(p => p.Name.EndsWith("touched One") || p.Name == "Touched One").Select(p => p.Name).ToListAsync()));
    }

    [Fact]
    public async Task Undo_restores_what_was_there_to_the_letter()
    {
        await bench.ImportAsync(Messy);
        await Rapport.RunJobsAsync();
        var word = Gen.String[Gen.Char["abcdé 1"], 0, 5];
        var row = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 4], word, Gen.Int[0, 3].Select(i => new[] { "", "A", "b", "x" }[i]), Gen.Int[0, 2].Select(i => new[] { "", "yes", "no" }[i]),
            (name, firm, mail, note, tier, pays) => $"{(name == 0 ? "" : $"Person {name}")},{(firm == 0 ? "" : $"Firm {firm} AG")},{(mail == 0 ? "" : $"m{mail}@thirteen.example")},\"{note}\",{tier},{pays}");
        foreach (var rows in row.Array[1, 12].Array[25].Single())
        {
            var before = await bench.PictureAsync();
            var file = bench.File(string.Join('\n', rows.Prepend("Name,Company,E-mail,Note,Tier,Payer")));
            var run = await bench.RunAsync(file);
            var after = await bench.PictureAsync();
            var again = await bench.RunAsync(file);
            Assert.True(again.Counts is { Created: 0, Changed: 0 }, string.Join('\n', rows));
            Assert.Equal(after, await bench.PictureAsync());
            var undone = await bench.UndoAsync(run.Id);
            Assert.True(undone.Problem is null, undone.Problem + string.Join('\n', rows));
            Assert.Equal(before, await bench.PictureAsync());
        }
    }

    [Fact]
    public async Task The_journal_has_one_line_for_a_batch_and_still_verifies()
    {
        var run = await bench.ImportAsync("Name\nQuiet One\nQuiet Two\n");
        var lines = await Rapport.InScopeAsync(s => s.GetRequiredService<JournalQueries>().ListAsync($"imports/{run.Id}", null, null, 10, default));
        Assert.Equal(["people.imported", "import.started", "import.prepared"], lines.Select(l => l.Deed));
        Assert.Null((await Rapport.InScopeAsync(s => s.GetRequiredService<VerifyJournal>().RunAsync(default))).BrokenAt);
    }

    [Fact]
    public async Task A_reader_cannot_import()
    {
        var by = await Rapport.Members.ActorAsync(Roles.Reader);
        var refused = await Rapport.InScopeAsync(s => s.GetRequiredService<PrepareImport>().RunAsync(Ids.New<ImportId>(Rapport.Clock), [new(bench.File("Name\nX"), "x.csv")], new(), true, by, default));
        Assert.Equal("import.forbidden", refused.Refusal?.Code);
    }

    // Shared mailboxes, repeated and contradicting rows, units, somebody with and without an address.
    private const string Messy = """
        Id,Name,Company,Department,Title,E-mail,Phone,Note,Owner,Tier,Payer
        ,Mira Salo,Northgate Oy,,Buyer,mira@northgate.example,+358 9 1234567,first words,,A,yes
        ,Mira Salo,Northgate Oy,,Chief buyer,mira@northgate.example,,second words,,B,no
        ,,Northgate Oy,Warehouse,,store@northgate.example,,,,,
        ,Desk One,Northgate Oy,,,desk@northgate.example,,,,,
        ,Desk Two,Northgate Oy,,,desk@northgate.example,,,,,
        ,No Address,,,,,,,,,
        9,Keyed One,,,,,,,,,
        9,Keyed Other,,,,keyed@northgate.example,,,,,
        ,,,,,bare@northgate.example,,,,,
        """;
}
