using System.Text.Json;

namespace Rapport.Bench;

/// <summary>Says what was measured, to people and to programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task PrintAsync(string scenario, Settings settings, IReadOnlyList<Measured> measured, TextWriter output)
    {
        var width = measured.Max(m => m.What.Length);
        await output.WriteLineAsync($"{scenario}, {(settings.Database is null ? "SQLite" : "PostgreSQL")}, {Size(settings)}");
        await output.WriteLineAsync($"{"".PadRight(width)} {"count",8} {"p50 ms",9} {"p95 ms",9} {"p99 ms",9} {"per s",9} {"CPU ms",8} {"peak MB",8}");
        foreach (var m in measured)
            await output.WriteLineAsync($"{m.What.PadRight(width)} {m.Count,8:N0} {m.P50,9:N1} {m.P95,9:N1} {m.P99,9:N1} {m.PerSecond,9:N1} {m.Cpu,8:N1} {m.PeakMegabytes,8:N0}");
    }

    public static async Task WriteAsync(string scenario, Settings settings, IReadOnlyList<Measured> measured, string file, CancellationToken ct)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new { Scenario = scenario, Database = settings.Database is null ? "SQLite" : "PostgreSQL", Size = Size(settings), At = TimeProvider.System.GetUtcNow(), Environment.ProcessorCount, Measured = measured }, Options, ct);
    }

    private static string Size(Settings settings) => settings.Data is null ? "a new database" : $"{settings.Plan.Parties:N0} parties, {settings.Plan.Interactions:N0} interactions";
}
