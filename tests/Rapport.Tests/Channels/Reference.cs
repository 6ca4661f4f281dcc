namespace Rapport.Tests.Channels;

/// <summary>The reference data, read in place; tests that need it are skipped where it is absent.</summary>
internal static class Reference
{
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("RAPPORT_REFERENCE_DATA");
        for (var up = new DirectoryInfo(AppContext.BaseDirectory); root is null && up is not null; up = up.Parent)
            if (File.Exists(Path.Combine(up.FullName, "Rapport.slnx"))) root = Path.Combine(up.FullName, "..", "shared", "data");
        var folder = root is null ? "" : Path.Combine(root, name);
        Assert.SkipUnless(Directory.Exists(folder), $"The reference data folder '{name}' is not here; set RAPPORT_REFERENCE_DATA.");
        return folder;
    }
}
