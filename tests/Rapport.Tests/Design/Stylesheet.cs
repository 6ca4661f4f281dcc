using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rapport.Tests.Design;

/// <summary>A colour in OKLCH: lightness 0 to 1, chroma, hue in degrees.</summary>
internal readonly record struct Oklch(double L, double C, double H)
{
    /// <summary>Relative luminance after clipping to sRGB, as WCAG 2.2 defines it; the matrices are those of the OKLab definition.</summary>
    public double Luminance
    {
        get
        {
            var (a, b) = (C * Math.Cos(H * Math.PI / 180), C * Math.Sin(H * Math.PI / 180));
            var l = Math.Pow(L + 0.3963377774 * a + 0.2158037573 * b, 3);
            var m = Math.Pow(L - 0.1055613458 * a - 0.0638541728 * b, 3);
            var s = Math.Pow(L - 0.0894841775 * a - 1.2914855480 * b, 3);
            var red = Math.Clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, 0, 1);
            var green = Math.Clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, 0, 1);
            var blue = Math.Clamp(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s, 0, 1);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        }
    }

    public static double Contrast(Oklch one, Oklch other)
    {
        var (light, dark) = (Math.Max(one.Luminance, other.Luminance), Math.Min(one.Luminance, other.Luminance));
        return (light + 0.05) / (dark + 0.05);
    }
}

/// <summary>The files of the look, read where they are, and the colours in them.</summary>
internal static partial class Stylesheet
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../src/Rapport.Design/wwwroot"));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Each colour token with what it is on paper and at night; the hue of faces is filled in.</summary>
    public static Dictionary<string, (Oklch Light, Oklch Dark)> Colours(double hue = 0) =>
        Token().Matches(Read("rapport.css")).ToDictionary(match => match.Groups[1].Value, match => (Colour(match.Groups[2].Value, hue), Colour(match.Groups[3].Value, hue)));

    private static Oklch Colour(string text, double hue)
    {
        var parts = text.Split('/')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(Number(parts[0]), Number(parts[1]), parts[2].StartsWith("var(--hue", StringComparison.Ordinal) ? hue : Number(parts[2]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"^\s*--([a-z0-9-]+): light-dark\(oklch\(((?:[^()]|\([^)]*\))+)\), oklch\(((?:[^()]|\([^)]*\))+)\)\);", RegexOptions.Multiline)]
    private static partial Regex Token();
}
