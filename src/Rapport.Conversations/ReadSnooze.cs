using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Reads a moment from the words people use for it: "on Thursday", "in two weeks". A later floor knows how.</summary>
public interface IReadMoments
{
    /// <summary>The moment, which lies ahead; of a day, its opening by that calendar.</summary>
    Task<Result<DateTimeOffset>> ReadAsync(string words, BusinessCalendar calendar, CancellationToken ct);
}

/// <summary>A time to put something away until.</summary>
/// <param name="Words">What says it: to <see cref="ReadSnooze"/>, and in an address.</param>
public sealed record SnoozeChoice(string Words, string Text, DateTimeOffset At);

/// <summary>What is offered in one click for what a list shows, by the hours of each one's team.</summary>
public sealed class SnoozeOffers
{
    private readonly Func<TeamId?, IReadOnlyList<SnoozeChoice>> choices;

    internal SnoozeOffers(Calendars calendars, DateTimeOffset now)
    {
        var (ours, own) = (ReadSnooze.Choices(calendars.Ours, now), new Dictionary<TeamId, IReadOnlyList<SnoozeChoice>>());
        choices = team => team is not { } id || calendars.OwnOf(team) is not { } hours ? ours : own.TryGetValue(id, out var known) ? known : own[id] = ReadSnooze.Choices(hours.Calendar, now);
    }

    /// <summary>For one of them.</summary>
    public IReadOnlyList<SnoozeChoice> For(ConversationRow row) => choices(row.Team);

    /// <summary>For several at once: whatever one of them can be put away by, which then means the hours of each.</summary>
    public IReadOnlyList<SnoozeChoice> ForAll(IEnumerable<ConversationRow> rows) => [.. rows.Select(r => r.Team).Distinct().SelectMany(choices).DistinctBy(c => c.Words).OrderBy(c => c.At)];
}

/// <summary>Until when something is put away, from a choice, a date or words; on the clocks and in the business hours of the team it belongs to, else ours.</summary>
public sealed class ReadSnooze(RapportDb db, TimeProvider clock, IReadMoments moments)
{
    /// <summary>"Later today" is so many open hours from now.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(3);

    /// <summary>What is offered in one click now for what belongs to that team, or to none.</summary>
    public async Task<IReadOnlyList<SnoozeChoice>> ChoicesAsync(TeamId? team, CancellationToken ct) => Choices((await db.CalendarsAsync(ct)).Of(team), clock.GetUtcNow());

    /// <summary>What is offered for what a list shows.</summary>
    public async Task<SnoozeOffers> OffersAsync(CancellationToken ct) => new(await db.CalendarsAsync(ct), clock.GetUtcNow());

    /// <summary>What is offered for a conversation.</summary>
    public async Task<IReadOnlyList<SnoozeChoice>> ChoicesAsync(ConversationId of, CancellationToken ct) => await ChoicesAsync(await TeamOfAsync(of, ct), ct);

    /// <summary>The moment meant by one of the choices, an ISO date (its opening, or the next one) or words, for what belongs to that team, or to none.</summary>
    public async Task<Result<DateTimeOffset>> RunAsync(string? words, TeamId? team, CancellationToken ct)
    {
        words = words?.Trim() ?? "";
        if (words.Length == 0) return Refusal.Invalid("until.empty", "Say until when: \"tomorrow\", \"Thursday\", \"in two weeks\" or a date.", "until");
        var calendar = (await db.CalendarsAsync(ct)).Of(team);
        if (Choices(calendar, clock.GetUtcNow()).FirstOrDefault(c => c.Words == words) is { } choice) return choice.At;
        if (DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && Opening(calendar, date) is { } opening) return opening;
        return await moments.ReadAsync(words, calendar, ct);
    }

    /// <summary>The same for a conversation.</summary>
    public async Task<Result<DateTimeOffset>> RunAsync(string? words, ConversationId of, CancellationToken ct) =>
        await RunAsync(words, await TeamOfAsync(of, ct), ct);

    internal static List<SnoozeChoice> Choices(BusinessCalendar calendar, DateTimeOffset now)
    {
        var today = LocalTime.DateOf(now, calendar.Zone);
        var choices = new List<SnoozeChoice>();
        if (calendar.AddBusinessTime(now, Later) is { } soon && LocalTime.DateOf(soon, calendar.Zone) == today) choices.Add(new("today", "Later today", soon));
        if (Opening(calendar, today.AddDays(1)) is { } next) choices.Add(new("tomorrow", LocalTime.DateOf(next, calendar.Zone) == today.AddDays(1) ? "Tomorrow morning" : "Next working morning", next));
        if (Opening(calendar, today.AddDays(1 + (6 + (int)DayOfWeek.Monday - (int)today.DayOfWeek) % 7)) is { } monday) choices.Add(new("monday", "Next Monday", monday));
        return choices;
    }

    private Task<TeamId?> TeamOfAsync(ConversationId id, CancellationToken ct) => db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.Team).SingleOrDefaultAsync(ct);

    private static DateTimeOffset? Opening(BusinessCalendar calendar, DateOnly from) => calendar.NextOpening(LocalTime.In(calendar.Zone, from.ToDateTime(TimeOnly.MinValue)));
}
