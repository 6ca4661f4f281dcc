using System.Text.RegularExpressions;

namespace Rapport.Commitments;

/// <summary>Words that promise a time and name none; a person should be asked.</summary>
internal static partial class VagueWords
{
    /// <summary>The vague phrases between two places of a text.</summary>
    public static IEnumerable<DueReading> In(string text, int from, int until)
    {
        if (until - from < 4) yield break;
        for (var match = Phrases().Match(text, from, until - from); match.Success; match = match.NextMatch())
            yield return new DueReading(match.Value, match.Index, DueOutcome.Vague, null, $"\"{match.Value}\" names no date.");
    }

    [GeneratedRegex(@"\b(as soon as (possible|(I|we|you|he|she|they) can|practicable)|at your earliest convenience|at (the|my|our) earliest (convenience|opportunity)|"
        + @"asap|a\.s\.a\.p\.?|shortly|soon(er or later|est|er)?|in due (course|time)|when(ever)? (possible|(I|we) (can|get (round|around) to it|have time))|in the (near|foreseeable) future|"
        + @"(in|over) the (coming|next|following) (days|weeks|months|years)|((in|by|this|next|early|late|during)( the)? )(spring|summer|autumn|winter)|"
        + @"at some (point|stage)|some ?time|one of these days|some day|someday|eventually|in a (bit|while|moment)|later( on)?|right away|immediately|straight away|promptly|without delay|presently|before long|in no time)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Phrases();
}
