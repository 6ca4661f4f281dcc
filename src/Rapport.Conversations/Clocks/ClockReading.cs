using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Calendar;
using Rapport.Members;
using LocalTime = Rapport.Design.LocalTime;

namespace Rapport.Conversations;

/// <summary>How near a clock's end is.</summary>
public enum ClockState
{
    /// <summary>There is time yet.</summary>
    Running,
    /// <summary>Less than two business hours are left.</summary>
    Soon,
    /// <summary>It is over.</summary>
    Late,
}

/// <summary>The clock of a conversation as somebody reads it now.</summary>
/// <param name="Kind">What it asks of us.</param>
/// <param name="State">How near its end is.</param>
/// <param name="DueAt">Its end.</param>
/// <param name="From">When it started.</param>
/// <param name="Tier">The tier by which it was set.</param>
/// <param name="Channel">The channel of what started it.</param>
/// <param name="Time">The time there was, like <c>4h</c>.</param>
/// <param name="Words">Plainly: "answer due Tue 14:00", "2 h late".</param>
/// <param name="Because">How it came about: "First answer. Tier A, e-mail: 4 business hours from Mon 16:30."</param>
public sealed record ClockReading(ClockKind Kind, ClockState State, DateTimeOffset DueAt, DateTimeOffset From, Tier Tier, Channel Channel, string Time, string Words, string Because)
{
    /// <summary>Whoever has less time left than this is warned.</summary>
    private static readonly TimeSpan Warned = TimeSpan.FromHours(2);

    /// <summary>What is due before then is due soon.</summary>
    private static DateTimeOffset SoonUntil(BusinessCalendar calendar, DateTimeOffset now) => (calendar.AddBusinessTime(now, Warned) ?? now + Warned).ToUniversalTime();

    /// <summary>Those that are due by soon, in the calendar that counts for each. A range for each calendar, so that each walks an index by when it is due and reads no more than it gives.</summary>
    internal static IReadOnlyList<IQueryable<Conversation>> DueBySoon(IQueryable<Conversation> all, Calendars calendars, DateTimeOffset now)
    {
        var ours = SoonUntil(calendars.Ours, now);
        var own = calendars.Own.Select(o => (Team: (TeamId?)o.Key, Soon: SoonUntil(o.Value.Calendar, now))).Where(o => o.Soon != ours).ToList();
        var apart = own.ConvertAll(o => o.Team!.Value);
        return
        [
            apart.Count == 0 ? all.Where(c => c.DueAt <= ours) : all.Where(c => c.DueAt <= ours && (c.Team == null || !EF.Parameter(apart).Contains(c.Team.Value))),
            .. own.Select(o => all.Where(c => c.Team == o.Team && c.DueAt <= o.Soon)),
        ];
    }

    internal static ClockReading? Of(Conversation c, Calendars calendars, DateTimeOffset now)
    {
        if (c is not { Clock: { } kind, DueAt: { } due, ClockFrom: { } from, ClockTier: { } tier, ClockChannel: { } channel, ClockTime: { } time }) return null;
        var (own, calendar) = (calendars.OwnOf(c.Team), calendars.Of(c.Team));
        // Where another clock is meant than everywhere else, it is named.
        var clockOf = calendar.Zone.Equals(calendars.Ours.Zone) ? "" : $" ({ClockWords.Of(calendar.Zone)})";
        var state = due <= now ? ClockState.Late : due <= SoonUntil(calendar, now) ? ClockState.Soon : ClockState.Running;
        var local = new LocalTime(now, calendar.Zone, LocalTime.DefaultCulture);
        var says = kind == ClockKind.SpeakAgain ? $"speak again by {HumanTime.Short(due, local)}{clockOf}" : $"answer due {HumanTime.Short(due, local)}{clockOf}";
        return new(kind, state, due, from, tier, channel, time, state == ClockState.Late ? Late(calendar, due, now) : says, $"{Why(kind, tier, channel, time, from, local)}{clockOf}{(own is null ? "" : $", in the hours of {own.Name}")}.");
    }

    private static string Late(BusinessCalendar calendar, DateTimeOffset due, DateTimeOffset now)
    {
        var days = calendar.WorkingDaysBetween(Kernel.Calendar.LocalTime.DateOf(due, calendar.Zone), Kernel.Calendar.LocalTime.DateOf(now, calendar.Zone));
        var open = calendar.BusinessTimeBetween(due, now);
        if (days > 1) return $"{days} working days late";
        return open.TotalHours >= 1 ? $"{(int)open.TotalHours} h late" : open.TotalMinutes >= 1 ? $"{(int)open.TotalMinutes} min late" : "late since just now";
    }

    private static string Why(ClockKind kind, Tier tier, Channel channel, string time, DateTimeOffset from, LocalTime local)
    {
        var what = kind switch { ClockKind.FirstAnswer => "First answer", ClockKind.NextAnswer => "Next answer", ClockKind.SpeakAgain => "Speak again" };
        var on = channel == Channel.Email ? "e-mail" : ChannelWords.Name(channel).ToLowerInvariant();
        var since = local.At(from).ToString("ddd d MMM HH:mm", CultureInfo.GetCultureInfo("en-GB"));
        return $"{what}. {(tier == Tier.None ? "No tier" : $"Tier {tier}")}, {on}: {WorkingSpan.Parse(time)?.Words ?? time} from {since}";
    }
}
