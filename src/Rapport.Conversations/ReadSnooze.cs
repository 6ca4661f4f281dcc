using System.Globalization;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>Reads a moment from the words people use for it: "on Thursday", "in two weeks". A later floor knows how.</summary>
public interface IReadMoments
{
    /// <summary>The moment, which lies ahead; of a day, its opening.</summary>
    Task<Result<DateTimeOffset>> ReadAsync(string words, CancellationToken ct);
}

/// <summary>A time to put something away until.</summary>
/// <param name="Words">What says it: to <see cref="ReadSnooze"/>, and in an address.</param>
public sealed record SnoozeChoice(string Words, string Text, DateTimeOffset At);

/// <summary>Until when something is put away, from a choice, a date or words; on our clocks and in our business hours.</summary>
public sealed class ReadSnooze(RapportDb db, TimeProvider clock, IReadMoments moments)
{
    /// <summary>"Later today" is so many open hours from now.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(3);

    /// <summary>What is offered in one click now.</summary>
    public async Task<IReadOnlyList<SnoozeChoice>> ChoicesAsync(CancellationToken ct)
    {
        var (calendar, now) = (await CalendarAsync(ct), clock.GetUtcNow());
        var today = LocalTime.DateOf(now, calendar.Zone);
        var choices = new List<SnoozeChoice>();
        if (calendar.AddBusinessTime(now, Later) is { } soon && LocalTime.DateOf(soon, calendar.Zone) == today) choices.Add(new("today", "Later today", soon));
        if (Opening(calendar, today.AddDays(1)) is { } next) choices.Add(new("tomorrow", LocalTime.DateOf(next, calendar.Zone) == today.AddDays(1) ? "Tomorrow morning" : "Next working morning", next));
        if (Opening(calendar, today.AddDays(1 + (6 + (int)DayOfWeek.Monday - (int)today.DayOfWeek) % 7)) is { } monday) choices.Add(new("monday", "Next Monday", monday));
        return choices;
    }

    /// <summary>The moment meant by one of the choices, an ISO date (its opening, or the next one) or words.</summary>
    public async Task<Result<DateTimeOffset>> RunAsync(string? words, CancellationToken ct)
    {
        words = words?.Trim() ?? "";
        if (words.Length == 0) return Refusal.Invalid("until.empty", "Say until when: \"tomorrow\", \"Thursday\", \"in two weeks\" or a date.", "until");
        if ((await ChoicesAsync(ct)).FirstOrDefault(c => c.Words == words) is { } choice) return choice.At;
        if (DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && Opening(await CalendarAsync(ct), date) is { } opening) return opening;
        return await moments.ReadAsync(words, ct);
    }

    private async Task<BusinessCalendar> CalendarAsync(CancellationToken ct) => (await db.InstallationAsync(ct))?.Calendar() ?? BusinessCalendar.Standard(TimeZoneInfo.Utc);

    private static DateTimeOffset? Opening(BusinessCalendar calendar, DateOnly from) => calendar.NextOpening(LocalTime.In(calendar.Zone, from.ToDateTime(TimeOnly.MinValue)));
}
