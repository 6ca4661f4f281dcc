using CsCheck;
using Rapport.Customers;

namespace Rapport.Tests.Customers;

public class PersonNamesTests
{
    [Theory]
    [InlineData("Anna Field", "", "Anna", "", "Field", "")]
    [InlineData("Field, Anna", "", "Anna", "", "Field", "")]
    [InlineData("van der Veen, Anna M.", "", "Anna", "M.", "van der Veen", "")]
    [InlineData("Prof. Dr. Anna Maria Field", "Prof. Dr.", "Anna", "Maria", "Field", "")]
    [InlineData("J. R. Field Jr.", "", "J.", "R.", "Field", "Jr.")]
    [InlineData("Anna Field, PhD", "", "Anna", "", "Field", "PhD")]
    [InlineData("Field, Dr. Anna", "Dr.", "Anna", "", "Field", "")]
    [InlineData("Anna van der Veen", "", "Anna", "", "van der Veen", "")]
    [InlineData("Frau Acker", "Frau", "", "", "Acker", "")]
    [InlineData("Madonna", "", "Madonna", "", "", "")]
    [InlineData("Don Field", "", "Don", "", "Field", "")]
    [InlineData("Jack Ma", "", "Jack", "", "Ma", "")]
    [InlineData("王 小明", "", "小明", "", "王", "")]
    [InlineData("王小明", "", "王小明", "", "", "")]
    [InlineData("김 철수", "", "철수", "", "김", "")]
    [InlineData("Анна Поле", "", "Анна", "", "Поле", "")]
    [InlineData("Dr.", "", "Dr.", "", "", "")]
    [InlineData("", "", "", "", "", "")]
    public void A_name_is_read_as_people_mean_it(string text, string honorific, string given, string middle, string family, string suffix) =>
        Assert.Equal(new PersonName(text, honorific, given, middle, family, suffix), PersonNames.Read(text));

    [Theory]
    [InlineData("Field, Anna", "Anna Field")]
    [InlineData("Dr. ANNA FIELD", "Anna Field")]
    [InlineData("Łucja Sørensen", "lucja sorensen")]
    [InlineData("Anna O’Neill", "Anna ONeill")]
    [InlineData("王 小明", "王小明")]
    [InlineData("Anna-Maria Field", "Anna Maria Field")]
    public void Two_writings_of_one_name_have_one_key(string one, string other) =>
        Assert.Equal(PersonNames.Read(one).ComparisonKey, PersonNames.Read(other).ComparisonKey);

    [Fact]
    public void Parts_given_apart_make_the_name_people_would_write()
    {
        Assert.Equal("Dr. Anna M. Field", PersonNames.From("Anna", "Field", "M.", "Dr.").Original);
        Assert.Equal("王小明", PersonNames.From("小明", "王").Original);
        Assert.Equal("field anna", PersonNames.From("Anna", "Field").SortKey);
        Assert.Equal("AF", PersonNames.From("Anna", "Field").Initials);
    }

    [Fact]
    public void Nothing_is_thrown_away() =>
        Gen.OneOf(Gen.String, Gen.OneOf("Dr.", "Anna", "van", "der", "Field", ",", "Jr.", "PhD", "王", "Mr", "-", "de").List[0, 8].Select(words => string.Join(' ', words)))
            .Sample(text =>
            {
                var name = PersonNames.Read(text);
                Assert.Equal(text.Trim(), name.Original);
                Assert.Equal(Letters(text), Letters(name.Honorific + name.Given + name.Middle + name.Family + name.Suffix));
                Assert.NotNull(name.ComparisonKey + name.SortKey + name.Initials);
            }, iter: 5000);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Order());
}
