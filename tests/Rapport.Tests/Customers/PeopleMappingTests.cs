using System.Text;
using CsCheck;
using Rapport.Customers;
using Rapport.Customers.Import;

namespace Rapport.Tests.Customers;

public sealed class PeopleMappingTests : IDisposable
{
    private readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("First Name,Middle Name,Last Name,Name Prefix,Organization Name,Organization Title,Organization Department,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Address 2 - City,Website 1 - Value",
        "Given Middle Family Honorific Organization Title Department Ignore Note Tags Ignore Email Email Ignore Phone Street City Postcode Country Ignore Website")]
    [InlineData("Title,First Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,Business Postal Code,Business Country/Region,Home City,Business Fax,Business Phone,Mobile Phone,Categories,E-mail Address,E-mail 2 Address,Web Page,Notes",
        "Honorific Given Family Suffix Organization Department Title Street City Postcode Country Ignore Ignore Phone Phone Tags Email Email Website Note")]
    [InlineData("Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Associated Company,Job Title,City,Country/Region,Website URL",
        "PersonKey Given Family Email Phone Owner Ignore Organization Title City Country Website")]
    [InlineData("Contact ID,Salutation,First Name,Last Name,Title,Account Name,Account ID,Mailing Street,Mailing City,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Fax,Email,Contact Owner,Description",
        "PersonKey Honorific Given Family Title Organization OrganizationKey Street City Postcode Country Phone Phone Ignore Email Owner Note")]
    [InlineData("Anrede;Vorname;Nachname;Firma;Abteilung;Funktion;Straße;PLZ;Ort;Land;Telefon;E-Mail-Adresse;Kunde seit;Kundennr.;Betreuer;Bemerkung",
        "Honorific Given Family Organization Department Title Street Postcode City Country Phone Email CustomerSince PersonKey Owner Note")]
    [InlineData("Civilité;Prénom;Nom;Société;Service;Fonction;Rue;Code postal;Ville;Pays;Téléphone;Courriel;Client depuis;Responsable",
        "Honorific Given Family Organization Department Title Street Postcode City Country Phone Email CustomerSince Owner")]
    [InlineData("Nombre;Apellidos;Empresa;Departamento;Cargo;Dirección;Código postal;Ciudad;País;Teléfono;Correo electrónico;Cliente desde",
        "Given Family Organization Department Title Street Postcode City Country Phone Email CustomerSince")]
    [InlineData("Voornaam;Achternaam;Bedrijf;Afdeling;Functie;Straat;Huisnummer;Postcode;Plaats;Land;Telefoon;E-mailadres;Klant sinds;Accountmanager",
        "Given Family Organization Department Title Street HouseNumber Postcode City Country Phone Email CustomerSince Owner")]
    [InlineData("name,company,email,phone,tier,payer,customer since,owner,domain", "FullName Organization Email Phone Tier Payer CustomerSince Owner Domain")]
    [InlineData("firstName,lastName,emailAddress,phoneNumber", "Given Family Email Phone")]
    public void Heads_of_known_exports_and_languages_are_understood(string header, string kinds)
    {
        var table = Open(header + "\n" + new string(header.Contains(';') ? ';' : ',', 2) + "x\n");
        Assert.Equal(kinds, string.Join(' ', PeopleMapping.Guess(table, "DE").Columns.Select(column => column.Kind)));
    }

    [Fact]
    public void Values_decide_where_heads_say_nothing_or_lie()
    {
        var mapping = PeopleMapping.Guess(Open("Foo,Mail,Bar\nanna@example.com,yes,+49 30 1234567\neva@example.com,no,+49 30 1234568\n"), "DE");
        Assert.Equal([ColumnKind.Email, ColumnKind.Ignore, ColumnKind.Phone], mapping.Columns.Select(column => column.Kind));
        Assert.Equal("its head says email, its values do not; choose if you want it", mapping.Columns[1].Reason);
        Assert.Null(mapping.Problem());
        Assert.NotNull(PeopleMapping.Guess(Open("Foo,Bar\n1x,2x\n"), "DE").Problem());
    }

    [Fact]
    public void A_mapping_is_remembered_by_its_heads()
    {
        var mapping = PeopleMapping.Guess(Open("Name,Mail\nAnna,anna@example.com\n"), "US").With(0, ColumnKind.Organization);
        var again = PeopleMapping.FromJson(mapping.ToJson())!;
        Assert.Equal(mapping.Columns, again.Columns);
        Assert.Equal((mapping.Dates, mapping.Signature), (again.Dates, again.Signature));
        Assert.Equal(PeopleMapping.SignatureOf(["NAME ", "mail"]), again.Signature);
        Assert.Null(PeopleMapping.FromJson("{}"));
        Assert.Null(PeopleMapping.FromJson("nonsense"));
    }

    [Fact]
    public void A_row_becomes_a_person_with_everything_normalised_and_the_original_beside()
    {
        var row = Assert.Single(Read("Vorname;Nachname;Firma;E-Mail;Telefon;PLZ;Ort;Kunde seit;Klasse;Zahler;Betreuer;Schlagworte\n" +
            "Anna;Field;Seorin Labs;Anna.Field@Seorin.example, eva@gmail.com;030 1234567;10115;Berlin;31.12.2020;A;ja;max@example.com;one, two\n"));
        Assert.Equal(("Anna Field", "Seorin Labs", "seorin.example"), (row.Person!.Original, row.Organization, row.Domain));
        Assert.Equal(
            [new(ContactKind.Email, "anna.field@seorin.example", "Anna.Field@Seorin.example", null), new(ContactKind.Email, "eva@gmail.com", "eva@gmail.com", null),
             new(ContactKind.Telephone, "+49301234567", "030 1234567", null), new ImportedContact(ContactKind.Postal, "10115 Berlin", "10115 Berlin", null)], row.Contacts);
        Assert.Equal((Tier.A, true, new DateOnly(2020, 12, 31), "max@example.com"), (row.Tier, row.Payer, row.CustomerSince, row.Owner));
        Assert.Equal(["one", "two"], row.Tags);
        Assert.Empty(row.Problems);
    }

    [Fact]
    public void What_is_wrong_in_a_row_is_said_with_what_to_do_and_the_rest_is_kept()
    {
        var row = Read("Name,Email,Tier,Phone\nAnna Field,foo@,A,+49 30 1234567\nEva Hill,eva@example.com,Z,12\nUte Lake,u@example.com,B,+49 30 1234568\n").ToList();
        Assert.Equal("Row 2: 'foo@' is not an e-mail address; correct it or leave the cell empty.", Assert.Single(row[0].Problems).ToString());
        Assert.Equal("Anna Field", row[0].Person!.Original);
        Assert.Equal(2, row[1].Problems.Count);
        Assert.Null(row[1].Tier);
        Assert.True(row[1].IsUsable);
    }

    [Theory]
    [InlineData("2020-03-01", "2020-03-01")]
    [InlineData("2020-03-01 10:30:00", "2020-03-01")]
    [InlineData("1.3.2020", "2020-03-01")]
    [InlineData("01/03/20", "2020-03-01")]
    [InlineData("1 March 2020", "2020-03-01")]
    [InlineData("March 1st, 2020", "2020-03-01")]
    [InlineData("1. März 2020", "2020-03-01")]
    [InlineData("1er mars 2020", "2020-03-01")]
    [InlineData("1 de marzo de 2020", "2020-03-01")]
    [InlineData("1 maart 2020", "2020-03-01")]
    [InlineData("20200301", "2020-03-01")]
    [InlineData("2020/3/1", "2020-03-01")]
    [InlineData("03/2020", "2020-03-01")]
    [InlineData("2020", "2020-01-01")]
    [InlineData("31/02/2020", null)]
    [InlineData("soon", null)]
    [InlineData("0001-01-01", null)]
    public void Dates_are_read_in_many_forms(string text, string? iso) =>
        Assert.Equal(iso, DateWords.Read(text, DateOrder.DayFirst)?.ToString("yyyy-MM-dd"));

    [Fact]
    public void The_column_tells_in_which_order_its_dates_are() =>
        Assert.Equal(new DateOnly(2020, 3, 4), Read("Name,Customer since\nAnna,12/31/2019\nEva,03/04/2020\n").Last().CustomerSince);

    [Fact]
    public void No_text_makes_dates_or_rows_throw() => Gen.String.Array[1, 12].Sample(cells =>
    {
        foreach (var cell in cells) DateWords.Read(cell, DateOrder.MonthFirst);
        var kinds = Enum.GetValues<ColumnKind>().Skip(1).Select((kind, i) => new MappedColumn(i, kind.ToString(), kind, "")).ToList();
        var row = new PeopleReader(new PeopleMapping(kinds, DateOrder.DayFirst), "DE").Read(new TableRow(7, [.. cells.Concat(cells).Concat(cells)]));
        Assert.All(row.Problems, problem => Assert.StartsWith("Row 7: ", problem.ToString()));
    });

    [Fact]
    public void Error_rows_come_back_with_their_reason_and_without_formulas()
    {
        var stream = new MemoryStream();
        using (var file = new ErrorRowsFile(stream, ["Name", "Phone"]))
            file.Write(new TableRow(2, ["=HYPERLINK(\"x\")", "+49 30 1"]), ["'foo' is wrong."]);
        var text = Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF');
        Assert.Equal("Name,Phone,Reason\r\n\"'=HYPERLINK(\"\"x\"\")\",'+49 30 1,'foo' is wrong.\r\n", text);
        Assert.Equal("+49 30 1", Open(text).Rows().Single()[1]);
    }

    [Fact]
    public void No_cell_that_is_written_starts_a_formula() => Gen.String.Sample(text =>
        Assert.False(ErrorRowsFile.Harmless(text).TrimStart() is ['=' or '+' or '-' or '@', ..]));

    [Fact]
    public void Realistic_people_are_read()
    {
        var table = TableFile.Open(ReferenceData.FileOrSkip("duplicates", "febrl_dataset1.csv"), out _)!;
        var mapping = PeopleMapping.Guess(table, "AU");
        Assert.Equal("PersonKey Given Family HouseNumber Street Street City Postcode Region Ignore Ignore", string.Join(' ', mapping.Columns.Select(column => column.Kind)));
        var reader = new PeopleReader(mapping, "AU");
        Assert.All(table.Rows().Select(reader.Read), row => Assert.True(row.IsUsable || row.Problems.Count > 0));
    }

    private IEnumerable<PeopleRow> Read(string text)
    {
        var table = Open(text);
        return table.Rows().Select(new PeopleReader(PeopleMapping.Guess(table, "DE"), "DE").Read);
    }

    private TableFile Open(string text)
    {
        var table = TableFile.Open(_files.Write("people.csv", Encoding.UTF8.GetBytes(text)), out var problem);
        Assert.Null(problem);
        return table!;
    }
}
