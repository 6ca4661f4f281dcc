namespace Rapport.Commitments;

/// <summary>How this floor reads what is said; the defaults run with nothing set.</summary>
public sealed record CommitmentsOptions
{
    /// <summary>The month, 1 to 12, in which the business year and its first quarter begin: "by the end of Q1".</summary>
    public int FiscalYearStart { get; init; } = 1;

    internal string? Wrong => FiscalYearStart is < 1 or > 12 ? "FiscalYearStart is no month; write 1 to 12." : null;
}
