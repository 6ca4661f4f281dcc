using System.Text;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

/// <summary>Which of the meetings of a file an invitation is about: the series where it is there, else the one instance.</summary>
public class SeriesInvitationTests
{
    private const string Series = "DTSTART:20261203T130000Z\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Quay walk\r\n";
    private const string Changed = "RECURRENCE-ID:20261210T130000Z\r\nDTSTART:20261210T150000Z\r\nSUMMARY:Quay walk, later\r\n";

    [Theory]
    [InlineData(Series, Changed)]
    [InlineData(Changed, Series)]
    public void Of_a_series_with_a_changed_instance_beside_it_the_series_is_answered(string first, string second)
    {
        var meeting = Read(first, second);
        Assert.Equal(("Quay walk", "every week", null, new DateTimeOffset(2026, 12, 3, 13, 0, 0, TimeSpan.Zero)), (meeting.What, meeting.Repeats, meeting.Instance, meeting.Start));
        Assert.True(InvitationAnswer.Write(meeting, new("Ada", "ada@ours.example"), Attendance.Accepted, RapportFixture.Monday).Succeeded(out var file, out _));
        Assert.DoesNotContain("RECURRENCE-ID", file, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261203T130000Z", file, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_alone_is_answered_as_itself()
    {
        var meeting = Read(Changed, "RECURRENCE-ID:20261217T130000Z\r\nDTSTART:20261217T160000Z\r\nSUMMARY:Quay walk, later still\r\n");
        Assert.Equal(("Quay walk, later", "RECURRENCE-ID:20261210T130000Z", new DateTimeOffset(2026, 12, 10, 15, 0, 0, TimeSpan.Zero)), (meeting.What, meeting.Instance, meeting.Start));
    }

    [Fact]
    public void Another_series_in_the_same_file_is_not_taken_for_the_whole_of_the_first()
    {
        var meeting = InvitationReader.Read(Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{Event("a", Changed)}{Event("b", Series)}END:VCALENDAR\r\n"), TimeZoneInfo.Utc)!;
        Assert.Equal(("a@example.com", "RECURRENCE-ID:20261210T130000Z"), (meeting.Uid, meeting.Instance));
    }

    private static Invitation Read(string first, string second) => InvitationReader.Read(Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n{Event("a", first)}{Event("a", second)}END:VCALENDAR\r\n"), TimeZoneInfo.Utc)!;

    private static string Event(string uid, string fields) => $"BEGIN:VEVENT\r\nUID:{uid}@example.com\r\nDTSTAMP:20261120T080000Z\r\n{fields}ORGANIZER:mailto:lena@example.com\r\nATTENDEE:mailto:ada@ours.example\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT\r\n";
}
