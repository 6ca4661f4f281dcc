using System.Globalization;

namespace Rapport.Commitments.Pages;

/// <summary>What is known before a promise is made, in words.</summary>
internal static class BeforeWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"8 of 10 (80 %, likely 49 to 94 %)"; without a share where there are too few.</summary>
    public static string Of(Rate rate) => rate is { Share: { } share, Low: { } low, High: { } high } ? $"{rate.Hits} of {rate.Cases} ({Percent(share)} %, likely {Percent(low)} to {Percent(high)} %)" : $"{rate.Hits} of {rate.Cases}";

    /// <summary>What else is due on that day.</summary>
    public static string Load(Outlook of, MemberId reader)
    {
        var (who, owe) = of.Owner == reader ? ("You", "owe") : (of.OwnerName, "owes");
        var then = of.BesideCount == 0 ? $"{who} {owe} nothing else on {Say(of.Day)}" : $"{who} {owe} {Others(of.BesideCount)} on {Say(of.Day)}: {string.Join("; ", of.Beside.Select(b => $"“{b.Words}” to {b.WithName}"))}{(of.BesideCount > of.Beside.Count ? "; and more" : "")}";
        var before = of.UntilThen == 0 ? "" : $", and {Others(of.UntilThen)} before that";
        var team = of.Team is not { } count ? "" : count == 0 ? " The rest of the team owes nothing that day." : $" The rest of the team owes {count} that day.";
        return $"{then}{before}.{team}";
    }

    /// <summary>That who would answer for it is away then; null when they are here.</summary>
    public static string? Absence(Outlook of, MemberId reader) => of.OwnerAway is not { } away ? null : $"{(of.Owner == reader ? "You are" : $"{away.Name} is")} {InWords.Of(away)}.";

    /// <summary>How often promises like it were kept.</summary>
    public static string History(Outlook of)
    {
        var like = $"{InWords.Of(of.Kind)}, promised {InWords.Of(of.Notice)}";
        if (of.Kept.Cases == 0) return $"No promise like it ({like}) was settled yet, so nothing is known of how often they are kept.";
        var own = of.OwnKept is { IsTold: true } mine && mine != of.Kept ? $" Of yours: {Of(mine)}." : "";
        return of.Kept.IsTold ? $"Kept on time of those like it ({like}): {Of(of.Kept)}.{own}" : $"Kept on time of those like it ({like}): {Of(of.Kept)}, too few to say how often.";
    }

    /// <summary>The first date that looks safe, and why.</summary>
    public static (string Head, string Why) Safe(Outlook of)
    {
        var (kind, safe) = (InWords.Of(of.Kind), of.Safe);
        if (safe.Day is not { } day) return safe.WorkingDays is null ? ("No date looks safe", $": of promises of this kind ({kind}) only {Of(safe.Done)} were done at all. Promise less, or say what it hangs on.") : ("No day of the coming weeks has room for another promise", ".");
        var room = safe.Due == 0 ? "nothing else is due then" : $"only {Others(safe.Due)} {(safe.Due == 1 ? "is" : "are")} due then";
        if (safe.WorkingDays is not { } days) return ($"The first day with room is {Say(day)}", $": {room}. How long such things take ({kind}) is not known yet.");
        var took = days == 0 ? "on the same day" : days == 1 ? "within one working day" : $"within {days} working days";
        return day <= of.Day ? ("The date looks safe", $": {Of(safe.Done)} of this kind ({kind}) were done {took}.") : ($"The first date that looks safe is {Say(day)}", $": {Of(safe.Done)} of this kind ({kind}) were done {took}, and {room}.");
    }

    private static string Others(int count) => count == 1 ? "one other thing" : $"{count} other things";

    private static string Say(DateOnly day) => day.ToString("dddd d MMMM", English);

    private static string Percent(double share) => Math.Round(share * 100).ToString("0", CultureInfo.InvariantCulture);
}
