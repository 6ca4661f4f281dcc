namespace Rapport.BrowserTests.Pages;

/// <summary>The two windows through which a class looks at one page after the other: nobody's, and the owner's. A new one for each page would load everything that pages share again.</summary>
public sealed class LookedThrough(Chromium chromium) : IAsyncDisposable
{
    private readonly Dictionary<string, Window> windows = [];

    /// <summary>The window in which that member is signed in, or nobody.</summary>
    public async Task<Window> OnAsync(Installation at, Actor? member)
    {
        var whose = member?.Id.ToString() ?? "nobody";
        if (windows.TryGetValue(whose, out var known)) return known;
        var window = windows[whose] = await Window.OpenAsync(chromium.Browser, at, scripts: true);
        if (member is not null) await at.SignInAsync(window.Context, member);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in windows.Values) await window.DisposeAsync();
    }
}
