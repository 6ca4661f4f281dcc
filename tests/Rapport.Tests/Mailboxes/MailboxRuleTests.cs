using Rapport.Channels;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Mailboxes;

/// <summary>The rules of connected mailboxes by themselves.</summary>
public sealed class MailboxRuleTests
{
    private static readonly DateTimeOffset Now = RapportFixture.Monday;
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly BusinessCalendar Calendar = new(BusinessHours.Standard, Berlin, Holidays.For("DE"));

    // Business hours of four weeks: six mails a day, none on weekends.
    private static readonly List<DateTimeOffset> Office = [.. Enumerable.Range(1, 28).Select(day => Now.AddDays(-day)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).SelectMany(day => Enumerable.Range(0, 6).Select(hour => day.AddHours(hour)))];

    [Fact]
    public void A_mailbox_that_is_dead_since_Monday_morning_alarms_within_a_business_day()
    {
        var minutes = UsualGap.Minutes(Office, Calendar);
        Assert.Equal(180, minutes);
        Assert.False(UsualGap.IsTooLong(minutes!.Value, Now, Now.AddHours(4), Calendar));
        Assert.True(UsualGap.IsTooLong(minutes.Value, Now, Now.AddHours(5), Calendar));
    }

    [Fact]
    public void Nights_weekends_and_holidays_are_no_silence()
    {
        var (minutes, friday) = (UsualGap.Minutes(Office, Calendar)!.Value, Now.AddDays(-3).AddHours(6));
        Assert.False(UsualGap.IsTooLong(minutes, friday, Now.AddHours(-1), Calendar));
        // Thursday before Good Friday at three, and Tuesday after Easter at nine.
        var thursday = new DateTimeOffset(2027, 3, 25, 14, 0, 0, TimeSpan.Zero);
        Assert.False(UsualGap.IsTooLong(minutes, thursday, thursday.AddDays(5).AddHours(-7), Calendar));
        Assert.True(UsualGap.IsTooLong(minutes, thursday, thursday.AddDays(5), Calendar));
    }

    [Fact]
    public void One_day_when_something_was_wrong_is_not_taken_for_usual()
    {
        var outage = Office.Where(at => at < Now.AddDays(-14) || at > Now.AddDays(-10)).ToList();
        Assert.Equal(180, UsualGap.Minutes(outage, Calendar));
    }

    [Fact]
    public void A_mailbox_of_those_who_are_never_open_counts_every_hour()
    {
        var calendar = new BusinessCalendar(BusinessHours.Never, Berlin);
        Assert.Equal(67 * 60, UsualGap.Minutes(Office, calendar));
        Assert.True(UsualGap.IsTooLong(67 * 60, Now, Now.AddHours(101), calendar));
    }

    [Fact]
    public void Of_a_mailbox_that_is_hardly_known_nothing_is_said()
    {
        Assert.Null(UsualGap.Minutes([.. Office.Take(19)], Calendar));
        Assert.Null(UsualGap.Minutes([.. Enumerable.Range(0, 500).Select(i => Now.AddMinutes(-i))], Calendar));
    }

    [Fact]
    public void A_short_pause_of_a_busy_mailbox_is_no_alarm() => Assert.False(UsualGap.IsTooLong(10, Now, Now.AddMinutes(40), Calendar));

    [Theory]
    [InlineData(MailTroubleKind.Dropped, 0, 2)]
    [InlineData(MailTroubleKind.Dropped, 3, 16)]
    [InlineData(MailTroubleKind.Timeout, 30, 300)]
    [InlineData(MailTroubleKind.SignInRefused, 0, 60)]
    [InlineData(MailTroubleKind.SignInRefused, 30, 900)]
    public void Who_was_refused_waits_longer_than_who_was_cut_off(MailTroubleKind kind, int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), MailboxConnection.BackOff(kind, attempts));

    [Fact]
    public void What_mends_itself_is_no_alarm_until_it_does_not()
    {
        MailboxConnection In(MailTroubleKind kind) => new() { Trouble = kind, TroubleSaid = "Said.", TroubleSince = Now };
        Assert.Empty(MailboxAlarms.Of(In(MailTroubleKind.Dropped), [], Now.AddMinutes(5), Calendar));
        Assert.Equal(MailboxAlarmKind.Trouble, Assert.Single(MailboxAlarms.Of(In(MailTroubleKind.Dropped), [], Now.AddMinutes(11), Calendar)).Kind);
        Assert.Equal(MailboxAlarmKind.Trouble, Assert.Single(MailboxAlarms.Of(In(MailTroubleKind.SignInRefused), [], Now, Calendar)).Kind);
    }

    [Fact]
    public void Mail_that_the_server_holds_and_we_do_not_is_an_alarm_when_it_no_longer_becomes_less()
    {
        FolderState Folder(int missing, DateTimeOffset? since, DateTimeOffset? last = null, int? gap = null) => new(FolderRole.Inbox, "INBOX", 10, 5, 0, 0, 0, 0, missing, since, null, Now, null, last, gap);
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(0, null)], Now, Calendar));
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(5, Now.AddMinutes(-5))], Now, Calendar));
        Assert.Equal(MailboxAlarmKind.Missing, Assert.Single(MailboxAlarms.Of(new(), [Folder(5, Now.AddMinutes(-11))], Now, Calendar)).Kind);
        Assert.Equal(MailboxAlarmKind.Silent, Assert.Single(MailboxAlarms.Of(new(), [Folder(0, null, Now.AddDays(-6), 1_200)], Now, Calendar)).Kind);
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(0, null, Now.AddDays(-3), 1_200)], Now, Calendar));
    }
}
