using System.Globalization;
using CsCheck;
using Rapport.Design;

namespace Rapport.Tests.Design;

public class FaceTests
{
    [Theory]
    [InlineData("Mika Korhonen", "MK")]
    [InlineData("mika korhonen", "MK")]
    [InlineData("Jan van der Berg", "JB")]
    [InlineData("Tom", "T")]
    [InlineData("Åsa Öberg", "ÅÖ")]
    [InlineData("A\u030Asa Öberg", "ÅÖ")]
    [InlineData("Νίκος Παπαδόπουλος", "ΝΠ")]
    [InlineData("Дмитрий Соколов", "ДС")]
    [InlineData("محمد الأحمد", "م")]
    [InlineData("רות לוי", "ר")]
    [InlineData("李小龙", "李")]
    [InlineData("山田 花子", "山")]
    [InlineData("김민준", "김")]
    [InlineData("อรุณี สุขใจ", "อ")]
    [InlineData("李 Wei", "李")]
    [InlineData("jun.park@example.com", "JP")]
    [InlineData("\"O'Neill, Sean\"", "OS")]
    [InlineData("(ops) Hafenwerk", "OH")]
    [InlineData("3 Rivers", "3R")]
    [InlineData("𐐨 𐐩", "𐐀𐐁")]
    [InlineData("???", "?")]
    [InlineData("", "?")]
    [InlineData(null, "?")]
    public void Initials_are_read_from_a_name_in_any_script(string? name, string initials) => Assert.Equal(initials, Face.Initials(name));

    [Fact]
    public void Whatever_the_name_there_are_one_or_two_short_initials_and_a_hue() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char['\ud800', '\udfff'], 0, 6], Gen.String[Gen.Char['\u0300', '\u036f'], 0, 60].Select(marks => "a" + marks)).Sample(name =>
        {
            var initials = Face.Initials(name);
            Assert.InRange(new StringInfo(initials).LengthInTextElements, 1, 4);
            Assert.InRange(initials.Length, 1, 12);
            Assert.InRange(Face.Hue(name), 0, Face.Hues - 1);
        });

    [Fact]
    public void The_hue_does_not_depend_on_case_or_on_how_accents_are_written()
    {
        Assert.Equal(Face.Hue("Åsa Öberg"), Face.Hue(" åsa öberg "));
        Assert.Equal(Face.Hue("Åsa Öberg"), Face.Hue("A\u030Asa O\u0308berg"));
    }

    [Fact]
    public void Many_names_use_all_hues()
    {
        var hues = Enumerable.Range(0, 1000).Select(i => Face.Hue($"Person {i}")).CountBy(hue => hue).ToList();
        Assert.Equal(Face.Hues, hues.Count);
        Assert.All(hues, hue => Assert.InRange(hue.Value, 10, 100));
    }
}
