namespace Rapport.Tests.Customers;

/// <summary>Reference data, read in place: from the folder in RAPPORT_REFERENCE_DATA, else from ../shared/data beside the repository or one of its work trees.</summary>
internal static class ReferenceData
{
    public static string FileOrSkip(params string[] parts)
    {
        var path = Folders().Select(folder => Path.Combine([folder, .. parts])).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{Path.Combine(parts)} is not here: put the reference data beside the repository or name its folder in RAPPORT_REFERENCE_DATA.");
        return path!;
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("RAPPORT_REFERENCE_DATA") is { Length: > 0 } named) yield return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "data");
    }
}
