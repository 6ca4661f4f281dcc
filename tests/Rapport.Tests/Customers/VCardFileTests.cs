using System.Text;
using CsCheck;
using Rapport.Customers;
using Rapport.Customers.Import;

namespace Rapport.Tests.Customers;

public class VCardFileTests
{
    [Fact]
    public void A_card_of_each_version_is_read()
    {
        var rows = Read("""
            BEGIN:VCARD
            VERSION:4.0
            FN:Anna Field
            N:Field;Anna;Maria;Dr.;
            ORG:Seorin Labs;Research;Optics
            TITLE:Head of Research
            item1.EMAIL;TYPE=work:Anna@Seorin.example
            item1.X-ABLabel:Work
            TEL;VALUE=uri;TYPE="voice,cell":tel:+49-30-1234567
            TEL;TYPE=fax:+49 30 999999
            ADR;TYPE=work:;;Long Street 5;Berlin;;10115;Germany
            NOTE:Likes\, above all\; short answers\nand tea
            BDAY:19700101
            RELATED:urn:uuid:x
            CATEGORIES:one,two
            END:VCARD
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg
            TEL;CELL:030 1234568
            END:VCARD
            BEGIN:VCARD
            VERSION:3.0
            KIND:org
            FN:North Council
            EMAIL:info@north.example
            END:VCARD
            BEGIN:VCARD
            VERSION:4.0
            KIND:group
            FN:Friends
            END:VCARD
            """);
        Assert.Equal(3, rows.Count);
        var anna = rows[0];
        Assert.Equal(("Anna Field", "Field", "Dr."), (anna.Person!.Original, anna.Person.Family, anna.Person.Honorific));
        Assert.Equal(("Seorin Labs", "Research / Optics", "Head of Research", "seorin.example"), (anna.Organization, anna.Department, anna.Title, anna.Domain));
        Assert.Equal(["anna@seorin.example", "+49301234567", "Long Street 5, 10115 Berlin, Germany"], anna.Contacts.Select(contact => contact.Value));
        Assert.Equal("Likes, above all; short answers\nand tea", anna.Note);
        Assert.Equal(["one", "two"], anna.Tags);
        Assert.Equal("Jörg Müller", rows[1].Person!.Original);
        Assert.Equal("+49301234568", rows[1].Contacts.Single().Value);
        Assert.Equal((null, "North Council"), (rows[2].Person, rows[2].Organization));
        Assert.All(rows, row => Assert.Empty(row.Problems));
    }

    [Theory]
    [InlineData("FN:Anna Fie\r\n ld\r\n")]
    [InlineData("FN:Anna Fie\n\tld\n")]
    [InlineData("FN:Anna Fie\r\nld\r\n")]
    [InlineData("FN;ENCODING=QUOTED-PRINTABLE:Anna Fie=\r\nld\r\n")]
    [InlineData("FN;ENCODING=QUOTED-PRINTABLE:Anna=20Fie=\r\n=6Cd\r\n")]
    [InlineData("fn:Anna Field\r")]
    public void Right_and_wrong_folding_is_undone(string lines) =>
        Assert.Equal("Anna Field", Assert.Single(Read("BEGIN:VCARD\r\n" + lines + "END:VCARD\r\n")).Person?.Original);

    [Fact]
    public void A_character_cut_in_two_by_folding_is_whole_again()
    {
        byte[] bytes = [.. "BEGIN:VCARD\r\nFN:J"u8, 0xC3, .. "\r\n "u8, 0xB6, .. "rg\r\nEND:VCARD\r\n"u8];
        Assert.Equal("Jörg", Assert.Single(VCardFile.Read(() => new MemoryStream(bytes), "DE")).Person?.Original);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    public void Any_usual_encoding_is_read(string name)
    {
        var encoding = TextEncoding.Named(name)!;
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("BEGIN:VCARD\r\nFN:Jörg Müller\r\nEND:VCARD\r\n")];
        Assert.Equal("Jörg Müller", Assert.Single(VCardFile.Read(() => new MemoryStream(bytes), "DE")).Person?.Original);
    }

    [Fact]
    public void A_picture_is_read_over_and_takes_no_memory()
    {
        var text = "BEGIN:VCARD\r\nFN:Anna\r\nPHOTO;ENCODING=b:" + string.Concat(Enumerable.Repeat(new string('A', 74) + "\r\n ", 200_000)) + "\r\nNOTE:after\r\nEND:VCARD\r\n";
        Assert.Equal("after", Assert.Single(Read(text)).Note);
    }

    [Fact]
    public void Cards_cut_off_are_said_to_be_and_the_next_is_read()
    {
        var rows = Read("BEGIN:VCARD\nFN:Anna\nBEGIN:VCARD\nFN:Eva\nEND:VCARD\nBEGIN:VCARD\nFN:Ute\n");
        Assert.Equal(["Anna", "Eva", "Ute"], rows.Select(row => row.Person!.Original));
        Assert.Equal([1, 0, 1], rows.Select(row => row.Problems.Count));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var words = Gen.OneOf<string>("BEGIN:VCARD", "END:VCARD", "\r\n", "\n", " ", "\t", "FN:", "N:", ";", "ENCODING=QUOTED-PRINTABLE:", "=", "=\r\n", "=C3", "\\", "AGENT:", "EMAIL:", "a@b.example", "CHARSET=utf-7;", "ORG:", "\0", "é", "\"", "TEL;");
        words.List[0, 60].Sample(parts => Read(string.Concat(parts)), iter: 20000);
        Gen.Byte.Array[0, 300].Sample(bytes => { foreach (var _ in VCardFile.Read(() => new MemoryStream(bytes), "DE")) { } });
    }

    private static List<PeopleRow> Read(string text) => [.. VCardFile.Read(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), "DE")];
}
