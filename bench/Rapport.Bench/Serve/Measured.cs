using System.Globalization;

namespace Rapport.Bench;

/// <summary>What one kind of thing took.</summary>
/// <param name="What">What was asked, or done.</param>
/// <param name="Count">How often.</param>
/// <param name="P50">Half were done in so many milliseconds.</param>
/// <param name="PerSecond">How many a second, one after the other.</param>
/// <param name="Cpu">Milliseconds that a processor worked for one: what a busy machine changes least.</param>
/// <param name="PeakMegabytes">The most memory the program held up to then.</param>
internal sealed record Measured(string What, int Count, double P50, double P95, double P99, double PerSecond, double Cpu, double PeakMegabytes)
{
    /// <summary>From the milliseconds that each took.</summary>
    public static Measured Of(string what, IReadOnlyCollection<double> milliseconds, double cpu, double peak)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new(what, sorted.Length, At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), sorted.Length * 1000 / sorted.Sum(), cpu / sorted.Length, peak);
    }

    /// <summary>The most memory a process held so far, in megabytes.</summary>
    public static double Peak(int process) => Megabytes(process, "VmHWM:");

    /// <summary>The memory it holds now.</summary>
    public static double Now(int process) => Megabytes(process, "VmRSS:");

    /// <summary>The same without pages of files that the system keeps mapped: those are counted to the process, but the system gives them to whoever needs memory.</summary>
    public static double Own(int process) => Megabytes(process, "RssAnon:") + (File.Exists("/proc/self/status") ? Megabytes(process, "RssShmem:") : 0);

    /// <summary>Milliseconds that processors worked for it so far.</summary>
    public static double Worked(int process)
    {
        using var found = System.Diagnostics.Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalMilliseconds;
    }

    // The nearest rank: a number that was really seen.
    private static double At(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static double Megabytes(int process, string line)
    {
        var status = $"/proc/{process}/status";
        if (!File.Exists(status)) return System.Diagnostics.Process.GetProcessById(process).WorkingSet64 / 1048576.0;
        var found = File.ReadLines(status).First(l => l.StartsWith(line, StringComparison.Ordinal));
        return double.Parse(found[line.Length..^2], CultureInfo.InvariantCulture) / 1024;
    }
}
