using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("elevenchars")]
    [InlineData("Password1234!")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("adaharbour2026")]
    [InlineData("Harbour Ada 1!")]
    [InlineData("ada@harbourline.example1")]
    [InlineData("harbourline2026")]
    public void What_somebody_would_try_first_is_refused(string password) =>
        Assert.Equal("password.weak", PasswordRules.Check(password, "Ada Harbour", "ada@harbourline.example")?.Code);

    [Theory]
    [InlineData("tall ships sail at dawn")]
    [InlineData("correcthorsebatterystapler")]
    [InlineData("zwölf Boxkämpfer jagen")]
    [InlineData("x7#Kq!pW2$vT")]
    public void Length_is_all_that_is_asked_of_others(string password) =>
        Assert.Null(PasswordRules.Check(password, "Ada Harbour", "ada@harbourline.example"));
}
