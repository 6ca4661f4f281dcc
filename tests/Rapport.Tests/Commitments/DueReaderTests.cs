using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Commitments;

public class DueReaderTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("I'll get back to you shortly", "shortly")]
    [InlineData("We will send it as soon as possible.", "as soon as possible")]
    [InlineData("You'll hear from me soon", "soon")]
    [InlineData("I'll call you later", "later")]
    public void Vague_words_give_no_date_and_say_so(string text, string words)
    {
        var reading = Read(text);
        Assert.Equal((DueOutcome.Vague, words, (Due?)null), (reading.Outcome, reading.Words, reading.Due));
        Assert.NotNull(reading.Why);
    }

    [Theory]
    [InlineData("by 31 February", "There is no day 31 in February.")]
    [InlineData("on 29 February 2027", "There is no day 29 in February 2027.")]
    [InlineData("by June 31, 2027", "There is no day 31 in June 2027.")]
    [InlineData("2027-02-30", "There is no day 30 in February 2027.")]
    [InlineData("tomorrow at 5pm Europe/Atlantis", "There is no time zone \"Europe/Atlantis\".")]
    [InlineData("in 99999999 years", "That is further away than the calendar reaches.")]
    public void What_does_not_exist_gives_no_date_and_the_reason(string text, string why)
    {
        var reading = Read(text);
        Assert.Equal((DueOutcome.Impossible, why, (Due?)null), (reading.Outcome, reading.Why, reading.Due));
    }

    [Fact]
    public void A_date_that_reads_two_ways_shows_the_other_one()
    {
        var reading = Read("by 03/04/2027");
        Assert.Equal(4, reading.Due!.End.Month);
        Assert.Equal(3, reading.Other!.End.Month);
        Assert.Null(Read("by 13/04/2027").Other);
        Assert.Null(Read("by 03.04.2027").Other);
    }

    [Fact]
    public void Every_date_of_a_longer_sentence_is_found_where_it_stands()
    {
        const string text = "I'll call you tomorrow morning, send the drawings by Friday and visit on 3 December at 14:00.";
        var found = DueReader.ReadAll(text, Context());
        Assert.Equal(["tomorrow morning", "by Friday", "on 3 December at 14:00"], found.Select(each => each.Words));
        Assert.All(found, each => Assert.Equal(each.Words, text.Substring(each.Start, each.Length)));
    }

    [Theory]
    [InlineData("2 weeks", "2026-12-07")]
    [InlineData("3-5 working days", "2026-11-30")]
    [InlineData("ten days", "2026-12-03")]
    public void An_amount_alone_is_a_date_in_a_due_field_and_none_in_a_letter(string text, string day)
    {
        Assert.Null(DueReader.ReadFirst(text, Context()));
        var understood = ReadDue.Understand(text, Context());
        Assert.Equal((DueUnderstanding.Dated, day, text), (understood.Outcome, understood.Due!.End.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), understood.Due.Words));
    }

    [Theory]
    [InlineData("within 30 days of delivery", "It counts from something whose date is not said. Write the date.")]
    [InlineData("10 August 234 BC", "That year is out of reach.")]
    [InlineData("by 2027-W53", "There is no week 53 in 2027.")]
    public void What_cannot_be_placed_says_why(string text, string why) => Assert.Equal((DueOutcome.Impossible, why), (Read(text).Outcome, Read(text).Why));

    [Theory]
    [InlineData("The mountain may not move")]
    [InlineData("The office is open 24/7")]
    [InlineData("We use 3/4 of it")]
    [InlineData("Order 4500012345, room 1204, 15th floor")]
    [InlineData("Version 1.1.30 of the second edition")]
    [InlineData("It costs $20.10 for 12 pieces")]
    [InlineData("do I have the money")]
    [InlineData("")]
    public void What_is_no_time_gives_nothing(string text) => Assert.Null(DueReader.ReadFirst(text, Context()));

    [Theory]
    [InlineData("tomorrow at 02:30", "2026-03-28T10:00", "2026-03-29T03:30+02:00")]
    [InlineData("tomorrow at 02:30", "2026-10-24T10:00", "2026-10-25T02:30+02:00")]
    [InlineData("in 24 hours", "2026-03-28T10:00", "2026-03-29T11:00+02:00")]
    public void Skipped_and_repeated_hours_have_one_answer(string text, string at, string end) =>
        Assert.Equal(end, Read(text, at).Due!.End.ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture));

    [Fact]
    public void Holidays_and_fiscal_quarters_are_those_of_the_context()
    {
        var context = Context("2026-12-23T10:00") with { Calendar = new BusinessCalendar(BusinessHours.Standard, Berlin, Holidays.For("DE")) };
        Assert.Equal(28, DueReader.ReadFirst("within two working days", context)!.Due!.End.Day);
        var fiscal = DueReader.ReadFirst("by end of Q1", Context("2026-12-23T10:00") with { FiscalYearStart = 4 })!.Due!;
        Assert.Equal((2027, 6, 30), (fiscal.End.Year, fiscal.End.Month, fiscal.End.Day));
    }

    [Fact]
    public void Whatever_is_written_a_due_date_is_sound() =>
        Gen.Select(Sentences, Moments, Zones).Sample((text, at, zone) =>
        {
            var context = new DueContext(at, TimeZoneInfo.FindSystemTimeZoneById(zone), BusinessCalendar.Standard(Berlin));
            var end = 0;
            foreach (var reading in DueReader.ReadAll(text, context))
            {
                Assert.Equal(reading.Words, text.Substring(reading.Start, reading.Length));
                Assert.True(reading.Start >= end, text);
                end = reading.Start + reading.Length;
                Assert.Equal(reading.Outcome == DueOutcome.Dated, reading.Due is not null);
                if (reading.Due is not { } due) continue;
                Assert.True(due.End >= due.Start, text);
                Assert.Equal(due.Words, reading.Words);
                Assert.Equal(due.End < at, reading.IsPast);
            }
        }, iter: 20_000);

    [Fact]
    public void A_forward_phrase_is_never_before_it_was_said() =>
        Gen.Select(Forward, Moments, Zones).Sample((text, at, zone) =>
        {
            var reading = DueReader.ReadFirst(text, new DueContext(at, TimeZoneInfo.FindSystemTimeZoneById(zone), BusinessCalendar.Standard(Berlin)))!;
            Assert.True(reading.Due!.End >= at, $"\"{text}\" at {at:O} in {zone} gave {reading.Due.End:O}");
        }, iter: 5_000);

    [Theory]
    [InlineData("a day before "), InlineData("end of "), InlineData("1 hour, "), InlineData("10 - "), InlineData("monday "), InlineData("next "), InlineData("1/"), InlineData("1:"), InlineData("before ")]
    [InlineData("within 9999 business hours "), InlineData("10000 working days after Easter "), InlineData("5 working days before "), InlineData("first thing "), InlineData("twenty "), InlineData("2027-"), InlineData("("), InlineData("a"), InlineData("   "), InlineData("friday 5pm to "), InlineData("as soon as "), InlineData("the "), InlineData("week of "), InlineData("first half of "), InlineData("Friday before "), InlineData("a week Friday "), InlineData("w/c "), InlineData("H1 ")]
    public void Hostile_input_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        DueReader.ReadAll(text, Context());
        var timer = Stopwatch.StartNew();
        DueReader.ReadAll(text, Context());
        // Generous for a busy machine; quadratic reading takes many seconds here.
        Assert.True(timer.ElapsedMilliseconds < 2_000, $"{timer.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void However_often_and_far_a_text_counts_working_time_the_calendar_is_laid_out_once() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 99_999], Zones).Sample((which, count, zone) =>
        {
            string[] phrases = ["within {0} business hours. ", "{0} working days after Easter. ", "in {0} working days, ", "{0} business hours before Friday; ", "within 1-{0} business days ", "by the last working day of May and {0} working days ago ", "{0} working hours after Monday "];
            var calendar = new BusinessCalendar(BusinessHours.Standard, TimeZoneInfo.FindSystemTimeZoneById(zone), Holidays.For("DE"));
            var text = string.Concat(Enumerable.Repeat(string.Format(CultureInfo.InvariantCulture, phrases[which], count), DueReader.LongestText / 20));
            DueReader.ReadAll(text, new DueContext(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), calendar.Zone, calendar));
            Assert.InRange(calendar.YearsLaidOut, 0, BusinessCalendar.Reach / 365 + 3);
        }, iter: 20);

    private static readonly string[] Vocabulary =
    [
        "by", "before", "after", "within", "in", "on", "at", "the", "of", "next", "last", "this", "end", "week", "month", "quarter", "year", "day", "days", "working", "business", "hours",
        "Friday", "Monday", "Tue", "March", "Feb", "may", "31", "29", "15th", "2", "3-5", "10 - 22", "2027", "9999", "0001", "noon", "midnight", "5pm", "14:00", "24:00", "EST", "UTC+14", "Europe/Berlin", "EOD", "COB", "EOQ",
        "tomorrow", "today", "yesterday", "ago", "from now", "morning", "tonight", "first thing", "to", "-", ",", "3/4", "12/31/9999", "2027-02-28", "T", "99999999", "soon", "you fly", "a", "half", "Q4", "early", "late", "mid", "+", "now",
    ];

    private static readonly Gen<string> Sentences = Gen.OneOf(
        Gen.Int[0, Vocabulary.Length - 1].Array[0, 9].Select(words => string.Join(' ', words.Select(index => Vocabulary[index]))), Gen.String);

    private static readonly string[] ForwardPhrases =
    [
        "by Friday", "Monday", "EOD", "EOW", "by end of week", "end of month", "end of quarter", "EOY", "within two working days", "the 15th", "after the 15th", "before Thursday", "next week", "tomorrow morning",
        "first thing Monday", "in 48 hours", "noon", "at 5", "20 March", "29 February", "in a fortnight", "this week", "this month", "Q2", "week 14", "Friday at 3", "by Christmas", "in May", "today", "close of business",
    ];

    private static readonly Gen<string> Forward = Gen.Int[0, ForwardPhrases.Length - 1].Select(index => ForwardPhrases[index]);
    private static readonly Gen<string> Zones = Gen.Int[0, 4].Select(index => new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC" }[index]);
    private static readonly Gen<DateTimeOffset> Moments = Gen.Int[0, 60 * 24 * 365 * 6].Select(minutes => new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static DueContext Context(string at = "2026-11-23T10:00") => new(LocalTime.In(Berlin, DateTime.Parse(at, CultureInfo.InvariantCulture)), Berlin, BusinessCalendar.Standard(Berlin));

    private static DueReading Read(string text, string at = "2026-11-23T10:00") => DueReader.ReadFirst(text, Context(at))!;
}
