[assembly: AssemblyFixture(typeof(Rapport.Tests.EveryTestHasACulture))]

namespace Rapport.Tests;

/// <summary>Tests of the product as a whole, on a real database. <c>./test</c> runs them twice: on SQLite and on PostgreSQL.</summary>
[Trait("Runs", "on both databases")]
public abstract class ProductTests(RapportFixture rapport) : IClassFixture<RapportFixture>
{
    /// <summary>The running program.</summary>
    protected RapportFixture Rapport { get; } = rapport;

    /// <summary>Stops with the test run.</summary>
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;
}

/// <summary>A culture in which numbers and dates look unlike the invariant ones, so that a forgotten culture fails here and not at a customer's.</summary>
public sealed class EveryTestHasACulture
{
    public EveryTestHasACulture() => System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new("de-DE");
}
