namespace Rapport.Updates;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record UpdatesOptions
{
    /// <summary>So many people at most are chosen one by one for a notice; more are chosen by a filter.</summary>
    public int ChosenByHand { get; init; } = 500;

    /// <summary>So many people at most stand behind those chosen one by one: everybody who works at the organisations among them.</summary>
    public int BehindChosen { get; init; } = 20_000;

    internal string? Wrong =>
        ChosenByHand is < 1 or > 10_000 ? $"ChosenByHand is {ChosenByHand}; write a number from 1 to 10000."
        : BehindChosen is < 1 or > 100_000 ? $"BehindChosen is {BehindChosen}; write a number from 1 to 100000."
        : null;
}
