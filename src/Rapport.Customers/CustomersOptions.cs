namespace Rapport.Customers;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record CustomersOptions
{
    private const int LongestDays = 36_500, MostRows = 100_000;

    /// <summary>Days after which a judgement is shown faded and put up to be confirmed (C2).</summary>
    public int JudgementHalfLifeDays { get; init; } = 180;

    /// <summary>How many rows of a table are written at once. Fewer take less memory and more time; what was killed loses no more than those.</summary>
    public int ImportBatchRows { get; init; } = 20_000;

    internal string? Wrong =>
        JudgementHalfLifeDays is < 1 or > LongestDays ? $"JudgementHalfLifeDays is {JudgementHalfLifeDays}; write a number of days from 1 to {LongestDays}."
        : ImportBatchRows is < 1 or > MostRows ? $"ImportBatchRows is {ImportBatchRows}; write a number of rows from 1 to {MostRows}."
        : null;
}
