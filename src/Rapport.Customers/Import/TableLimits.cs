namespace Rapport.Customers.Import;

/// <summary>What is read of a table at most; beyond it the row or the file is refused with a sentence that says so.</summary>
public sealed record TableLimits
{
    /// <summary>The limits used where nobody says otherwise.</summary>
    public static readonly TableLimits Usual = new();

    /// <summary>Cells in a row.</summary>
    public int Columns { get; init; } = 1_000;

    /// <summary>Characters of one row of a text table, so that a 10 MB cell is read and a quote that never closes does not swallow the memory.</summary>
    public int RowLength { get; init; } = 12 * 1024 * 1024;

    /// <summary>Bytes of a workbook's parts once unpacked, all together.</summary>
    public long UnpackedBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Bytes of the workbook's table of shared texts once unpacked: the one part that has to stay in memory.</summary>
    public long SharedTextBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many times larger than packed a workbook may unpack, once it is larger than <see cref="RatioFrom"/> bytes.</summary>
    public int Ratio { get; init; } = 150;

    /// <summary>Bytes from which the ratio counts: small workbooks of repeated values pack very well.</summary>
    public long RatioFrom { get; init; } = 32 * 1024 * 1024;

    /// <summary>Parts in a workbook's package.</summary>
    public int Parts { get; init; } = 5_000;
}
