using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Rapport.Tests.LongestFirst))]

namespace Rapport.Tests;

/// <summary>
/// A class of tests that takes a minute or more: it is begun before the others, so that in the end nobody waits for it alone.
/// Not for one whose servers go by the time, because in its first seconds a run compiles and everything is slow.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesLongAttribute : Attribute;

/// <summary>Begins with the classes that take long.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection
    {
        var takingLong = typeof(LongestFirst).Assembly.GetTypes().Where(type => type.GetCustomAttribute<TakesLongAttribute>() is not null).Select(type => type.FullName!).ToList();
        // Each class is a collection of its own, which has the name of the class in its own.
        return [.. testCollections.OrderByDescending(collection => takingLong.Exists(name => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal)))];
    }
}
