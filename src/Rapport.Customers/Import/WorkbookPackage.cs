using System.IO.Compression;

namespace Rapport.Customers.Import;

/// <summary>Refuses what is no workbook, or unpacks to more than anybody means to send. What the package says of its sizes is not believed: they are counted.</summary>
internal static class WorkbookPackage
{
    /// <summary>The sentence, or null when it may be read.</summary>
    public static string? Refuse(string path, string name, TableLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(TableFile.OpenShared(path), ZipArchiveMode.Read);
            if (zip.Entries.Count > limits.Parts) return TooLarge(name);
            if (zip.GetEntry("xl/workbook.xml") is null)
                return zip.GetEntry("content.xml") is not null
                    ? $"{name}: it is an OpenDocument sheet; save it as .xlsx or CSV."
                    : $"{name}: it is an archive and not a workbook; unpack it and import what is in it.";
            return Counts(zip, limits) ? null : TooLarge(name);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            return Broken(name);
        }
    }

    /// <summary>The sentence for a workbook that cannot be read to its end.</summary>
    public static string Broken(string name) => $"{name}: the workbook is damaged or cut off; open it in your spreadsheet program, save it again as .xlsx or CSV, and import that.";

    private static string TooLarge(string name) => $"{name}: the workbook unpacks to far more than a list of people; it was not read. Save the one sheet that is needed as CSV and import that.";

    private static bool Counts(ZipArchive zip, TableLimits limits)
    {
        var buffer = new byte[128 * 1024];
        var total = 0L;
        foreach (var part in zip.Entries)
        {
            // What it says already is enough to refuse it; what it does not say is counted.
            if (part.Length > limits.UnpackedBytes) return false;
            using var content = part.Open();
            var size = 0L;
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                size += read;
                total += read;
                if (total > limits.UnpackedBytes) return false;
                if (size > limits.RatioFrom && size > limits.Ratio * Math.Max(1, part.CompressedLength)) return false;
                if (size > limits.SharedTextBytes && part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)) return false;
            }
        }
        return true;
    }
}
