using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Dialogue;

namespace Rapport.Tests.Kernel;

public class SettingsTests
{
    [Fact]
    public void Limits_have_defaults_and_are_moved_by_the_configuration()
    {
        Assert.Equal((180, 5), (Settings<CustomersOptions>().JudgementHalfLifeDays, Settings<DialogueOptions>().QuietLinesADay));
        Assert.Equal(90, Settings<CustomersOptions>(("Customers:JudgementHalfLifeDays", "90")).JudgementHalfLifeDays);
        Assert.Equal(4, Settings<DialogueOptions>(("Dialogue:WorkingDaysA", "4")).Allowed(Tier.A));
    }

    [Fact]
    public void A_limit_that_does_not_hold_is_refused_in_a_sentence() =>
        Assert.Contains("Customers__JudgementHalfLifeDays is 0", Assert.Throws<InvalidOperationException>(() => Settings<CustomersOptions>(("Customers:JudgementHalfLifeDays", "0"))).Message, StringComparison.Ordinal);

    private static T Settings<T>(params (string Key, string Value)[] given) where T : class
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given.ToDictionary(g => g.Key, g => (string?)g.Value)).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddCustomers().AddDialogue().BuildServiceProvider();
        return services.GetRequiredService<T>();
    }
}
