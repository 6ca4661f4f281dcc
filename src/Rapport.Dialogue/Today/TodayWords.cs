using Rapport.Conversations;
using Rapport.Design;

namespace Rapport.Dialogue;

/// <summary>The sentence under the greeting: what the day asks for.</summary>
internal static class TodayWords
{
    public static string Sentence(TodayPicture today)
    {
        if (today.Untouched) return "Nobody is in Rapport yet. Bring what you have, and it shows who your customers are.";
        var (offered, late, due) = (today.Promised.Count(p => p.Nearness == Nearness.Offered), today.Late, today.DueToday);
        int Of(Nearness nearness) => today.Promised.Count(p => p.Nearness == nearness);
        var (disagreed, risky, escalated) = (Of(Nearness.Disagreed), Of(Nearness.AtRisk), Of(Nearness.Escalated));
        var mentioned = today.ForYou.Count(n => n.Kind == NudgeKind.Mentioned);
        string?[] said =
        [
            today.WaitingCount == 0 ? null : today.WaitingCount >= 100 ? $"{Count(today.WaitingCount)} questions wait for you" : today.WaitingPeople == 1 ? "1 person waits for you" : $"{today.WaitingPeople} people wait for you",
            mentioned == 0 ? null : mentioned == 1 ? "1 note mentions you" : $"{mentioned} notes mention you",
            disagreed == 0 ? null : disagreed == 1 ? "1 promise is disputed" : $"{disagreed} promises are disputed",
            due == 0 ? null : due == 1 ? "1 promise is due today" : $"{due} promises are due today",
            late == 0 ? null : late == 1 ? "1 is late" : $"{late} are late",
            risky == 0 ? null : risky == 1 ? "1 promise is at risk" : $"{risky} promises are at risk",
            escalated == 0 ? null : escalated == 1 ? "1 of a colleague's is late" : $"{escalated} of colleagues' are late",
            offered == 0 ? null : offered == 1 ? "1 is offered to you" : $"{offered} are offered to you",
            today.Quiet.Count == 0 ? null : today.Quiet.Count == 1 ? "1 customer has gone quiet" : $"{today.Quiet.Count} customers have gone quiet",
        ];
        var parts = said.OfType<string>().ToList();
        if (parts.Count > 0 && due == 0 && late > 0) parts[parts.IndexOf(said[4]!)] = late == 1 ? "1 promise is late" : $"{late} promises are late";
        if (parts.Count > 0) return $"{string.Join(", ", parts)}.";
        return today.WaitingLong == 0 ? "Nobody waits for you and nothing is due. A good day to call somebody." : $"Nothing is due, and nobody asked within the last month; {Count(today.WaitingLong)} asked before and had no answer.";
    }

    /// <summary>How near a promise is, in a word.</summary>
    public static string Word(Nearness nearness) => nearness switch { Nearness.Late => "late", Nearness.Today => "today", Nearness.Soon => "soon", Nearness.AtRisk => "at risk", Nearness.Escalated => "escalated", Nearness.Offered => "offered", Nearness.Disagreed => "disagreed" };

    /// <summary>What its colour says.</summary>
    public static Tone ToneOf(Nearness nearness) => nearness switch { Nearness.Late => Tone.Red, Nearness.Today => Tone.Amber, Nearness.Soon => Tone.Neutral, Nearness.AtRisk => Tone.Amber, Nearness.Escalated => Tone.Red, Nearness.Offered => Tone.Accent, Nearness.Disagreed => Tone.Red };

    /// <summary>What is counted to a hundred at most says so.</summary>
    public static string Count(int counted) => counted >= 100 ? "100 or more" : $"{counted}";
}
