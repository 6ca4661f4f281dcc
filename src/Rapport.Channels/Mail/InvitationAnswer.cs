using System.Globalization;
using System.Text;

namespace Rapport.Channels.Mail;

/// <summary>The answer to an invitation as calendars exchange it (iTIP, RFC 5546, 3.2.3): a file of the type text/calendar with the method REPLY, which goes to whoever invites.</summary>
public static class InvitationAnswer
{
    private const int LongestLine = 73;

    /// <summary>Writes it, or says why there is nothing to answer.</summary>
    /// <param name="meeting">What one was invited to.</param>
    /// <param name="by">Who answers, with the address that was invited.</param>
    /// <param name="answer">What they say.</param>
    /// <param name="now">When.</param>
    public static Result<string> Write(Invitation meeting, Correspondent by, Attendance answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(by);
        if (meeting.Method != InvitationMethod.Request || meeting.Organizer is not { } organizer || meeting.Uid.Length == 0) return Refusal.Conflict("invitation.none", "This is no invitation that takes an answer.");
        if (answer == Attendance.Unanswered) return Refusal.Invalid("answer.none", "Say accepted, tentative or declined.", "answer");
        var file = new StringBuilder();
        Add("BEGIN:VCALENDAR");
        Add("VERSION:2.0");
        Add("PRODID:-//Rapport//Rapport//EN");
        Add("METHOD:REPLY");
        Add("BEGIN:VEVENT");
        Add($"UID:{Escaped(meeting.Uid)}");
        Add($"SEQUENCE:{meeting.Sequence.ToString(CultureInfo.InvariantCulture)}");
        Add($"DTSTAMP:{Utc(now)}");
        if (meeting.Instance is { } instance) Add(instance);
        if (meeting.Start is { } start) Add($"DTSTART:{Utc(start)}");
        else if (meeting.FirstDay is { } day) Add($"DTSTART;VALUE=DATE:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        Add($"SUMMARY:{Escaped(meeting.What)}");
        Add($"ORGANIZER{Name(organizer.Name)}:mailto:{organizer.Address}");
        Add($"ATTENDEE{Name(by.Name)};PARTSTAT={answer.ToString().ToUpperInvariant()}:mailto:{by.Address}");
        Add("END:VEVENT");
        Add("END:VCALENDAR");
        return file.ToString();

        // A line has at most 75 octets; the next one goes on behind a blank (RFC 5545, 3.1).
        void Add(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > LongestLine)
                {
                    file.Append("\r\n ");
                    octets = 1;
                }
                file.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }
            file.Append("\r\n");
        }
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    // Within a quoted name no quotation mark may stand.
    private static string Name(string name) => name.Length == 0 ? "" : $";CN=\"{name.Replace("\"", "'", StringComparison.Ordinal)}\"";
}
