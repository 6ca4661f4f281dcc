using System.ComponentModel;
using System.Diagnostics;

namespace Rapport.Bench;

/// <summary>The real program as a process of its own, on a free port, over a database.</summary>
internal sealed class RealProgram : IAsyncDisposable
{
    private readonly Process process;

    private RealProgram(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    public double PeakMegabytes => Measured.Peak(process.Id);

    /// <summary>How long processors worked for it so far.</summary>
    public double CpuMilliseconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    /// <summary>Serves the database of the settings until it is disposed.</summary>
    public static async Task<RealProgram> ServeAsync(Settings settings, string folder, CancellationToken ct)
    {
        var process = Start(settings, folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        const string Listens = "Rapport listens on ";
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
            if (line.StartsWith(Listens, StringComparison.Ordinal)) return new(process, new Uri(line[Listens.Length..]));
        throw new BenchException($"The program did not start: {await process.StandardError.ReadToEndAsync(ct)}");
    }

    /// <summary>Runs a verb of the command line to its end; says how long it took, how long processors worked, and the most memory it held.</summary>
    public static async Task<(TimeSpan Took, TimeSpan Cpu, double PeakMegabytes)> RunAsync(Settings settings, string folder, string[] verb, Tenths? tenths, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Start(settings, folder, verb);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        var (seen, done) = ((Cpu: TimeSpan.Zero, Peak: 0.0), process.WaitForExitAsync(ct));
        while (await Task.WhenAny(done, Task.Delay(100, ct)) != done)
        {
            seen = Look(process) ?? seen;
            if (tenths is not null && !process.HasExited) await tenths.LookAsync(process.Id);
        }
        await done;
        return process.ExitCode == 0 ? (Stopwatch.GetElapsedTime(began), seen.Cpu, seen.Peak) : throw new BenchException($"rapport {string.Join(' ', verb)}: {await complained}{await said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private static Process Start(Settings settings, string folder, string[] verb)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.FileName = settings.Program.EndsWith(".dll", StringComparison.Ordinal) ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet" : settings.Program;
        if (settings.Program.EndsWith(".dll", StringComparison.Ordinal)) start.ArgumentList.Add(settings.Program);
        foreach (var word in verb) start.ArgumentList.Add(word);
        // Who is killed would leave the pipes of a debugger behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["RAPPORT_DATA"] = folder;
        start.Environment["RAPPORT_DATABASE"] = settings.Database ?? "";
        return Process.Start(start)!;
    }

    // It may end while it is looked at.
    private static (TimeSpan Cpu, double Peak)? Look(Process process)
    {
        try
        {
            process.Refresh();
            return (process.TotalProcessorTime, Measured.Peak(process.Id));
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or ArgumentException or Win32Exception) { return null; }
    }
}
