namespace Rapport.Design;

/// <summary>What a colour says. A tone never stands alone: a word is always beside it.</summary>
public enum Tone
{
    /// <summary>Ink on paper: a fact.</summary>
    Neutral,

    /// <summary>What can be done, or what is chosen.</summary>
    Accent,

    /// <summary>Broken or overdue.</summary>
    Red,

    /// <summary>Due soon or at risk.</summary>
    Amber,

    /// <summary>Kept or over.</summary>
    Green,
}

internal static class Tones
{
    public static string? ClassOf(this Tone tone) => tone switch
    {
        Tone.Neutral => null,
        Tone.Accent => "accent",
        Tone.Red => "red",
        Tone.Amber => "amber",
        Tone.Green => "green",
    };
}
