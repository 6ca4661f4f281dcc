using System.Text;
using CsCheck;
using Rapport.Customers.Import;

namespace Rapport.Tests.Customers;

public sealed class TableFileTests : IDisposable
{
    private readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("Name,Mail\nAnna,anna@example.com\n")]
    [InlineData("Name;Mail\r\nAnna;anna@example.com")]
    [InlineData("Name\tMail\rAnna\tanna@example.com\r")]
    [InlineData("Name|Mail\n\n\nAnna|anna@example.com\n\n")]
    [InlineData("sep=;\nName;Mail\nAnna;anna@example.com")]
    [InlineData("\uFEFFName,Mail\n\"Anna\", \"anna@example.com\" \n")]
    [InlineData("Our customers\n\nName,Mail\nAnna,anna@example.com")]
    public void Any_delimiter_and_any_line_end_is_read(string text)
    {
        var table = Open(text);
        Assert.Equal(["Name", "Mail"], table.Header);
        var row = Assert.Single(table.Rows());
        Assert.Equal(("Anna", "anna@example.com"), (row[0], row[1]));
    }

    [Theory]
    [InlineData("utf-8", "Müller;Łódź;東京")]
    [InlineData("utf-16", "Müller;Łódź;東京")]
    [InlineData("utf-16BE", "Müller;Łódź;東京")]
    [InlineData("windows-1252", "Müller;Gärtner;Straße")]
    [InlineData("shift_jis", "田中太郎;東京都千代田区;株式会社サンプル")]
    [InlineData("windows-1251", "Иванов;Москва;Общество с ограниченной ответственностью")]
    public void Any_encoding_is_found_out(string name, string cells)
    {
        var encoding = TextEncoding.Named(name)!;
        foreach (var mark in new[] { true, false })
        {
            var text = "a;b;c\n" + string.Concat(Enumerable.Repeat(cells + "\n", 5));
            var table = Open([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
            Assert.Equal(cells.Split(';'), table.Rows().First().Cells);
        }
    }

    [Fact]
    public void A_western_byte_far_behind_plain_ascii_is_not_lost()
    {
        var rows = string.Concat(Enumerable.Repeat("Anna,Field\n", TextEncoding.SampleBytes / 10));
        Assert.Equal("Müller", Open([.. Encoding.ASCII.GetBytes("Given,Family\n" + rows), .. TextEncoding.Western.GetBytes("Eva,Müller\n")]).Rows().Last()[1]);
    }

    [Fact]
    public void Quotes_may_hold_delimiters_line_ends_and_other_quotes()
    {
        var row = Open("Name,Note\n\"Field, Anna\",\"two\nlines \"\"quoted\"\"\"\n").Rows().Single();
        Assert.Equal(["Field, Anna", "two\nlines \"quoted\""], row.Cells);
        Assert.Equal("The \"Big\" Shop", Open("Name,City\n\"The \"Big\" Shop\",Here\n").Rows().Single()[0]);
        Assert.Equal("5\" pipe", Open("Name,City\n5\" pipe,Here\n").Rows().Single()[0]);
    }

    [Fact]
    public void A_quote_that_never_closes_costs_its_own_row_only()
    {
        var rows = Open("Name,City\nAnna,Here\n\"Bertram,There\n\"Carla\",\"Here\"\nDora,There\n").Rows().ToList();
        Assert.Equal([null, "A quotation mark is opened and never closed; close it, or remove it.", null, null], rows.Select(row => row.Problem));
        Assert.Equal([2, 3, 4, 5], rows.Select(row => row.Number));
        Assert.Equal("Carla", rows[2][0]);
    }

    [Fact]
    public void A_formula_is_text() => Assert.Equal("=1+1", Open("Name,Note\nAnna,=1+1\n").Rows().Single()[1]);

    [Fact]
    public void Two_hundred_columns_and_a_cell_of_ten_megabytes_are_read()
    {
        var wide = string.Join(',', Enumerable.Range(1, 200).Select(i => $"c{i}"));
        Assert.Equal(200, Open(wide + "\n" + wide).Rows().Single().Cells.Length);
        var rows = Open("Name,Note\nAnna,\"" + new string('x', 10_000_000) + "\"\nBertram,\n").Rows().ToList();
        Assert.Equal(10_000_000, rows[0][1].Length);
        Assert.Equal("Bertram", rows[1][0]);
    }

    [Fact]
    public void A_row_beyond_the_limit_is_refused_and_the_next_is_read()
    {
        var rows = Open("Name,Note\nAnna," + new string('x', 300_000) + "\nBertram,\n", TableLimits.Usual with { RowLength = 100_000 }).Rows().ToList();
        Assert.Equal(["It is longer than 100,000 characters; shorten it.", null], rows.Select(row => row.Problem));
        Assert.Equal("Bertram", rows[1][0]);
    }

    [Fact]
    public void A_table_without_heads_gets_numbered_columns()
    {
        var table = Open("Anna,anna@example.com\nBertram,bertram@example.com\n");
        Assert.False(table.HasHeader);
        Assert.Equal(["Column 1", "Column 2"], table.Header);
        Assert.Equal(2, table.Rows().Count());
    }

    [Fact]
    public void Whatever_is_written_correctly_is_read_back() =>
        Gen.Select(Gen.OneOf<char>(',', ';', '\t', '|'), Gen.String[Gen.OneOf<char>("ab,;\t|\"\n\r é".ToCharArray()), 0, 8].Array[3].List[1, 12]).Sample((delimiter, rows) =>
        {
            var text = string.Concat(rows.Select(row => string.Join(delimiter, row.Select(cell => $"\"{cell.Replace("\"", "\"\"")}\"")) + "\n"));
            var reader = new DelimitedReader(new StringReader(text), delimiter, TableLimits.Usual);
            foreach (var row in rows)
            {
                var read = reader.Read()!;
                // A doubled quote on a later line looks like a quote that was never closed only when it is not doubled.
                Assert.Equal(row, read.Cells);
                Assert.Null(read.Problem);
            }
            Assert.Null(reader.Read());
        }, iter: 5000);

    [Fact]
    public void No_text_makes_the_reader_throw_or_lose_its_way() =>
        Gen.Select(Gen.String[Gen.OneOf<char>("ab,\"\n\r ".ToCharArray()), 0, 60], Gen.Int[1, 40]).Sample((text, limit) =>
        {
            var reader = new DelimitedReader(new StringReader(text), ',', TableLimits.Usual with { RowLength = limit, Columns = 4 });
            var rows = 0;
            while (reader.Read() is { } row) Assert.Equal(++rows, row.Number);
            Assert.InRange(rows, 0, text.Length + 1);
        }, iter: 20000);

    [Theory]
    [InlineData("febrl_dataset1.csv", 1000, 11)]
    [InlineData("febrl_dataset2.csv", 5000, 11)]
    [InlineData("fake_1000.csv", 1000, 7)]
    public void Realistic_files_are_read_whole(string file, int rows, int columns)
    {
        var table = TableFile.Open(ReferenceData.FileOrSkip("duplicates", file), out var problem);
        Assert.Null(problem);
        Assert.Equal(columns, table!.Header.Count);
        Assert.Equal(rows, table.Rows().Count());
        Assert.All(table.Rows(), row => Assert.True(row.Problem is null && row.Cells.Length == columns));
    }

    private TableFile Open(string text, TableLimits? limits = null) => Open(Encoding.UTF8.GetBytes(text), limits);

    private TableFile Open(byte[] bytes, TableLimits? limits = null)
    {
        var table = TableFile.Open(_files.Write("people.csv", bytes), out var problem, limits: limits);
        Assert.Null(problem);
        return table!;
    }
}
