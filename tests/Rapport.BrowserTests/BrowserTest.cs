using Microsoft.Playwright;

namespace Rapport.BrowserTests;

/// <summary>A test that looks at the product as its users do. It fails, too, when anything went wrong that they would not have seen; what fails leaves a picture and its page.</summary>
[Trait("Runs", "on both databases")]
public abstract class BrowserTest(Chromium chromium, Worlds worlds) : IAsyncLifetime
{
    private readonly List<Window> windows = [];
    private readonly HashSet<Window> kept = [];
    private Installation? own;

    static BrowserTest() => Assertions.SetDefaultExpectTimeout(20_000);

    /// <summary>The installations that tests share.</summary>
    protected Worlds Worlds { get; } = worlds;

    /// <summary>An installation of the test's own that nobody has set up; it outlives the test's windows.</summary>
    protected async Task<Installation> UnusedAsync() => own = await Installation.UnusedAsync();

    /// <summary>A new window on an installation, in which that member is signed in, or nobody.</summary>
    protected async Task<Window> OpenAsync(Installation at, Actor? member, bool scripts = true, string? zone = null)
    {
        var window = await Window.OpenAsync(chromium.Browser, at, scripts, zone);
        lock (windows) windows.Add(window);
        if (member is not null) await at.SignInAsync(window.Context, member);
        return window;
    }

    /// <summary>A window that outlives the test; what goes wrong in it meanwhile is the test's.</summary>
    protected void LookInto(Window window)
    {
        kept.Add(window);
        windows.Add(window);
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var wrong = windows.SelectMany(window => window.TakeWrong()).ToList();
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed || wrong.Count > 0;
        foreach (var (place, window) in windows.Index())
        {
            if (failed) await window.KeepAsync($"{TestContext.Current.Test?.TestDisplayName}-{place + 1}");
            if (!kept.Contains(window)) await window.DisposeAsync();
        }
        if (own is not null) await own.DisposeAsync();
        Assert.Empty(wrong);
    }
}
