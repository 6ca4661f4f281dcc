namespace Rapport.Members;

/// <summary>A page among the settings, which later floors add too. Low orders stand first; some are shown to administrators alone.</summary>
public sealed record SettingsTab(string Text, string Href, int Order, bool Administrators = false)
{
    /// <summary>True when the path is this page or one under it; the first one matches only itself.</summary>
    internal bool Holds(string path) => path == Href || (Href != "/settings" && path.StartsWith(Href + "/", StringComparison.Ordinal));
}
