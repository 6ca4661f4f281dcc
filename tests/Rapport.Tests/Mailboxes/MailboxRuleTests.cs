using Rapport.Channels;

namespace Rapport.Tests.Mailboxes;

/// <summary>The rules of connected mailboxes by themselves.</summary>
public sealed class MailboxRuleTests
{
    private static readonly DateTimeOffset Now = RapportFixture.Monday;

    // Business hours of four weeks: six mails a day, none on weekends.
    private static readonly List<DateTimeOffset> Office = [.. Enumerable.Range(1, 28).Select(day => Now.AddDays(-day)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).SelectMany(day => Enumerable.Range(0, 6).Select(hour => day.AddHours(hour)))];

    [Fact]
    public void The_usual_silence_is_learned_with_nights_and_weekends_in_it()
    {
        var minutes = UsualGap.Minutes(Office);
        Assert.Equal(67 * 60, minutes);
        Assert.False(UsualGap.IsTooLong(minutes!.Value, Now, Now.AddHours(67)));
        Assert.True(UsualGap.IsTooLong(minutes.Value, Now, Now.AddHours(101)));
    }

    [Fact]
    public void Of_a_mailbox_that_is_hardly_known_nothing_is_said()
    {
        Assert.Null(UsualGap.Minutes([.. Office.Take(19)]));
        Assert.Null(UsualGap.Minutes([.. Enumerable.Range(0, 500).Select(i => Now.AddMinutes(-i))]));
    }

    [Fact]
    public void A_short_pause_of_a_busy_mailbox_is_no_alarm() => Assert.False(UsualGap.IsTooLong(10, Now, Now.AddMinutes(40)));

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
        Assert.Empty(MailboxAlarms.Of(In(MailTroubleKind.Dropped), [], Now.AddMinutes(5)));
        Assert.Equal(MailboxAlarmKind.Trouble, Assert.Single(MailboxAlarms.Of(In(MailTroubleKind.Dropped), [], Now.AddMinutes(11))).Kind);
        Assert.Equal(MailboxAlarmKind.Trouble, Assert.Single(MailboxAlarms.Of(In(MailTroubleKind.SignInRefused), [], Now)).Kind);
    }

    [Fact]
    public void Mail_that_the_server_holds_and_we_do_not_is_an_alarm_when_it_no_longer_becomes_less()
    {
        FolderState Folder(int missing, DateTimeOffset? since, DateTimeOffset? last = null, int? gap = null) => new(FolderRole.Inbox, "INBOX", 10, 5, 0, 0, 0, 0, missing, since, null, Now, null, last, gap);
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(0, null)], Now));
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(5, Now.AddMinutes(-5))], Now));
        Assert.Equal(MailboxAlarmKind.Missing, Assert.Single(MailboxAlarms.Of(new(), [Folder(5, Now.AddMinutes(-11))], Now)).Kind);
        Assert.Equal(MailboxAlarmKind.Silent, Assert.Single(MailboxAlarms.Of(new(), [Folder(0, null, Now.AddDays(-6), 4_020)], Now)).Kind);
        Assert.Empty(MailboxAlarms.Of(new(), [Folder(0, null, Now.AddDays(-3), 4_020)], Now));
    }
}
