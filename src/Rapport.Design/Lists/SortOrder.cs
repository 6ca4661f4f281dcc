namespace Rapport.Design;

/// <summary>How a table stands in a column.</summary>
public enum SortOrder
{
    /// <summary>Not sorted by this column.</summary>
    None,

    /// <summary>A to Z, small to large, old to new.</summary>
    Ascending,

    /// <summary>The other way.</summary>
    Descending,
}
