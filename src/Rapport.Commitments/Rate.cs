namespace Rapport.Commitments;

/// <summary>How many of how many (K7): always the counts, and from <see cref="Fewest"/> cases on the share with the interval of <see cref="Wilson"/>. Of fewer a share says more about chance than about us.</summary>
public readonly record struct Rate
{
    /// <summary>The fewest cases that a share is told of.</summary>
    public const int Fewest = 5;

    /// <summary>So many of so many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none, or more than all.</exception>
    public Rate(int hits, int cases)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, cases);
        (Hits, Cases) = (hits, cases);
    }

    /// <summary>How many it is true of.</summary>
    public int Hits { get; }
    /// <summary>Of how many.</summary>
    public int Cases { get; }
    /// <summary>There are enough cases to tell a share.</summary>
    public bool IsTold => Cases >= Fewest;
    /// <summary>The share, from 0 to 1; null while there are too few cases.</summary>
    public double? Share => IsTold ? (double)Hits / Cases : null;
    /// <summary>The lower limit of the interval; null while there are too few cases.</summary>
    public double? Low => IsTold ? Wilson.Interval(Hits, Cases).Low : null;
    /// <summary>The upper limit of the interval; null while there are too few cases.</summary>
    public double? High => IsTold ? Wilson.Interval(Hits, Cases).High : null;
}
