using CsCheck;
using Rapport.Customers;

namespace Rapport.Tests.Customers;

public class PhoneNumbersTests
{
    [Theory]
    [InlineData("030 1234567", "DE", "+49301234567")]
    [InlineData("+49 (0)30 1234567", "US", "+49301234567")]
    [InlineData("0049 30 1234567", "DE", "+49301234567")]
    [InlineData("(212) 555-0187", "us", "+12125550187")]
    [InlineData("tel:+44-20-7946-0958", "DE", "+442079460958")]
    [InlineData("٠٣٠ ١٢٣٤٥٦٧", "DE", "+49301234567")]
    public void A_number_is_normalised_with_the_region_and_keeps_its_original(string text, string region, string e164)
    {
        var number = PhoneNumbers.Read(text, region);
        Assert.Equal(e164, number?.E164);
        Assert.Equal(text, number?.Original);
    }

    [Fact]
    public void An_extension_is_kept_apart() => Assert.Equal("12", PhoneNumbers.Read("+1 212 555 0187 ext. 12", "US")?.Extension);

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("12")]
    [InlineData("+999 123")]
    [InlineData("1234567890123456789012345")]
    public void What_is_no_number_is_refused(string text) => Assert.Null(PhoneNumbers.Read(text, "DE"));

    [Fact]
    public void No_text_makes_it_throw() => Gen.Select(Gen.String, Gen.String).Sample((text, region) => PhoneNumbers.Read(text, region));

    [Fact]
    public void Digits_are_those_of_any_script() => Assert.Equal("4930123", PhoneNumbers.Digits("+49 (30) ١٢٣"));

    [Fact]
    public void A_number_is_shown_as_its_region_writes_it()
    {
        Assert.Equal("020 7946 0958", PhoneNumbers.Readable("+442079460958", "GB"));
        Assert.Equal("+44 20 7946 0958", PhoneNumbers.Readable("+442079460958", "DE"));
        Assert.Equal("anything", PhoneNumbers.Readable("anything", "DE"));
    }
}
