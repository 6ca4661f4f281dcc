using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rapport.Cli;

namespace Rapport.BrowserTests.Screenshots;

/// <summary>What <c>bin/screenshots</c> runs: pictures of the demo's pages. It is a test only so that it has a browser; it proves nothing and runs only when asked for.</summary>
public sealed partial class TakeScreenshots(Chromium chromium)
{
    private static readonly (int Width, int Height)[] Sizes = [(1280, 800), (390, 844)];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    [Fact(Explicit = true)]
    public async Task Of_the_demo()
    {
        var folder = Environment.GetEnvironmentVariable("RAPPORT_SCREENSHOTS") ?? throw new InvalidOperationException("Name the folder in RAPPORT_SCREENSHOTS; bin/screenshots does.");
        var paths = (Environment.GetEnvironmentVariable("RAPPORT_SCREENSHOT_PATHS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var demo = new Printed();
        var serving = CommandLine.RunAsync(["demo", "--urls", "http://127.0.0.1:0"], demo, Console.Error, stop.Token);
        var link = await Task.WhenAny(demo.Link, serving) == serving ? throw new InvalidOperationException($"The demo ended with {await serving}.") : await demo.Link;

        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        var pictures = paths.Length > 0 ? [.. paths.Select(path => (Name(path), path))] : await MainPagesAsync(page, new Uri(link));
        Directory.CreateDirectory(folder);
        foreach (var (name, path) in pictures)
        {
            await page.GotoAsync(new Uri(new Uri(link), path).AbsoluteUri);
            foreach (var (width, height) in Sizes)
                foreach (var scheme in Schemes)
                {
                    await page.SetViewportSizeAsync(width, height);
                    await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                    var file = Path.Combine(folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png");
                    await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
                }
        }
        await stop.CancelAsync();
        await serving;
    }

    /// <summary>The pages that stand for the product, with the customer, the conversation and the commitment that Today begins with.</summary>
    private static async Task<IReadOnlyList<(string Name, string Path)>> MainPagesAsync(IPage page, Uri demo)
    {
        var pages = new List<(string, string)>
        {
            ("today", "/"), ("customers", "/customers?standing=Customer"), ("conversations", "/conversations"), ("commitments", "/commitments"), ("who-is-it", "/who-is-it"),
            ("record", "/record"), ("promise", "/commitments/new"), ("add-person", "/parties/new?kind=person"), ("import", "/import"), ("settings", "/settings"), ("style", "/style"),
        };
        async Task AddFirstAsync(string name, string list, string link, string after = "")
        {
            await page.GotoAsync(new Uri(demo, list).AbsoluteUri);
            var first = page.Locator($"main {link}").First;
            if (await first.CountAsync() > 0) pages.Add((name, new Uri(demo, await first.GetAttributeAsync("href")).AbsolutePath + after));
        }
        await AddFirstAsync("conversation", "/conversations?waiting=true", "a[href^='/conversations/']");
        await AddFirstAsync("commitment", "/commitments", "a[href^='/commitments/']:not([href$='/new'])");
        await AddFirstAsync("organisation", "/customers?kind=Organization&standing=Customer&tier=A", "tbody a.party-name");
        await AddFirstAsync("person", "/customers?kind=Person&sort=lastcontact", "tbody a.party-name");
        await AddFirstAsync("brief", "/customers?kind=Organization&standing=Customer&tier=A", "tbody a.party-name", "/brief");
        await page.GotoAsync(new Uri(demo, "/customers?kind=Person&sort=lastcontact").AbsoluteUri);
        var someone = await page.Locator("main tbody a.party-name").First.InnerTextAsync();
        pages.Add(("find", "/find?q=" + Uri.EscapeDataString(someone.Split(' ')[0])));
        return pages;
    }

    private static string Name(string path) => NoName().Replace(path.Trim('/'), "-") is { Length: > 0 } name ? name : "today";

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoName();

    /// <summary>Where the demo prints to; it waits for the link that signs in.</summary>
    private sealed partial class Printed : StringWriter
    {
        private readonly TaskCompletionSource<string> link = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Link => link.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (Url().Match(value ?? "") is { Success: true } found && value!.StartsWith("Open", StringComparison.Ordinal)) link.TrySetResult(found.Value);
            return Task.CompletedTask;
        }

        public override void WriteLine(string? value) { }

        [GeneratedRegex(@"http://\S+$")]
        private static partial Regex Url();
    }
}
