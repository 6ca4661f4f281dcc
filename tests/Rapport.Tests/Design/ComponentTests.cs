using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Rapport.Design;

namespace Rapport.Tests.Design;

public partial class ComponentTests
{
    [Fact]
    public async Task Nothing_on_the_style_page_needs_an_inline_style_or_script()
    {
        string[] pages = [await Rendered.HtmlOf<StylePage>(), await Rendered.HtmlOf<AppShell>(("Body", Rendered.Text("page"))), await Rendered.HtmlOf<BareLayout>(("Body", Rendered.Text("page"))), await Rendered.HtmlOf<PrintLayout>(("Body", Rendered.Text("page"))), await Rendered.HtmlOf<DesignHead>()];
        Assert.All(pages, html =>
        {
            Assert.DoesNotMatch(Inline(), html);
            Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Matches(Inline(), "<p style=\"color: red\">");
        Assert.Matches(Inline(), "<a onclick=\"go()\">");
        Assert.Matches(Inline(), "<script>go()</script>");
    }

    [Fact]
    public async Task The_style_page_shows_every_component()
    {
        var html = await Rendered.HtmlOf<StylePage>();
        foreach (var seen in (string[])["avatar", "badge", "button primary", "chart", "chip", "dialog", "empty", "fact gap", "field invalid", "key-hint", "menu", "message theirs", "notice red", "pager", "party", "picker", "progress", "reading", "rows", "said ours", "stat", "steps", "table", "tabs", "toast", "source", "<mark>", "<time"])
            Assert.Contains(seen, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_id_on_the_style_page_is_its_own_and_everything_referred_to_is_there()
    {
        var html = await Rendered.HtmlOf<AppShell>(("Body", (RenderFragment)(builder => { builder.OpenComponent<StylePage>(0); builder.CloseComponent(); })));
        var ids = Id().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("main", ids);
        Assert.Equal(ids.Distinct(), ids);
        foreach (var reference in Reference().Matches(html).SelectMany(match => match.Groups[2].Value.Split(' ')))
            Assert.Contains(reference, ids);
    }

    [Fact]
    public async Task Every_picture_has_a_drawing_within_its_frame()
    {
        foreach (var glyph in Enum.GetValues<Glyph>())
        {
            var html = await Rendered.HtmlOf<Icon>(("Of", glyph));
            Assert.Matches("<path d=\"M[0-9 .a-zA-Z-]{8,}\"", html);
            Assert.Contains("aria-hidden=\"true\"", html, StringComparison.Ordinal);
            foreach (Match start in Start().Matches(html))
                Assert.All((string[])[start.Groups[1].Value, start.Groups[2].Value], number => Assert.InRange(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture), 0, 20));
        }
    }

    [Fact]
    public async Task A_field_ties_its_error_and_hint_to_its_input()
    {
        RenderFragment input = builder => { builder.OpenComponent<TextInput>(0); builder.AddAttribute(1, "Value", "<lena>"); builder.CloseComponent(); };
        var html = await Rendered.HtmlOf<Field>(("Label", "Address"), ("Name", "Input.Address"), ("Hint", "Where they read."), ("Error", "No domain."), ("Required", true), ("ChildContent", input));
        Assert.Contains("<label for=\"field-input-address\">", html, StringComparison.Ordinal);
        Assert.Contains("id=\"field-input-address\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"Input.Address\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"field-input-address-error field-input-address-hint\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains(" required", html, StringComparison.Ordinal);
        Assert.Contains("&lt;lena&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Found_words_are_marked_without_regard_to_case_and_accents()
    {
        var html = await Rendered.HtmlOf<Mark>(("Text", "Élodie <Garnier> on cranes"), ("Words", "ELOD cran"));
        Assert.Equal("<mark>&#xC9;lod</mark>ie &lt;Garnier&gt; on <mark>cran</mark>es", html.Replace("É", "&#xC9;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_text_is_folded_between_words_and_whole_inside()
    {
        var text = string.Join(' ', Enumerable.Repeat("winterhafen", 60));
        var html = await Rendered.HtmlOf<TimelineItem>(("Who", "Mika"), ("At", Rendered.Local.Now), ("Channel", Glyph.Mail), ("Text", text));
        Assert.Contains("<details", html, StringComparison.Ordinal);
        Assert.Contains("winterhafen…", html, StringComparison.Ordinal);
        Assert.Contains(text, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_toast_is_said_once_and_undoes_only_here()
    {
        var first = new DefaultHttpContext();
        Toasts.Leave(first, "Marked as kept.\nReally.", "/commitments/7/open");
        Assert.Equal(new SaidToast("Marked as kept. Really.", "/commitments/7/open"), Toasts.Take(Following(first)));

        var foreign = new DefaultHttpContext();
        Toasts.Leave(foreign, "Kept.", "//evil.example/x");
        Assert.Equal(new SaidToast("Kept.", null), Toasts.Take(Following(foreign)));

        var cut = new DefaultHttpContext();
        Toasts.Leave(cut, "Kept.", "/commitments/7/\topen");
        Assert.Equal(new SaidToast("Kept.", null), Toasts.Take(Following(cut)));

        var next = Following(first);
        Toasts.Take(next);
        Assert.Contains("said=;", next.Response.Headers.SetCookie.ToString(), StringComparison.Ordinal);

        var forged = new DefaultHttpContext();
        forged.Request.Headers.Cookie = "said=%%%";
        Assert.Null(Toasts.Take(forged));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/customers?q=a//b&c=%5C", true)]
    [InlineData("", false)]
    [InlineData("customers", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("//evil.example/", false)]
    [InlineData("/\\evil.example/", false)]
    [InlineData("/customers\\..\\evil", false)]
    [InlineData("/\t/evil.example/", false)]
    [InlineData("/customers\nLocation: https://evil.example/", false)]
    public void Only_a_path_of_ours_is_one_to_return_to(string path, bool ours) => Assert.Equal(ours, ReturnTo.IsOurs(path));

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/", "/customers", false)]
    [InlineData("/customers", "/customers/7", true)]
    [InlineData("/customers", "/customers-old", false)]
    public void A_rail_item_holds_its_own_pages(string href, string path, bool holds) => Assert.Equal(holds, new RailItem(href, "", Glyph.Today, 0).Holds(path));

    private static DefaultHttpContext Following(HttpContext before)
    {
        var next = new DefaultHttpContext();
        next.Request.Headers.Cookie = before.Response.Headers.SetCookie.ToString().Split(';')[0];
        return next;
    }

    [GeneratedRegex("<[^>]*\\s(style|on[a-z]+)=|<style|<script(?![^>]*\\ssrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("\\sid=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\\s(for|aria-labelledby|aria-describedby|aria-controls|commandfor)=\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("M(-?[0-9.]+) (-?[0-9.]+)")]
    private static partial Regex Start();
}
