namespace Rapport.Customers;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record CustomersOptions
{
    private const int LongestDays = 36_500;

    /// <summary>Days after which a judgement is shown faded and put up to be confirmed (C2).</summary>
    public int JudgementHalfLifeDays { get; init; } = 180;

    internal string? Wrong => JudgementHalfLifeDays is < 1 or > LongestDays ? $"JudgementHalfLifeDays is {JudgementHalfLifeDays}; write a number of days from 1 to {LongestDays}." : null;
}
