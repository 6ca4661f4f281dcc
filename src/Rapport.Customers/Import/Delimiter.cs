namespace Rapport.Customers.Import;

/// <summary>Finds out which character parts the cells of a text table.</summary>
internal static class Delimiter
{
    private const int SampleRows = 40;
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The delimiter whose rows are the most alike; a comma where there is only one column.</summary>
    public static char Detect(string sample, bool isWhole)
    {
        if (sample.Length >= 5 && sample.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) return sample[4];
        return Candidates.Select(candidate => (candidate, Score: Score(sample, isWhole, candidate))).MaxBy(x => x.Score) is { Score: > 0 } best ? best.candidate : ',';
    }

    // How many of the rows have the commonest width, and a little for more columns; rows of one cell say nothing.
    private static double Score(string sample, bool isWhole, char delimiter)
    {
        var reader = new DelimitedReader(new StringReader(sample), delimiter, TableLimits.Usual with { RowLength = Math.Max(64, sample.Length + 1) });
        var widths = new List<int>();
        while (widths.Count < SampleRows && reader.Read() is { } row)
            if (!row.IsEmpty) widths.Add(row.Cells.Length);
        if (!isWhole && widths.Count is > 1 and < SampleRows) widths.RemoveAt(widths.Count - 1);
        if (widths.Count == 0) return 0;

        var commonest = widths.Where(width => width > 1).GroupBy(width => width).MaxBy(group => (group.Count(), group.Key));
        return commonest is null ? 0 : (double)commonest.Count() / widths.Count + Math.Min(commonest.Key, 50) / 200.0;
    }
}
