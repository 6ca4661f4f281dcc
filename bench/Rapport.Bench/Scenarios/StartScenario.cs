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
        return
        [
            Measured.Of("to the first page, sign-in", first, worked, 0), Measured.Of("to Today, signing in between", page, 0, 0),
            Measured.Of("idle after a minute: memory of its own", [1], 0, Measured.Own(idle.Id)), Measured.Of("idle after a minute: with mapped files", [1], 0, Measured.Now(idle.Id)),
        ];
    }
}
