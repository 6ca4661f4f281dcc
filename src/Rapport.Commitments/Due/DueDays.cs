using Rapport.Commitments.Dates;
using Rapport.Kernel.Calendar;
using Period = Rapport.Commitments.DuePeriods.Period;

namespace Rapport.Commitments;

/// <summary>Days, weeks and longer periods in the business calendar of the person something was promised to.</summary>
internal sealed class DueDays(DueContext context)
{
    private readonly BusinessCalendar calendar = context.Calendar.In(context.Zone);

    public Period Day(When when)
    {
        var date = DateOnly.FromDateTime(when.Date);
        return when.Edge == Edge.End ? new Period(Close(date), Close(date), DuePrecision.Hour) : new Period(Open(date), Close(date), DuePrecision.Day);
    }

    /// <summary>Parts of a day within its business hours; the evening and the night after them.</summary>
    public Period Part(When when)
    {
        var date = DateOnly.FromDateTime(when.Date);
        var (open, close) = (Open(date), Close(date));
        DateTimeOffset At(int hour, int minute = 0) => LocalTime.In(context.Zone, when.Date.AddHours(hour).AddMinutes(minute));
        var (start, end) = when.Part switch
        {
            DayPart.Morning => (Earlier(open, At(9)), At(12)),
            DayPart.Lunch => (At(12), At(14)),
            DayPart.Afternoon => (At(12), Later(close, At(17))),
            DayPart.Evening => (At(17), At(21)),
            DayPart.Night => (At(18), At(23, 59)),
            DayPart.FirstThing => (open, open.AddHours(1)),
            DayPart.LastThing => (close.AddHours(-1), close),
            DayPart.None => (open, close),
            _ => throw new ArgumentOutOfRangeException(nameof(when)),
        };
        return new Period(start, end, DuePrecision.Hour);
    }

    public Period Week(When when)
    {
        var monday = DateOnly.FromDateTime(when.Date).AddDays(-(((int)when.Date.DayOfWeek + 6) % 7));
        // Said at the weekend, this week is the one that is about to begin.
        var friday = calendar.EndOfBusiness(monday.AddDays(4)) ?? Close(monday.AddDays(4));
        if (when.Rolling && LastWorking(monday, 7) is { } last && Close(last) < context.At || when.Rolling && LastWorking(monday, 7) is null && friday < context.At) monday = monday.AddDays(7);
        return Stretch(monday, 7, when.Edge, DuePrecision.Week);
    }

    public Period Months(When when, int month, int count, DuePrecision precision)
    {
        var first = new DateOnly(when.Year!.Value, month, 1);
        return Stretch(first, first.AddMonths(count).DayNumber - first.DayNumber, when.Edge, precision);
    }

    /// <summary>A quarter of the fiscal year; a quarter named by its number begins with the fiscal year, one reckoned from now holds the day.</summary>
    public Period Quarter(When when)
    {
        var shift = Math.Clamp(context.FiscalYearStart, 1, 12) - 1;
        if (when.Fixed)
        {
            var date = when.Date;
            var back = (date.Month - 1 - shift + 12) % 3;
            var first = new DateTime(date.Year, date.Month, 1).AddMonths(-back);
            return Months(When.On(first) with { Edge = when.Edge }, first.Month, 3, DuePrecision.Quarter);
        }
        var start = when.Date.AddMonths(shift > 0 ? shift - 12 : 0);
        if (start.AddMonths(3) <= context.Now) start = start.AddMonths(12);
        return Months(When.On(start) with { Edge = when.Edge }, start.Month, 3, DuePrecision.Quarter);
    }

    public Period Year(When when)
    {
        var first = new DateOnly(when.Year!.Value, 1, 1).AddMonths(Math.Clamp(context.FiscalYearStart, 1, 12) - 1);
        if (first.Month > 1) first = first.AddYears(-1);
        return Stretch(first, first.AddMonths(12).DayNumber - first.DayNumber, when.Edge, DuePrecision.Year);
    }

    /// <summary>Counted in working days (or hours) from the day it is reckoned from.</summary>
    public Period Working(When when, double count, DateTimeOffset at)
    {
        var far = new Period(default, default, default, "The business calendar has no such day.");
        if (when.Grain < Unit.Day)
        {
            var from = when.Date == context.Now.Date ? at : Open(DateOnly.FromDateTime(when.Date));
            return Math.Abs(count) < 100_000 && calendar.AddBusinessTime(from, TimeSpan.FromHours(count)) is { } moment ? new Period(moment, moment, DuePrecision.Hour) : far;
        }
        if (Math.Abs(count) > BusinessCalendar.Reach) return far;
        return calendar.AddWorkingDays(DateOnly.FromDateTime(when.Date), (int)Math.Ceiling(count)) is { } date ? new Period(Open(date), Close(date), DuePrecision.Day) : far;
    }

