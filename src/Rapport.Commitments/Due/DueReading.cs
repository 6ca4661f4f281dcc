namespace Rapport.Commitments;

/// <summary>What a phrase of time came to: a date, no date because it is vague, or no date because there is none such.</summary>
public enum DueOutcome
{
    /// <summary>A date.</summary>
    Dated,
    /// <summary>None that anybody could be held to: "soon".</summary>
    Vague,
    /// <summary>There is no such date: 31 February.</summary>
    Impossible,
}

/// <summary>One phrase of time found in a text.</summary>
/// <param name="Words">The exact words, a part of the text.</param>
/// <param name="Start">Where they begin, in characters (UTF-16) from the start of the text.</param>
/// <param name="Due">The date; null unless <see cref="DueOutcome.Dated"/>.</param>
/// <param name="Why">Why there is no date, or what to ask about one that could be read in two ways; a sentence for people.</param>
/// <param name="Other">The other reading of an ambiguous date (03/04).</param>
/// <param name="IsPast">It lies before the moment it was said; no due date, unless somebody looks back.</param>
public sealed record DueReading(string Words, int Start, DueOutcome Outcome, Due? Due, string? Why = null, Due? Other = null, bool IsPast = false)
{
    /// <summary>How long they are, in characters (UTF-16).</summary>
    public int Length => Words.Length;
}
