using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Rapport.BrowserTests.Chromium))]

namespace Rapport.BrowserTests;

/// <summary>The one browser of a run; every test gets a window of its own in it. The machine's own Chromium, never a downloaded one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The running browser.</summary>
    public IBrowser Browser => browser!;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("RAPPORT_TEST_CHROMIUM") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium here. Install it (apt-get install chromium), or name it in RAPPORT_TEST_CHROMIUM.");
        playwright = await Playwright.CreateAsync();
        // Without a sandbox, because root has none in a container; it opens nothing but our own pages.
        // Each page is looked at for a second: to compile its scripts, and axe's, with what was learned meanwhile cost a tenth of a processor and brought nothing.
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--js-flags=--no-opt --no-maglev"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
