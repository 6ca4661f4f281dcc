using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Changes how soon we speak to whom. Clocks that run are set anew by a job, soon.</summary>
public sealed class ChangeAnswerTimes(RapportDb db)
{
    /// <summary>Changes them as a whole; refused beside the first time that cannot be read.</summary>
    /// <param name="given">A row for each tier, and further ones for channels with other times. What is left empty sets no time.</param>
    /// <param name="by">Who does.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Refusal?> RunAsync(IReadOnlyList<AnswerTime> given, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return Refusal.Forbidden("times.administrator", "Only an administrator says how soon we answer.");
        if (given.OfType<AnswerTime>().Count() < given.Count) return Refusal.Invalid("times.empty", "One of the times is nothing at all. Leave it out.", "times");
        if (given.FirstOrDefault(t => t.Channel == Channel.Note) is not null) return Refusal.Invalid("times.note", "Nobody waits on a note. Leave that channel out.", "times");
        if (given.Select(t => (t.Tier, t.Channel)).Distinct().Count() < given.Count) return Refusal.Invalid("times.twice", "The same tier and channel are named twice.", "times");
        var times = new List<AnswerTime>();
        foreach (var one in given)
        {
            var field = $"{one.Tier}.{one.Channel?.ToString() ?? "Any"}";
            if (!Read(one.FirstAnswer, $"{field}.firstAnswer", out var first, out var wrong) || !Read(one.NextAnswer, $"{field}.nextAnswer", out var next, out wrong) || !Read(one.SpeakAgain, $"{field}.speakAgain", out var again, out wrong)) return wrong;
            times.Add(one with { FirstAnswer = first, NextAnswer = next, SpeakAgain = again });
        }
        var row = await db.AnswerTimesAsync(ct);
        row.Change([.. times.OrderBy(t => t.Channel is not null).ThenBy(t => t.Channel).ThenBy(t => t.Tier == Tier.None).ThenBy(t => t.Tier)]);
        return await db.SaveAsync(by, ct);
    }

    private static bool Read(string? text, string field, out string? time, out Refusal? wrong)
    {
        (time, wrong) = (null, null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        time = WorkingSpan.Parse(text)?.ToString();
        wrong = time is null ? Refusal.Invalid("times.unreadable", $"“{(text.Length > 20 ? text[..20] + "…" : text)}” is no length of time. Write it like 30 min, 4 h or 2 days, or leave it empty for none.", field) : null;
        return time is not null;
    }
}
