using Rapport.Design;

namespace Rapport.Tests.Design;

public class ScriptTests
{
    private const int MostLines = 150;
    private const int MostBytes = 30 * 1024;

    private static IEnumerable<string> Scripts => Directory.EnumerateFiles(Path.Combine(Stylesheet.Folder, "js"), "*.js");

    [Fact]
    public void Each_script_is_short_and_together_they_are_small()
    {
        Assert.NotEmpty(Scripts);
        Assert.All(Scripts, script => Assert.InRange(File.ReadAllLines(script).Length, 1, MostLines));
        Assert.InRange(Scripts.Sum(script => new FileInfo(script).Length), 1, MostBytes);
    }

    [Fact]
    public async Task The_head_names_every_script_and_style_sheet_there_is()
    {
        var head = await Rendered.HtmlOf<DesignHead>();
        foreach (var file in Scripts.Concat(Directory.EnumerateFiles(Stylesheet.Folder, "*.css")))
            Assert.Contains("_content/Rapport.Design/" + Path.GetRelativePath(Stylesheet.Folder, file).Replace('\\', '/'), head, StringComparison.Ordinal);
    }

    [Fact]
    public void No_script_evaluates_text_or_writes_styles_into_the_page() => Assert.All(Scripts, script =>
    {
        var text = File.ReadAllText(script);
        foreach (var banned in (string[])["eval(", "new Function", "document.write", "setAttribute('style'", "outerHTML ="])
            Assert.DoesNotContain(banned, text, StringComparison.Ordinal);
    });

    [Fact]
    public void No_style_sheet_is_long()
    {
        Assert.All(Directory.EnumerateFiles(Stylesheet.Folder, "*.css"), sheet => Assert.InRange(File.ReadAllLines(sheet).Length, 1, 300));
    }
}
