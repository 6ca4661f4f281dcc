using System.Diagnostics;

namespace Rapport.Bench;

/// <summary>From the start of the process to the first page, and idle memory.</summary>
internal sealed class StartScenario : IScenario
{
    private const int Starts = 7;

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var (first, page, worked) = (new List<double>(), new List<double>(), 0.0);
        for (var i = 0; i < (settings.Quick ? 1 : Starts); i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
            using var client = new HttpClient { BaseAddress = program.Address };
            await client.GetStringAsync("/sign-in", ct);
            first.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            worked += program.CpuMilliseconds;
            using var browser = await Browser.SignInAsync(program, Plan.Star, ct);
            await browser.GetAsync("/", ct);
            page.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        await using var idle = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        using (var browser = await Browser.SignInAsync(idle, Plan.Star, ct)) await browser.GetAsync("/", ct);
        await Task.Delay(settings.Quick ? TimeSpan.Zero : TimeSpan.FromMinutes(1), ct);
        var (anonymous, mapped) = Memory(idle.Id);
        return
        [
            Measured.Of("to the first page, sign-in", first, worked, 0), Measured.Of("to Today, signing in between", page, 0, 0),
            Measured.Of("idle after a minute: memory of its own", [1], 0, anonymous), Measured.Of("idle after a minute: with mapped files", [1], 0, mapped),
        ];
    }

    // Pages of the database file that the system keeps mapped are counted to the process, but it gives them to whoever needs memory.
    private static (double Own, double Mapped) Memory(int id)
    {
        if (!File.Exists($"/proc/{id}/status")) return (Measured.Now(id), Measured.Now(id));
        var lines = File.ReadAllLines($"/proc/{id}/status");
        double Of(string name) => double.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..^2], System.Globalization.CultureInfo.InvariantCulture) / 1024;
        return (Of("RssAnon:") + Of("RssShmem:"), Of("VmRSS:"));
    }
}
