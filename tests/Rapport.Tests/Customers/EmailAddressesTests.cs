using CsCheck;
using Rapport.Customers;

namespace Rapport.Tests.Customers;

public class EmailAddressesTests
{
    [Theory]
    [InlineData("Anna.Field@North.Example", "anna.field@north.example")]
    [InlineData(" mailto:anna@example.com ", "anna@example.com")]
    [InlineData("Anna Field <anna@example.com>", "anna@example.com")]
    [InlineData("anna+news@example.com", "anna+news@example.com")]
    [InlineData("o'neill@example.com", "o'neill@example.com")]
    [InlineData("\"anna field\"@example.com", "\"anna field\"@example.com")]
    [InlineData("info@MÜLLER.example", "info@xn--mller-kva.example")]
    [InlineData("info@xn--mller-kva.example", "info@xn--mller-kva.example")]
    [InlineData("użytkownik@example.org", "użytkownik@example.org")]
    public void An_address_is_compared_in_lower_case_with_its_domain_in_ascii(string text, string key) =>
        Assert.Equal(key, EmailAddresses.Read(text)?.Key);

    [Theory]
    [InlineData("")]
    [InlineData("foo@")]
    [InlineData("@example.com")]
    [InlineData("anna")]
    [InlineData("anna@localhost")]
    [InlineData("anna@@example.com")]
    [InlineData("anna..field@example.com")]
    [InlineData(".anna@example.com")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@exam ple.com")]
    [InlineData("anna field@example.com")]
    [InlineData("anna@example..com")]
    [InlineData("anna@192.168.0.1")]
    [InlineData("a@example.com, b@example.com")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(EmailAddresses.Read(text));

    [Fact]
    public void Original_and_readable_domain_stay()
    {
        var address = EmailAddresses.Read("Info@Müller.example")!;
        Assert.Equal("Info@Müller.example", address.Original);
        Assert.Equal("müller.example", address.ReadableDomain);
    }

    [Fact]
    public void No_text_makes_it_throw_and_a_key_is_its_own_key() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.OneOf<char>("@.-<>\"aZéß\uD800界 ".ToCharArray()), 0, 20]).Sample(text =>
        {
            if (EmailAddresses.Key(text) is { } key) Assert.Equal(key, EmailAddresses.Key(key));
        }, iter: 20000);

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("yahoo.co.jp")]
    [InlineData("hotmail.fr")]
    [InlineData("gmx.at")]
    [InlineData("web.de")]
    [InlineData("mail.t-online.de")]
    [InlineData("vip.163.com")]
    public void Free_mail_is_known(string domain) => Assert.True(FreeMailDomains.Contains(domain));

    [Theory]
    [InlineData("example.com")]
    [InlineData("gmail.example.com")]
    [InlineData("outlook.example")]
    [InlineData("localhost")]
    public void A_company_is_no_free_mail(string domain) => Assert.False(FreeMailDomains.Contains(domain));

    [Theory]
    [InlineData("mail.north.example.co.uk", "example.co.uk")]
    [InlineData("north.example.com", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("a.b.example.com.au", "example.com.au")]
    [InlineData("shop.co.example", "co.example")]
    [InlineData("localhost", "localhost")]
    public void The_registered_part_is_guessed(string domain, string registrable) => Assert.Equal(registrable, RegistrableDomain.Of(domain));

    [Theory]
    [InlineData("seorin-labs.example", "Seorin Labs")]
    [InlineData("mail.northwind.co.uk", "Northwind")]
    [InlineData("abc.example", "ABC")]
    [InlineData("big-sky.example", "Big Sky")]
    [InlineData("xn--mller-kva.example", "Müller")]
    [InlineData("gmail.com", null)]
    [InlineData("no domain", null)]
    public void An_organisation_is_proposed_from_its_domain(string domain, string? name) => Assert.Equal(name, OrganizationFromDomain.Propose(domain));
}
