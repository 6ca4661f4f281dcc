using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record DialogueOptions
{
    /// <summary>How many working days a customer may wait for us before they are ignored: for tier A, B, C and without one.</summary>
    public (int A, int B, int C, int None) AllowedWorkingDays { get; init; } = (1, 2, 3, 5);

    /// <summary>How many lines a day say that somebody has gone quiet.</summary>
    public int QuietLinesADay { get; init; } = 5;

    /// <summary>Who has waited longer than this is counted on Today, and listed only when a key customer.</summary>
    public TimeSpan WaitingIsOld { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Working days ahead that a promise shows before it is due.</summary>
    public int SoonWorkingDays { get; init; } = 2;

    /// <summary>How many working days a customer of this tier may wait.</summary>
    public int Allowed(Tier tier) => tier switch { Tier.A => AllowedWorkingDays.A, Tier.B => AllowedWorkingDays.B, Tier.C => AllowedWorkingDays.C, Tier.None => AllowedWorkingDays.None };
}
