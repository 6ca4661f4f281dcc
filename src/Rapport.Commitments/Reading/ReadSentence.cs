namespace Rapport.Commitments.Reading;

/// <summary>One sentence of a text, and how probable it is that its speaker commits to something in it.</summary>
/// <param name="Text">The sentence as it stands there.</param>
/// <param name="Start">Where it begins, in characters (UTF-16) from the start of the text.</param>
/// <param name="Probability">From 0 to 1.</param>
/// <param name="Kind">Of what kind the promise would be; null where nobody speaks of what they will do.</param>
/// <param name="Due">What it says of time: a date ahead before anything else, then what names none.</param>
/// <param name="Because">The words that weighed, heaviest first.</param>
public sealed record ReadSentence(string Text, int Start, double Probability, PromiseKind? Kind, DueReading? Due, IReadOnlyList<Weighed> Because)
{
    /// <summary>The log-odds by what is shipped alone, without what was learned here.</summary>
    public double Shipped { get; init; }

    /// <summary>From which probability on a sentence is taken for a commitment: above a half, because a proposal that is none costs its reader more than one that is missed and written down by hand.</summary>
    public const double Threshold = 0.6;

    /// <summary>It is taken for one.</summary>
    public bool IsCommitment => Probability >= Threshold;

    /// <summary>By when; null where no date ahead was named.</summary>
    public Due? DueAhead => Due is { Outcome: DueOutcome.Dated, IsPast: false } ? Due.Due : null;
}

/// <summary>Words that weighed: what they were taken for, and how much they moved the sum (log-odds; below zero against a promise).</summary>
public sealed record Weighed(string Words, string Meaning, double Weight);