    /// <summary>The last working day before the period begins; before its opening when that is over already.</summary>
    public Period Before(Period period, When when)
    {
        if (when.Part != DayPart.None) return period with { End = period.Start };
        var first = LocalTime.DateOf(period.Start, context.Zone);
        if (when.Grain == Unit.Week) first = first.AddDays(-(((int)first.DayOfWeek + 6) % 7));
        var date = calendar.AddWorkingDays(first, -1) ?? first.AddDays(-1);
        return Close(date) >= context.At ? new Period(Open(date), Close(date), DuePrecision.Day) : new Period(period.Start, period.Start, DuePrecision.Hour);
    }

    /// <summary>After a moment: the rest of its day. After a day or longer: the next working day.</summary>
    public Period After(Period period, When when)
    {
        var last = LocalTime.DateOf(period.End, context.Zone);
        if (when.Hour is not null && Close(last) > period.End) return period with { End = Close(last) };
        if (when.Part != DayPart.None && Close(last) > period.End) return new Period(period.End, Close(last), DuePrecision.Hour);
        var date = calendar.AddWorkingDays(last, 1) ?? last.AddDays(1);
        return new Period(Open(date), Close(date), DuePrecision.Day);
    }

    private Period Stretch(DateOnly first, int length, Edge edge, DuePrecision precision)
    {
        var (from, until) = (FirstWorking(first, length) ?? first, LastWorking(first, length) ?? LastWeekday(first.AddDays(length - 1)));
        if (edge == Edge.End) return new Period(Open(until), Close(until), DuePrecision.Day);
        if (edge == Edge.Start) return new Period(Open(from), Close(from), DuePrecision.Day);
        if (edge is Edge.FirstHalf or Edge.SecondHalf)
        {
            var half = precision == DuePrecision.Year ? first.AddMonths(6).DayNumber - first.DayNumber : precision == DuePrecision.Week ? 3 : (length + 1) / 2;
            var (begin, days) = edge == Edge.FirstHalf ? (first, half) : (first.AddDays(half), length - half);
            return Stretch(begin, days, Edge.None, precision) with { Precision = Finer(precision) };
        }
        var (third, rest) = (Math.Max(1, length / 3), precision == DuePrecision.Week ? DuePrecision.Day : precision == DuePrecision.Month ? DuePrecision.Week : DuePrecision.Month);
        if (precision == DuePrecision.Week) (third, length) = (2, 5);
        return edge switch
        {
            Edge.Early => Stretch(first, third, Edge.None, precision) with { Precision = rest },
            Edge.Mid => Stretch(first.AddDays(third), length - 2 * third, Edge.None, precision) with { Precision = rest },
            Edge.Late => Stretch(first.AddDays(length - third), third, Edge.None, precision) with { Precision = rest },
            _ => new Period(Open(from), Close(until), precision),
        };
    }

    private static DuePrecision Finer(DuePrecision precision) => precision switch
    {
        DuePrecision.Year => DuePrecision.Quarter,
        DuePrecision.Quarter => DuePrecision.Month,
        DuePrecision.Month => DuePrecision.Week,
        _ => DuePrecision.Day,
    };

    private DateOnly? FirstWorking(DateOnly first, int length) => Working(first, length, 0, 1);
    private DateOnly? LastWorking(DateOnly first, int length) => Working(first, length, length - 1, -1);

    private DateOnly? Working(DateOnly first, int length, int from, int step)
    {
        for (var day = from; day >= 0 && day < length; day += step)
            if (calendar.IsWorkingDay(first.AddDays(day))) return first.AddDays(day);
        return null;
    }

    private static DateOnly LastWeekday(DateOnly date) => date.DayOfWeek switch { DayOfWeek.Saturday => date.AddDays(-1), DayOfWeek.Sunday => date.AddDays(-2), _ => date };

    private DateTimeOffset Open(DateOnly date) => calendar.StartOfBusiness(date) ?? Usual(date, calendar.Hours.Usual.From);
    private DateTimeOffset Close(DateOnly date) => calendar.EndOfBusiness(date) ?? Usual(date, calendar.Hours.Usual.Until);

    private DateTimeOffset Usual(DateOnly date, int minutes) => LocalTime.In(context.Zone, date.ToDateTime(TimeOnly.MinValue).AddMinutes(Math.Min(minutes, 1439)));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
