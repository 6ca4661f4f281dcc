using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record DialogueOptions
{
    /// <summary>How many working days a customer of tier A may wait for us before they are ignored.</summary>
    public int WorkingDaysA { get; init; } = 1;

    /// <summary>The same for tier B.</summary>
    public int WorkingDaysB { get; init; } = 2;

    /// <summary>The same for tier C.</summary>
    public int WorkingDaysC { get; init; } = 3;

    /// <summary>The same without a tier.</summary>
    public int WorkingDaysNone { get; init; } = 5;

    /// <summary>How many lines a day say that somebody has gone quiet.</summary>
    public int QuietLinesADay { get; init; } = 5;

    /// <summary>Who has waited longer than this is counted on Today, and listed only when a key customer.</summary>
    public TimeSpan WaitingIsOld { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Working days ahead that a promise shows before it is due.</summary>
    public int SoonWorkingDays { get; init; } = 2;

    /// <summary>How many working days a customer of this tier may wait.</summary>
    public int Allowed(Tier tier) => tier switch { Tier.A => WorkingDaysA, Tier.B => WorkingDaysB, Tier.C => WorkingDaysC, Tier.None => WorkingDaysNone };

    internal string? Wrong =>
        new[] { WorkingDaysA, WorkingDaysB, WorkingDaysC, WorkingDaysNone, QuietLinesADay, SoonWorkingDays }.Any(n => n is < 0 or > 100) || WaitingIsOld < TimeSpan.Zero
            ? "* holds a number that is no sensible count of days or lines; write 0 to 100." : null;
}
