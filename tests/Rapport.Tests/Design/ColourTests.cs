using Rapport.Design;

namespace Rapport.Tests.Design;

public class ColourTests
{
    private const double Text = 4.5;
    private const double Edge = 3;

    private static readonly string[] Grounds = ["paper", "sunken", "raised", "hover", "pressed"];
    private static readonly string[] Softs = ["accent-soft", "red-soft", "amber-soft", "green-soft", "note"];

    public static TheoryData<string, string> TextOnGround()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var ground in Grounds.Concat(Softs))
            foreach (var text in (string[])["ink", "ink-2", "ink-3", "ink-4"])
                pairs.Add(text, ground);
        foreach (var tone in (string[])["accent", "red", "amber", "green"])
            foreach (var ground in Grounds.Append(tone + "-soft"))
                pairs.Add(tone, ground);
        pairs.Add("on-accent", "accent-fill");
        pairs.Add("on-accent", "accent-fill-hover");
        pairs.Add("ink", "mark");
        pairs.Add("paper", "ink");
        return pairs;
    }

    [Theory]
    [MemberData(nameof(TextOnGround))]
    public void Every_text_on_every_ground_can_be_read_in_light_and_dark(string text, string ground)
    {
        var colours = Stylesheet.Colours();
        AssertContrast(Text, colours[text], colours[ground]);
    }

    [Fact]
    public void The_edge_of_a_field_can_be_seen_on_every_ground()
    {
        var colours = Stylesheet.Colours();
        foreach (var ground in (string[])["paper", "raised", "sunken"]) AssertContrast(Edge, colours["edge"], colours[ground]);
        foreach (var ground in Grounds) AssertContrast(Edge, colours["accent-fill"], colours[ground]);
    }

    [Fact]
    public void Initials_can_be_read_on_every_hue()
    {
        for (var hue = 0; hue < Face.Hues; hue++)
        {
            var colours = Stylesheet.Colours(hue * 360.0 / Face.Hues);
            AssertContrast(Text, colours["face-ink"], colours["face-ground"]);
        }
    }

    [Fact]
    public void The_stylesheet_has_every_hue_that_a_face_can_take()
    {
        var lists = Stylesheet.Read("lists.css");
        for (var hue = 0; hue < Face.Hues; hue++) Assert.Contains($".hue-{hue} {{ --hue: {hue * 360 / Face.Hues}; }}", lists, StringComparison.Ordinal);
    }

    [Fact]
    public void Contrast_is_computed_as_the_standard_says()
    {
        var (white, black) = (new Oklch(1, 0, 0), new Oklch(0, 0, 0));
        Assert.Equal(21, Oklch.Contrast(white, black), 2);
        // #767676 is the lightest grey that may be read on white.
        Assert.Equal(4.54, Oklch.Contrast(white, new Oklch(0.5680, 0, 0)), 1);
    }

    private static void AssertContrast(double least, (Oklch Light, Oklch Dark) one, (Oklch Light, Oklch Dark) other)
    {
        Assert.InRange(Oklch.Contrast(one.Light, other.Light), least, 21.01);
        Assert.InRange(Oklch.Contrast(one.Dark, other.Dark), least, 21.01);
    }
}
