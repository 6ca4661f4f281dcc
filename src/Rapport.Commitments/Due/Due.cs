namespace Rapport.Commitments;

/// <summary>How fine a due date was said, and so how fine it may be judged.</summary>
public enum DuePrecision
{
    /// <summary>"At 14:30".</summary>
    Minute,
    /// <summary>"By two".</summary>
    Hour,
    /// <summary>"On Friday".</summary>
    Day,
    /// <summary>"Next week".</summary>
    Week,
    /// <summary>"In March".</summary>
    Month,
    /// <summary>"In the third quarter".</summary>
    Quarter,
    /// <summary>"In 2027".</summary>
    Year,
}

/// <summary>By when something was promised. A moment has equal ends; a day or a longer period runs from its opening to its close of business.</summary>
/// <param name="Start">The earliest moment meant, in the zone it was read for.</param>
/// <param name="End">The latest moment meant: the one after which the promise is late.</param>
/// <param name="Words">The exact words it rests on, as they stand in the text.</param>
public sealed record Due(DateTimeOffset Start, DateTimeOffset End, DuePrecision Precision, string Words);
