using System.Collections.Concurrent;
using Rapport.BrowserTests.Pages;

[assembly: AssemblyFixture(typeof(Rapport.BrowserTests.Worlds))]

namespace Rapport.BrowserTests;

/// <summary>The installations that tests share, each made when the first test asks for it.</summary>
public sealed class Worlds : IAsyncDisposable
{
    private readonly Lazy<Task<Installation>> demo = new(Installation.DemoAsync);
    private readonly Lazy<Task<Installation>> empty = new(Installation.EmptyAsync);
    private readonly ConcurrentDictionary<Installation, Lazy<Task<IReadOnlyDictionary<string, string>>>> known = [];

    /// <summary>A year of a fictional organisation's life. Tests bring their own people into it and leave the others alone.</summary>
    public Task<Installation> DemoAsync() => demo.Value;

    /// <summary>Set up, with nothing in it; it stays so.</summary>
    public Task<Installation> EmptyAsync() => empty.Value;

    /// <summary>Things in one of them whose pages can be looked at.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> LandmarksAsync(Installation at) => await known.GetOrAdd(at, found => new(() => Landmarks.OfAsync(found))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new[] { demo, empty }.Where(made => made.IsValueCreated)) await (await made.Value).DisposeAsync();
    }
}
