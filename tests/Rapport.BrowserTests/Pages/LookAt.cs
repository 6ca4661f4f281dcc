using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Rapport.Tests;

namespace Rapport.BrowserTests.Pages;

/// <summary>
/// Looks at a page that is open: with axe, wide and narrow, in light and in dark, and for what axe does not see.
/// How a page looks does not depend on the database, and looking closely is most of a run: on PostgreSQL only its frame is looked at.
/// </summary>
internal static class LookAt
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Everything of WCAG 2.2 AA that a machine can see, and good practice.</summary>
    private const string Everything = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }";

    /// <summary>Dark differs from light in nothing but colour.</summary>
    private const string Colour = "{ runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] }";

    /// <summary>What is wrong at the first sight of it.</summary>
    public static async Task<IReadOnlyList<string>> OnceAsync(IPage page)
    {
        if (TestDatabase.OnPostgres) return await FrameAsync(page);
        await page.EvaluateAsync(Axe);
        return [.. await FrameAsync(page), .. await AxeAsync(page, Everything)];
    }

    /// <summary>What is wrong with it, each in a line.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(IPage page)
    {
        var wrong = new List<string>(await FrameAsync(page));
        if (TestDatabase.OnPostgres) return wrong;
        await page.EvaluateAsync(Axe);
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, width == 390 ? 844 : 800);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            wrong.AddRange((await AxeAsync(page, Everything)).Select(v => $"{width} light: {v}"));
            if (await page.EvaluateAsync<int>(TooWide) is > 0 and var over) wrong.Add($"{width}: {over} px too wide: {await page.EvaluateAsync<string>(Widest)}");
            wrong.AddRange((await page.EvaluateAsync<string[]>(Squeezed)).Select(words => $"{width}: squeezed to a letter or two a line: {words}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            wrong.AddRange((await AxeAsync(page, Colour)).Select(v => $"{width} dark: {v}"));
        }
        await page.SetViewportSizeAsync(1280, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        wrong.AddRange(await FocusAsync(page));
        return wrong;
    }

    private static async Task<IEnumerable<string>> AxeAsync(IPage page, string options)
    {
        var found = await page.EvaluateAsync<JsonElement>($"async () => (await axe.run(document, {options})).violations.map(v => ({{ id: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary) }}))");
        return found.EnumerateArray().Select(v => $"{v.GetProperty("id")}: {v.GetProperty("help")}\n    {string.Join("\n    ", v.GetProperty("nodes").EnumerateArray().Take(4).Select(n => n.ToString().ReplaceLineEndings(" ")))}").ToList();
    }

    /// <summary>One heading, a title of its own, the look is there, and every form that posts bears its token, but those of whoever holds a link, which says enough itself.</summary>
    private static async Task<IReadOnlyList<string>> FrameAsync(IPage page) => (await page.EvaluateAsync<string[]>("""
        () => [
          document.querySelectorAll('h1').length === 1 ? null : `${document.querySelectorAll('h1').length} headings of the first order`,
          document.title.length > ' · Rapport'.length ? null : `no title: ${document.title}`,
          [...document.styleSheets].every(sheet => sheet.cssRules.length > 0) && document.styleSheets.length > 0 ? null : 'a style sheet is empty',
          ...[...document.querySelectorAll('form[method=post]')].filter(form => !/^\/(promised|unsubscribe)\//.test(new URL(form.action).pathname)).map(form => form.querySelector('input[name=__RequestVerificationToken]')?.value ? null : `a form without an anti-forgery token: ${form.action}`),
        ].filter(wrong => wrong)
        """)).ToList();

    private const string TooWide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private const string Widest = """
        () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .slice(0, 3).map(e => e.tagName + '.' + e.className + ' ' + (e.textContent ?? '').trim().slice(0, 40)).join(' | ')
        """;

    // Words that need more room than they take stand in several lines; when those are many and short, what stands beside them took the room.
    private const string Squeezed = """
        () => [...document.querySelectorAll('.row-title, .row-detail, td, dd, h1, h2, p')].filter(e => {
          const [box, line] = [e.getBoundingClientRect(), parseFloat(getComputedStyle(e).lineHeight) || 20];
          return box.width > 1 && box.width < 5 * line && box.height > 3.5 * line && (e.textContent ?? '').trim().length > 12;
        }).slice(0, 3).map(e => e.className + ' ' + e.textContent.trim().slice(0, 40))
        """;

    /// <summary>What the Tab key reaches changes how it looks, or how what stands around it looks.</summary>
    private static async Task<IReadOnlyList<string>> FocusAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string[]>("""
            () => {
              const look = element => {
                const around = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling].filter(e => e);
                return around.map(e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join(); }).join('|');
              };
              const wrong = [];
              for (const element of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')) {
                if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue;
                document.activeElement?.blur();
                const before = look(element);
                element.focus();
                if (document.activeElement === element && look(element) === before) wrong.push(`focus cannot be seen on ${element.outerHTML.slice(0, 120)}`);
              }
              return wrong.slice(0, 5);
            }
            """);
    }
}
