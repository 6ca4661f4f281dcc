using Rapport.Commitments.Dates;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>From what was said to the moments meant: a day is its business hours, a week runs to its last working day, a time is itself.
/// On a closed day the hours of an ordinary day count, so that "by Saturday" has an end too.</summary>
internal sealed class DuePeriods(DueContext context)
{
    private readonly DateTime now = context.Now;
    private readonly DueDays days = new(context);

    internal readonly record struct Period(DateTimeOffset Start, DateTimeOffset End, DuePrecision Precision, string? Problem = null);

    public Period Of(Phrase phrase, Lead lead)
    {
        try
        {
            var period = phrase.To is { } to ? Range(phrase.From, to, lead) : Forward(phrase.From, lead);
            return period.Problem is null && period.End < period.Start ? period with { End = period.Start } : period;
        }
        catch (ArgumentOutOfRangeException)
        {
            return Nothing("That is further away than the calendar reaches.");
        }
    }

    private Period Range(When from, When to, Lead lead)
    {
        if (from.Working is not null)
        {
            var (early, late) = (Forward(from, Lead.None), Forward(to, Lead.None));
            return late.Problem is not null ? late : late with { Start = early.Start };
        }
        foreach (var today in (ReadOnlySpan<DateTime>)[now, Tomorrow])
        {
            var start = Resolution.Of(InBusiness(from), today, forward: true);
            var end = Resolution.Until(InBusiness(to), start, today, forward: true);
            if ((start.Impossible ?? end.Impossible) is { } problem) return Nothing(problem);
            var (first, last) = (Whole(start), Whole(end));
            if ((first.Problem ?? last.Problem) is { } why) return Nothing(why);
            var range = new Period(first.Start, last.End, last.Precision < first.Precision ? last.Precision : first.Precision);
            if (lead is Lead.Before or Lead.After) range = Led(range, start, lead);
            if (!IsOver(range) || today == Tomorrow || from is { Fixed: true } || from.Year is not null) return Clipped(range, from);
        }
        return Nothing("That is further away than the calendar reaches.");
    }

    /// <summary>The next time this comes, from now: what is over today is meant for the next time.</summary>
    private Period Forward(When said, Lead lead)
    {
        var point = InBusiness(said);
        var first = At(point, lead, now);
        if (first.Problem is not null || !IsOver(first) || said.Past) return Clipped(first, said);
        if (said.Rolling && said.Grain > Unit.Day && Resolution.Shift(now, said.Grain, 1) is { } later)
            return At(point with { Year = later.Year, Month = later.Month, Day = later.Day }, lead, later);
        if (said is { Fixed: true, Hour: null, Part: DayPart.None } && lead != Lead.After && LocalTime.DateOf(first.End, context.Zone) == DateOnly.FromDateTime(now))
        {
            // The office has closed; what is left of the day is still today.
            var midnight = LocalTime.In(context.Zone, now.Date.AddHours(23).AddMinutes(59));
            return midnight >= context.At ? first with { Start = context.At, End = midnight } : first with { End = context.At };
        }
        return said.Fixed || said.Year is not null ? first : At(point, lead, said is { Month: not null, Day: null } ? now.AddMonths(1) : Tomorrow);
    }

    private Period At(When point, Lead lead, DateTime today)
    {
        // "By midnight on Friday" is when Friday ends; without "by", midnight is its first moment.
        if (lead is Lead.By or Lead.Before && point is { Hour: 24, HasDate: true, Fixed: false }) point = Resolution.Of(point with { Hour = null }, today, forward: true) with { Hour = 24, Fixed = true };
        var when = Resolution.Of(point, today, forward: true);
        if (when.Impossible is { } problem) return Nothing(problem);
        var whole = Whole(when);
        return whole.Problem is null ? Led(whole, when, lead) : whole;
    }

    private Period Whole(When when) =>
        when.Working is { } working ? days.Working(when, working, context.At)
        : when.Hour is { } hour ? Moment(when, hour)
        : when.Part != DayPart.None ? days.Part(when)
        : when.Grain switch
        {
            Unit.Week => days.Week(when),
            Unit.Month => days.Months(when, when.Month!.Value, 1, DuePrecision.Month),
            Unit.Quarter => days.Quarter(when),
            Unit.Year => days.Year(when),
            _ => days.Day(when),
        };

    private Period Moment(When when, int hour)
    {
        var local = when.Date.AddHours(hour).AddMinutes(when.Minute ?? 0).AddSeconds(when.Second ?? 0).AddMilliseconds(when.Millisecond ?? 0);
        var precision = when.Grain is Unit.Hour || when.Minute is null || when is { Minute: 0, Second: 0, Grain: Unit.Day } && hour % 12 == 0 ? DuePrecision.Hour : DuePrecision.Minute;
        var moment = when.OffsetMinutes is { } minutes ? LocalTime.View(new DateTimeOffset(local, TimeSpan.FromMinutes(minutes)), context.Zone)
            : when.ZoneId is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? LocalTime.View(LocalTime.In(zone, local), context.Zone)
            : when.Fixed && when.Grain < Unit.Day ? LocalTime.View(Elapsed(local), context.Zone)
            : LocalTime.In(context.Zone, local);
        return new Period(moment, moment, precision);
    }

    /// <summary>"In 48 hours" is time that passes, whatever the clocks do in between.</summary>
    private DateTimeOffset Elapsed(DateTime local) => context.At + (local - now);

    private Period Led(Period period, When when, Lead lead) => lead switch
    {
        Lead.None or Lead.By => period,
        _ when when.Working is not null => period,
        Lead.Before when when.Edge == Edge.End || period.Start == period.End => period with { Start = period.End },
        Lead.Before => days.Before(period, when),
        Lead.After => days.After(period, when),
        _ => throw new ArgumentOutOfRangeException(nameof(lead)),
    };

    /// <summary>"at 5" among business people is five in the afternoon.</summary>
    private static When InBusiness(When said) => said is { HalfDayOpen: true, Hour: >= 1 and <= 6 } ? said with { Hour = said.Hour + 12 } : said;

    /// <summary>What has begun already counts from now.</summary>
    private Period Clipped(Period period, When said) =>
        period.Problem is null && !said.Past && period.Start < context.At && context.At <= period.End ? period with { Start = LocalTime.View(context.At, context.Zone) } : period;

    private bool IsOver(Period period) => period.End < context.At || (period.End == context.At && period.Start < period.End);

    private DateTime Tomorrow => now.Date < DateTime.MaxValue.Date ? now.Date.AddDays(1) : now;

    private static Period Nothing(string why) => new(default, default, default, why);
}
