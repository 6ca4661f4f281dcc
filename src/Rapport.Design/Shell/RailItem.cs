namespace Rapport.Design;

/// <summary>A page in the rail: where it is, its word, its picture, and the keys that lead there ("g t").</summary>
/// <param name="Badge">A component that says how many wait there.</param>
/// <param name="Order">Low comes first. The first four are also in the bottom bar of a telephone; the rest are in its menu.</param>
public sealed record RailItem(string Href, string Text, Glyph Icon, int Order, string? Key = null, Type? Badge = null)
{
    /// <summary>True when the path is this page or one under it; the front page matches only itself.</summary>
    public bool Holds(string path) => Href == "/"
        ? path is "/" or ""
        : path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
}
