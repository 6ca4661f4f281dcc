using System.Globalization;
using CsCheck;
using Rapport.Design;

namespace Rapport.Tests.Design;

public class HumanTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Monday, 10:40 in Berlin.</summary>
    private static readonly LocalTime Local = new(new DateTimeOffset(2026, 11, 23, 9, 40, 0, TimeSpan.Zero), Berlin, LocalTime.DefaultCulture);

    [Theory]
    [InlineData("2026-11-23T09:39:30Z", "just now")]
    [InlineData("2026-11-23T09:40:30Z", "in a moment")]
    [InlineData("2026-11-23T09:28:00Z", "12 min ago")]
    [InlineData("2026-11-23T10:05:00Z", "in 25 min")]
    [InlineData("2026-11-23T16:00:00Z", "today 17:00")]
    [InlineData("2026-11-22T23:30:00Z", "today 00:30")]
    [InlineData("2026-11-22T22:30:00Z", "yesterday 23:30")]
    [InlineData("2026-11-24T08:00:00Z", "tomorrow 09:00")]
    [InlineData("2026-11-25T16:00:00Z", "in 2 days, Wed 17:00")]
    [InlineData("2026-11-20T14:10:00Z", "3 days ago, Fri 15:10")]
    [InlineData("2026-11-29T16:00:00Z", "in 6 days, Sun 17:00")]
    [InlineData("2026-11-30T16:00:00Z", "Mon 30 Nov")]
    [InlineData("2026-01-05T12:00:00Z", "Mon 5 Jan")]
    [InlineData("2025-11-27T12:00:00Z", "27 Nov 2025")]
    [InlineData("2027-01-04T12:00:00Z", "4 Jan 2027")]
    public void A_moment_is_said_as_people_say_it(string at, string said) => Assert.Equal(said, HumanTime.Say(Moment(at), Local));

    [Theory]
    [InlineData("2026-11-23T14:10:00Z", "15:10")]
    [InlineData("2026-11-20T14:10:00Z", "Fri 15:10")]
    [InlineData("2026-11-12T14:10:00Z", "12 Nov")]
    [InlineData("2025-11-12T14:10:00Z", "12 Nov 2025")]
    public void In_a_narrow_column_it_is_as_short_as_it_can_be(string at, string said) => Assert.Equal(said, HumanTime.Short(Moment(at), Local));

    [Theory]
    [InlineData("2026-11-23", "today")]
    [InlineData("2026-11-22", "yesterday")]
    [InlineData("2026-11-27", "in 4 days, Fri")]
    [InlineData("2026-12-24", "Thu 24 Dec")]
    public void A_day_is_said_without_a_clock(string day, string said) => Assert.Equal(said, HumanTime.SayDay(DateOnly.Parse(day, CultureInfo.InvariantCulture), Local));

    [Fact]
    public void The_day_is_the_readers_own()
    {
        var tokyo = Local with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") };
        Assert.Equal("today 23:30", HumanTime.Say(Moment("2026-11-23T14:30:00Z"), tokyo));
        Assert.Equal("tomorrow 00:30", HumanTime.Say(Moment("2026-11-23T15:30:00Z"), tokyo));
    }

    [Fact]
    public void The_exact_moment_names_the_offset_that_held_then() =>
        Assert.Equal("Wednesday 1 July 2026, 14:00 (UTC+02:00)", HumanTime.Exact(Moment("2026-07-01T12:00:00Z"), Local));

    [Theory]
    [InlineData(8866 * 24, "24 years")]
    [InlineData(731 * 24, "2 years")]
    [InlineData(730 * 24, "730 days")]
    [InlineData(41 * 24, "41 days")]
    [InlineData(25, "1 day")]
    [InlineData(-3, "3 hours")]
    [InlineData(0, "0 min")]
    public void A_length_is_said_in_its_largest_unit(int hours, string said) => Assert.Equal(said, HumanTime.Span(TimeSpan.FromHours(hours)));

    [Fact]
    public void Every_moment_has_words_and_what_is_past_never_lies_ahead() =>
        Gen.DateTimeOffset.Select(Gen.OneOf(Gen.Const("Europe/Berlin"), Gen.Const("Asia/Tokyo"), Gen.Const("America/St_Johns"), Gen.Const("Pacific/Apia"))).Sample((at, zone) =>
        {
            var local = Local with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
            var said = HumanTime.Say(at, local);
            Assert.NotEmpty(said);
            Assert.NotEmpty(HumanTime.Short(at, local));
            Assert.NotEmpty(HumanTime.Exact(at, local));
            if (at < local.Now) Assert.False(said.StartsWith("in ", StringComparison.Ordinal) || said.StartsWith("tomorrow", StringComparison.Ordinal));
            else Assert.False(said.Contains("ago", StringComparison.Ordinal) || said.StartsWith("yesterday", StringComparison.Ordinal));
        });

    [Fact]
    public void Around_now_the_words_follow_each_other_in_order()
    {
        // Minutes from a week before to a week after: the wording changes, but never goes back to an earlier kind.
        string[] kinds = ["", "ago,", "yesterday", "today", "min ago", "just now", "in a moment", "in min", "today", "tomorrow", "in days"];
        var at = 0;
        for (var minutes = -6 * 24 * 60; minutes <= 6 * 24 * 60; minutes++)
        {
            var said = HumanTime.Say(Local.Now.AddMinutes(minutes), Local);
            while (at < kinds.Length && !Is(said, kinds[at])) at++;
            Assert.True(at < kinds.Length, $"'{said}' at {minutes} minutes comes out of order");
        }
        Assert.Equal(kinds.Length - 1, at);
    }

    private static bool Is(string said, string kind) => kind switch
    {
        "" => false,
        "in min" => said.StartsWith("in ", StringComparison.Ordinal) && said.EndsWith(" min", StringComparison.Ordinal),
        "in days" => said.StartsWith("in ", StringComparison.Ordinal) && said.Contains(" days, ", StringComparison.Ordinal),
        _ => said.Contains(kind, StringComparison.Ordinal),
    };

    private static DateTimeOffset Moment(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
}
