using CsCheck;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Kernel.Calendar;

public class BusinessCalendarTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly BusinessCalendar Office = new(BusinessHours.Parse("Mo-Fr 09:00-12:00, 13:00-17:00; Sa 10:00-13:00"), Berlin, Holidays.For("DE"));

    [Theory]
    [InlineData("2026-11-23T09:00", true)]
    [InlineData("2026-11-23T12:30", false)]
    [InlineData("2026-11-23T17:00", false)]
    [InlineData("2026-11-28T12:59", true)]
    [InlineData("2026-11-22T10:00", false)]
    [InlineData("2026-12-25T10:00", false)]
    public void It_is_open_within_hours_and_not_on_holidays(string at, bool open) => Assert.Equal(open, Office.IsOpen(At(at)));

    [Theory]
    [InlineData("2026-11-22T10:00", "2026-11-23T09:00")]
    [InlineData("2026-11-23T10:15", "2026-11-23T10:15")]
    [InlineData("2026-12-24T17:00", "2026-12-28T09:00")]
    public void The_next_opening_skips_nights_and_holidays(string at, string opening) => Assert.Equal(At(opening), Office.NextOpening(At(at)));

    [Theory]
    [InlineData("2026-11-20", 1, "2026-11-21")]
    [InlineData("2026-11-21", 1, "2026-11-23")]
    [InlineData("2026-12-24", 2, "2026-12-29")]
    [InlineData("2026-11-22", 0, "2026-11-23")]
    [InlineData("2026-11-23", -1, "2026-11-21")]
    public void Working_days_are_counted_over_closed_ones(string from, int n, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, null), Office.AddWorkingDays(DateOnly.Parse(from, null), n));

    [Theory]
    [InlineData("2026-11-20T16:00", "1d", "2026-11-21T13:00")]
    [InlineData("2026-11-20T09:30", "1d", "2026-11-21T10:00")]
    [InlineData("2026-11-20T11:00", "1d", "2026-11-21T11:00")]
    [InlineData("2026-11-21T12:30", "1d", "2026-11-23T13:00")]
    [InlineData("2026-11-20T16:00", "2d", "2026-11-23T16:00")]
    [InlineData("2026-11-20T20:00", "1d", "2026-11-23T10:00")]
    public void A_time_of_working_days_ends_while_we_are_open(string from, string time, string expected) => Assert.Equal(At(expected), WorkingSpan.Parse(time)!.Value.After(Office, At(from)));

    [Fact]
    public void Business_time_runs_over_the_weekend()
    {
        Assert.Equal(At("2026-11-23T10:00"), Office.AddBusinessTime(At("2026-11-20T16:00"), TimeSpan.FromHours(5)));
        Assert.Equal(TimeSpan.FromHours(5), Office.BusinessTimeBetween(At("2026-11-20T16:00"), At("2026-11-23T10:00")));
        Assert.Equal(At("2026-11-20T16:00"), Office.AddBusinessTime(At("2026-11-23T10:00"), TimeSpan.FromHours(-5)));
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-11-01", 24)]
    public void A_day_that_is_always_open_is_as_long_as_it_really_is(string date, int hours)
    {
        var always = new BusinessCalendar(BusinessHours.Always, Berlin);
        var open = Assert.Single(always.Openings(DateOnly.Parse(date, null)));
        Assert.Equal(TimeSpan.FromHours(hours), open.End - open.Start);
    }

    [Fact]
    public void A_skipped_time_moves_on_and_a_repeated_one_is_the_first()
    {
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)), LocalTime.In(Berlin, new DateTime(2026, 3, 29, 2, 30, 0)));
        Assert.Equal(TimeSpan.FromHours(2), LocalTime.In(Berlin, new DateTime(2026, 10, 25, 2, 30, 0)).Offset);
        var nights = new BusinessCalendar(BusinessHours.Parse("Su 01:30-02:30"), Berlin);
        Assert.Equal(TimeSpan.FromMinutes(30), Length(nights.Openings(new(2026, 3, 29))));
        Assert.Equal(TimeSpan.FromHours(2), Length(nights.Openings(new(2026, 10, 25))));
    }

    [Fact]
    public void A_calendar_that_never_opens_answers_at_once()
    {
        var never = new BusinessCalendar(BusinessHours.Never, Berlin);
        var at = At("2026-11-23T10:00");
        Assert.Null(never.NextOpening(at));
        Assert.Null(never.AddWorkingDays(new DateOnly(2026, 11, 23), 1));
        Assert.Null(never.AddBusinessTime(at, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.Zero, never.BusinessTimeBetween(at, at.AddYears(7000)));
        Assert.Equal(0, never.WorkingDaysBetween(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public void The_ends_of_time_do_not_throw()
    {
        Assert.Null(Office.NextOpening(DateTimeOffset.MaxValue));
        Assert.Null(Office.AddBusinessTime(DateTimeOffset.MinValue, TimeSpan.FromDays(-1)));
        Assert.Null(Office.AddWorkingDays(DateOnly.MaxValue, int.MaxValue));
        Assert.Null(Office.AddWorkingDays(DateOnly.MinValue, int.MinValue));
    }

    [Fact]
    public void Adding_business_time_and_measuring_it_agree() =>
        Gen.Select(Calendars, Moments, Gen.Int[1, 5000]).Sample((calendar, at, minutes) =>
        {
            var time = TimeSpan.FromMinutes(minutes);
            if (calendar.AddBusinessTime(at, time) is not { } then) return;
            Assert.Equal(time, calendar.BusinessTimeBetween(at, then));
            Assert.Equal(time, calendar.BusinessTimeBetween(calendar.AddBusinessTime(then, -time)!.Value, then));
        }, iter: 400);

    [Fact]
    public void Adding_working_days_and_counting_them_agree() =>
        Gen.Select(Calendars, Moments, Gen.Int[-60, 60]).Sample((calendar, at, n) =>
        {
            var date = LocalTime.DateOf(at, calendar.Zone);
            if (n == 0 || calendar.AddWorkingDays(date, n) is not { } then) return;
            Assert.Equal(n, calendar.WorkingDaysBetween(date, then));
            Assert.True(calendar.IsWorkingDay(then));
        }, iter: 400);

    [Fact]
    public void Counting_by_the_table_gives_what_counting_day_by_day_gives_and_lays_out_no_more_than_a_hundred_years() =>
        Gen.Select(Calendars, Moments, Gen.Int[-60_000, 60_000], Gen.Int[-2_000, 2_000]).Sample((calendar, at, minutes, n) =>
        {
            Assert.Equal(ByHand(calendar, at, TimeSpan.FromMinutes(minutes)), calendar.AddBusinessTime(at, TimeSpan.FromMinutes(minutes)));
            Assert.Equal(ByHand(calendar, LocalTime.DateOf(at, calendar.Zone), n), calendar.AddWorkingDays(LocalTime.DateOf(at, calendar.Zone), n));
            for (var times = 0; times < 3; times++) calendar.AddBusinessTime(at.AddDays(times), TimeSpan.FromHours(99_999));
            calendar.AddWorkingDays(LocalTime.DateOf(at, calendar.Zone), int.MinValue);
            Assert.InRange(calendar.YearsLaidOut, 0, 2 * BusinessCalendar.Reach / 365 + 3);
        }, iter: 200);

    private static DateOnly? ByHand(BusinessCalendar calendar, DateOnly date, int n)
    {
        for (var (day, left) = (0, Math.Abs(n)); day <= BusinessCalendar.Reach; day++, date = date.AddDays(n < 0 ? -1 : 1))
            if ((day > 0 || n == 0) && calendar.IsWorkingDay(date) && --left <= 0) return date;
        return null;
    }

    private static DateTimeOffset? ByHand(BusinessCalendar calendar, DateTimeOffset at, TimeSpan time)
    {
        if (time == TimeSpan.Zero) return LocalTime.View(at, calendar.Zone);
        var (date, left, back) = (LocalTime.DateOf(at, calendar.Zone), time.Duration(), time < TimeSpan.Zero);
        for (var day = 0; day <= BusinessCalendar.Reach && calendar.Hours.AnyOpen; day++, date = date.AddDays(back ? -1 : 1))
            foreach (var open in back ? calendar.Openings(date).Reverse() : calendar.Openings(date))
            {
                var (start, end) = back ? (open.Start, open.End < at ? open.End : at) : (open.Start > at ? open.Start : at, open.End);
                if (end <= start) continue;
                if (end - start >= left) return LocalTime.View(back ? end - left : start + left, calendar.Zone);
                left -= end - start;
            }
        return null;
    }

    [Fact]
    public void The_next_opening_is_open_and_not_before_the_moment() =>
        Gen.Select(Calendars, Moments).Sample((calendar, at) =>
        {
            if (calendar.NextOpening(at) is not { } opening) return;
            Assert.True(opening >= at && calendar.IsOpen(opening));
            Assert.Equal(calendar.IsOpen(at), opening == at);
        }, iter: 400);

    private static readonly Gen<DateTimeOffset> Moments =
        Gen.Int[0, 60 * 24 * 365 * 4].Select(minutes => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<BusinessCalendar> Calendars =
        Gen.Select(BusinessHoursTests.Hours, OneOf("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"),
            OneOf("DE", "US", "JP", "GB-SCT"), (hours, zone, country) => new BusinessCalendar(hours, TimeZoneInfo.FindSystemTimeZoneById(zone), Holidays.For(country)));

    private static Gen<string> OneOf(params string[] of) => Gen.Int[0, of.Length - 1].Select(index => of[index]);

    private static TimeSpan Length(IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> open) =>
        open.Aggregate(TimeSpan.Zero, (sum, each) => sum + (each.End - each.Start));

    private static DateTimeOffset At(string wall) => LocalTime.In(Berlin, DateTime.Parse(wall, null));
}
