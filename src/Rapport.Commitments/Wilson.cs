namespace Rapport.Commitments;

/// <summary>The interval of Wilson for a share that was counted: honest also for few cases and at the ends.</summary>
public static class Wilson
{
    // The normal quantile of 97.5 %: both tails together are 5 %.
    private const double Z = 1.959963984540054;

    /// <summary>Between what the share lies with 95 % certainty, from 0 to 1; all of it is possible where nothing was counted.</summary>
    /// <param name="kept">How many were.</param>
    /// <param name="of">Of how many.</param>
    public static (double Low, double High) Interval(long kept, long of)
    {
        if (of <= 0) return (0, 1);
        var (share, z2) = ((double)kept / of, Z * Z);
        var middle = share + z2 / (2 * of);
        var reach = Z * Math.Sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        var scale = 1 + z2 / of;
        return (Math.Max(0, (middle - reach) / scale), Math.Min(1, (middle + reach) / scale));
    }
}
