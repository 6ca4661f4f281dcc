using System.IO.Compression;
using System.Text;
using CsCheck;
using Rapport.Customers.Import;

namespace Rapport.Tests.Customers;

public sealed class HostileTableTests : IDisposable
{
    private readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("people.csv", "")]
    [InlineData("people.xlsx", "")]
    [InlineData("people.csv", "\0\u0001\u0002\u0003binary\0\0\u0004")]
    [InlineData("people.xlsx", "PK\u0003\u0004 cut off")]
    [InlineData("people.csv", "%PDF-1.7")]
    [InlineData("people.xls", "<html><table><tr><td>Anna")]
    [InlineData("people.csv", "BEGIN:VCARD\nFN:Anna\nEND:VCARD")]
    [InlineData("people.csv", "\n\n\n")]
    public void A_file_that_is_no_table_is_refused_by_name_with_what_to_do(string name, string content)
    {
        Assert.Null(TableFile.Open(_files.Write(name, Encoding.UTF8.GetBytes(content)), out var problem));
        Assert.StartsWith(name + ": ", problem);
        Assert.EndsWith(".", problem);
    }

    [Fact]
    public void A_missing_file_is_one_sentence() {
        Assert.Null(TableFile.Open(_files.PathOf("none.csv"), out var problem));
        Assert.StartsWith("none.csv: it cannot be opened", problem);
    }

    [Fact]
    public void A_workbook_is_read_from_the_first_sheet_with_data()
    {
        var table = TableFile.Open(Workbook("""<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Mail</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Anna</t></is></c><c r="B3" t="str"><f>1+1</f><v>anna@example.com</v></c></row>"""), out var problem);
        Assert.Null(problem);
        Assert.Equal(["Name", "Mail"], table!.Header);
        var row = Assert.Single(table.Rows());
        Assert.Equal((3, "Anna", "anna@example.com"), (row.Number, row[0], row[1]));
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_read()
    {
        Assert.Null(TableFile.Open(Workbook(new string(' ', 64 * 1024 * 1024)), out var problem));
        Assert.Contains("unpacks to far more", problem);
    }

    [Fact]
    public void A_workbook_beyond_the_absolute_limit_is_refused()
    {
        Assert.Null(TableFile.Open(Workbook("<row/>"), out var problem, limits: TableLimits.Usual with { UnpackedBytes = 100 }));
        Assert.Contains("unpacks to far more", problem);
    }

    [Fact]
    public void An_archive_that_is_no_workbook_is_refused()
    {
        var path = _files.PathOf("people.xlsx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create)) Part(zip, "readme.txt", "hello");
        Assert.Null(TableFile.Open(path, out var problem));
        Assert.Contains("is an archive and not a workbook", problem);
    }

    [Fact]
    public void A_damaged_workbook_never_throws()
    {
        var whole = File.ReadAllBytes(Workbook("""<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row>"""));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[1, whole.Length]).Sample((at, value, length) =>
        {
            var bytes = whole[..Math.Max(length, at + 1)];
            bytes[at] = value;
            foreach (var _ in TableFile.Open(_files.Write("people.xlsx", bytes), out var _)?.Rows() ?? []) { }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void A_cell_at_the_far_corner_of_a_sheet_takes_no_more_memory_than_allowed()
    {
        var table = TableFile.Open(Workbook("""<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="XFD2" t="inlineStr"><is><t>far</t></is></c></row>"""), out _);
        Assert.NotNull(table);
        Assert.All(table.Rows(), row => Assert.InRange(row.Cells.Length, 0, TableLimits.Usual.Columns));
    }

    private string Workbook(string rows)
    {
        var path = _files.PathOf("people.xlsx");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Part(zip, "[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
        Part(zip, "_rels/.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part(zip, "xl/workbook.xml", """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Empty" sheetId="1" r:id="r1"/><sheet name="People" sheetId="2" r:id="r2"/></sheets></workbook>""");
        Part(zip, "xl/_rels/workbook.xml.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>""");
        Part(zip, "xl/worksheets/sheet1.xml", Sheet(""));
        Part(zip, "xl/worksheets/sheet2.xml", Sheet(rows));
        return path;
    }

    private static string Sheet(string rows) => $"""<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>""";

    private static void Part(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }
}
