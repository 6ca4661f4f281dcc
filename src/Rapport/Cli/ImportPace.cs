using System.Diagnostics;
using System.Globalization;
using Rapport.Customers.Import;

namespace Rapport.Cli;

/// <summary>How fast an import goes, and how long it will take from here. It counts from the first batch: one that goes on has much behind it already, and nothing is known of its pace.</summary>
internal sealed class ImportPace
{
    private (long At, int Read, int PerMille)? _first;

    /// <summary>In a few words, for a bar.</summary>
    public string Of(ImportRun run)
    {
        var read = string.Create(CultureInfo.InvariantCulture, $"{run.Counts.Read:N0} read");
        if (_first is not { } first)
        {
            _first = (Stopwatch.GetTimestamp(), run.Counts.Read, run.PerMille);
            return read;
        }
        var took = Stopwatch.GetElapsedTime(first.At);
        var pace = string.Create(CultureInfo.InvariantCulture, $"{read}, {(run.Counts.Read - first.Read) / Math.Max(took.TotalSeconds, 0.001):N0} a second");
        if (run.PerMille <= first.PerMille || run.PerMille >= 1000) return pace;
        var left = took * ((1000.0 - run.PerMille) / (run.PerMille - first.PerMille));
        return string.Create(CultureInfo.InvariantCulture, $"{pace}, {(left.TotalHours < 1 ? $"{left:m\\:ss}" : $"{left:h\\:mm} hours")} left");
    }
}
