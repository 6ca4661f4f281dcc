using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rapport.BrowserTests;

/// <summary>A browser window of one test, and what went wrong in it that nobody would see: errors in the console, what the content-security policy stopped, requests that failed.</summary>
public sealed class Window : IAsyncDisposable
{
    private static readonly bool Traced = Environment.GetEnvironmentVariable("RAPPORT_BROWSER_TRACE") == "1";

    private readonly List<string> wrong = [];

    private Window(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    /// <summary>Its cookies and its storage.</summary>
    public IBrowserContext Context { get; }

    /// <summary>What it shows.</summary>
    public IPage Page { get; }

    /// <summary>The test takes the line away, so requests may fail.</summary>
    public bool LineMayFail { get; set; }

    /// <summary>What went wrong since this was last asked.</summary>
    public IReadOnlyList<string> TakeWrong()
    {
        lock (wrong)
        {
            List<string> taken = [.. wrong];
            wrong.Clear();
            return taken;
        }
    }

    /// <summary>Opens one on an installation, in that zone.</summary>
    public static async Task<Window> OpenAsync(IBrowser browser, Installation at, bool scripts, string? zone = null)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = at.Address.AbsoluteUri, JavaScriptEnabled = scripts, ViewportSize = new() { Width = 1280, Height = 800 }, Locale = "en-GB", TimezoneId = zone, ReducedMotion = ReducedMotion.Reduce });
        // A trace keeps every page before and after everything that is done on it, which costs a tenth of a run that nobody looks into.
        if (Traced) await context.Tracing.StartAsync(new() { Snapshots = true });
        var window = new Window(context, await context.NewPageAsync());
        window.Listen();
        return window;
    }

    /// <summary>Keeps a picture of it and its page for whoever looks into a failure; with <c>RAPPORT_BROWSER_TRACE=1</c> a trace of all that was done, too (npx playwright show-trace).</summary>
    public async Task KeepAsync(string name)
    {
        var folder = Path.GetFullPath(Environment.GetEnvironmentVariable("RAPPORT_BROWSER_FAILURES") ?? Path.Combine(AppContext.BaseDirectory, "TestResults"));
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, Regex.Replace(name, @"[^\w.-]+", "-") is { Length: > 150 } longer ? longer[..150] : Regex.Replace(name, @"[^\w.-]+", "-"));
        try
        {
            await Page.ScreenshotAsync(new() { Path = file + ".png", FullPage = true });
            await File.WriteAllTextAsync(file + ".html", await Page.ContentAsync());
            if (Traced) await Context.Tracing.StopAsync(new() { Path = file + ".zip" });
        }
        catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException)
        {
            // What failed is said by the test; a picture that does not come must not stand in its place.
            await File.WriteAllTextAsync(file + ".txt", trouble.Message);
        }
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Listen()
    {
        Context.Console += (_, message) =>
        {
            // That a page was refused is the page's own matter; what failed within a page is heard of below.
            // A mail is shown where no script runs, and there the browser names those by which it is driven itself.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && !message.Text.StartsWith("Blocked script execution", StringComparison.Ordinal)) Note($"console: {message.Text}");
        };
        Context.WebError += (_, error) => Note($"script: {error.Error}");
        Context.Response += (_, response) =>
        {
            if (response.Status >= 500 || response.Status >= 400 && !response.Request.IsNavigationRequest) Note($"{response.Status} {response.Url}");
        };
        Context.RequestFailed += (_, request) =>
        {
            // What a newer question or a newer page made needless is dropped on purpose, and a download is no page.
            if (request.Failure is not (null or "net::ERR_ABORTED")) Note($"{request.Failure} {request.Url}");
        };
    }

    private void Note(string what)
    {
        if (LineMayFail && what.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)) return;
        lock (wrong) wrong.Add(what);
    }
}
