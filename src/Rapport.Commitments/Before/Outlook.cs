using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>What somebody is about to promise.</summary>
/// <param name="Due">By when.</param>
/// <param name="Words">What: they tell of which kind it is.</param>
/// <param name="Owner">Who is to answer for it; whoever asks when null.</param>
/// <param name="Of">The commitment that gets a new date: it does not stand in its own way.</param>
public sealed record AboutToPromise(Due Due, string? Words, MemberId? Owner = null, CommitmentId? Of = null);

/// <summary>Something else that is due on the same day.</summary>
public sealed record DueBeside(CommitmentId Id, string Words, string WithName, DateTimeOffset DueEnd);

/// <summary>The first date that looks safe, and why it does.</summary>
/// <param name="Day">The date; null when none looks safe.</param>
/// <param name="Due">What else its owner owes on it.</param>
/// <param name="WorkingDays">So many working days after they were made, <paramref name="Done"/> of those like it were done; null when too few are known, or too few were ever done.</param>
/// <param name="Done">How many were done within so many working days, whatever date they had; all that were done when none looks safe.</param>
public sealed record SafeDate(DateOnly? Day, int Due, int? WorkingDays, Rate Done);

/// <summary>What is known before a promise is made (K6).</summary>
/// <param name="Day">The day it would be due, on our clocks.</param>
/// <param name="Owner">Who would answer for it.</param>
/// <param name="OwnerName">Their name.</param>
/// <param name="Beside">What else they owe on that day: the first few.</param>
/// <param name="BesideCount">How many that are.</param>
/// <param name="UntilThen">How many they owe before that day, what is late with them.</param>
/// <param name="Team">How many the others of their teams owe on that day; null when they are in none.</param>
/// <param name="Kind">Of which kind it is.</param>
/// <param name="Notice">How long before it is due it would be made.</param>
/// <param name="Kept">How many promises of that kind and notice were kept, of those settled lately.</param>
/// <param name="OwnKept">The same of the one who asks, for themselves alone (K7); null when another would answer for it.</param>
/// <param name="Safe">The first date that looks safe.</param>
public sealed record Outlook(
    DateOnly Day, MemberId Owner, string OwnerName, IReadOnlyList<DueBeside> Beside, int BesideCount, int UntilThen, int? Team,
    PromiseKind Kind, NoticeGiven Notice, Rate Kept, Rate? OwnKept, SafeDate Safe)
{
    /// <summary>That who would answer for it is away when it is due, and who stands in; null when they are here.</summary>
    public Away? OwnerAway { get; init; }
}
