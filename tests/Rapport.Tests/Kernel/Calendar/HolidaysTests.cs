using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Kernel.Calendar;

public class HolidaysTests
{
    [Theory]
    [InlineData("DE", "2026-04-03", "Good Friday")]
    [InlineData("DE", "2026-05-25", "Whit Monday")]
    [InlineData("DE-SN", "2026-11-18", "Day of Repentance")]
    [InlineData("DE-BY", "2026-10-03", "German Unity Day")]
    [InlineData("gb-eng", "2021-12-28", "Boxing Day (substitute)")]
    [InlineData("GB-ENG", "2022-12-27", "Christmas Day (substitute)")]
    [InlineData("GB-SCT", "2026-01-02", "Second of January")]
    [InlineData("GB-NIR", "2026-07-13", "Battle of the Boyne (substitute)")]
    [InlineData("US", "2026-07-03", "Independence Day (substitute)")]
    [InlineData("US", "2021-12-31", "New Year's Day (substitute)")]
    [InlineData("US", "2026-11-26", "Thanksgiving Day")]
    [InlineData("CA", "2026-05-18", "Victoria Day")]
    [InlineData("GR", "2026-04-10", "Good Friday")]
    [InlineData("RO", "2024-05-06", "Easter Monday")]
    [InlineData("SE", "2026-06-19", "Midsummer Eve")]
    [InlineData("IS", "2026-04-23", "First Day of Summer")]
    [InlineData("IE", "2030-02-01", "St Brigid's Day")]
    [InlineData("JP", "2026-05-06", "Constitution Day (substitute)")]
    [InlineData("JP", "2026-09-22", "Citizens' Holiday")]
    [InlineData("JP", "2026-03-20", "Vernal Equinox Day")]
    [InlineData("KR", "2026-02-17", "Seollal")]
    [InlineData("KR", "2025-10-06", "Chuseok")]
    [InlineData("CN", "2026-02-17", "Spring Festival")]
    [InlineData("CN", "2025-10-06", "Mid-Autumn Festival")]
    [InlineData("CN", "2026-04-05", "Tomb-Sweeping Day")]
    [InlineData("SG", "2026-11-09", "Deepavali (substitute)")]
    [InlineData("NZ", "2026-07-10", "Matariki")]
    [InlineData("AU", "2027-12-28", "Boxing Day (substitute)")]
    [InlineData("ZA", "2022-12-27", "Christmas Day (substitute)")]
    [InlineData("PL", "2025-12-24", "Christmas Eve")]
    public void A_known_holiday_has_its_name(string country, string date, string name) =>
        Assert.Equal(name, Holidays.For(country).NameOf(DateOnly.Parse(date, null)));

    [Theory]
    [InlineData("DK", "2024-04-26")]
    [InlineData("PL", "2024-12-24")]
    [InlineData("GB-ENG", "2020-05-04")]
    [InlineData("GB-SCT", "2026-04-06")]
    [InlineData("JP", "2021-07-19")]
    public void A_day_that_was_not_a_holiday_that_year_is_none(string country, string date)
    {
        var holidays = Holidays.For(country);
        Assert.NotEmpty(holidays.In(DateOnly.Parse(date, null).Year));
        Assert.Null(holidays.NameOf(DateOnly.Parse(date, null)));
    }

    [Fact]
    public void The_table_holds_every_country_it_promises()
    {
        var codes = Holidays.Countries.Select(each => each.Code).ToHashSet();
        Assert.True(codes.Count >= 60, $"{codes.Count}");
        string[] promised = ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
            "PL", "PT", "RO", "SK", "SI", "ES", "SE", "GB", "GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "US", "CA", "AU", "NZ", "CH", "NO", "JP", "KR", "CN", "IN", "BR", "MX", "ZA", "SG"];
        Assert.Empty(promised.Except(codes));
    }

    [Fact]
    public void Every_country_has_sensible_holidays_in_each_year_it_is_known_for()
    {
        foreach (var country in Holidays.Countries)
            for (var year = country.FirstYear; year <= Math.Min(country.LastYear, 2060); year++)
                Assert.InRange(Holidays.For(country.Code).In(year).Count, 3, 25);
    }

    [Theory]
    [InlineData(1), InlineData(1899), InlineData(2150), InlineData(9999)]
    public void No_year_throws(int year)
    {
        foreach (var country in Holidays.Countries) Assert.All(Holidays.For(country.Code).In(year), day => Assert.Equal(year, day.Date.Year));
    }

    [Fact]
    public void Days_of_the_installation_are_added()
    {
        var holidays = Holidays.For("DE").With(new Holiday(new(2026, 12, 24), "Plant closed"));
        Assert.Equal("Plant closed", holidays.NameOf(new(2026, 12, 24)));
        Assert.Equal("Christmas Day", holidays.NameOf(new(2026, 12, 25)));
    }

    [Fact]
    public void An_unknown_country_is_named_in_the_error() =>
        Assert.Contains("\"XX\"", Assert.Throws<ArgumentException>(() => Holidays.For("XX")).Message);
}
