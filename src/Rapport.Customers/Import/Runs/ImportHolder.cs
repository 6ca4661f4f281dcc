using System.Diagnostics;
using System.Globalization;

namespace Rapport.Customers.Import;

/// <summary>The program that runs an import, so that another one on the same machine sees at once that it was killed and goes on, instead of waiting for its lease to run out.</summary>
internal static class ImportHolder
{
    /// <summary>This program.</summary>
    public static string Own { get; } = Of(Process.GetCurrentProcess());

    /// <summary>Whether it is certain that the holder runs no more. Of another machine nothing is certain.</summary>
    public static bool IsGone(string? holder)
    {
        if (holder is null || holder == Own || holder.Split('/') is not [var machine, var id, _] || machine != Environment.MachineName) return false;
        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return !IsSame(Of(process), holder);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return true;
        }
    }

    private static string Of(Process process) => $"{Environment.MachineName}/{process.Id.ToString(CultureInfo.InvariantCulture)}/{new DateTimeOffset(process.StartTime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";

    // Numbers of processes come again; the moment it started tells them apart, and is not known to the second.
    private static bool IsSame(string one, string other) => Math.Abs(Started(one) - Started(other)) <= 2;

    private static long Started(string holder) => long.Parse(holder[(holder.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
}
