using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Rapport.Channels.Mail;

/// <summary>Reads the calendar that a mail carries (RFC 5545). Nothing in it is trusted; what cannot be read is a file and no more.</summary>
public static class InvitationReader
{
    /// <summary>Larger files are calendars, not invitations; in bytes.</summary>
    public const int Largest = 512 * 1024;

    private const int MostPeople = 100, LongestLine = 500, LongestText = 4_000;

    /// <summary>The types under which mail programs send one.</summary>
    public static bool IsCalendar(string type) => type is "text/calendar" or "application/ics";

    /// <summary>The first meeting in it, as a whole where it is a series with changed instances beside it; null when there is none.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="zone">Where times are meant that name no zone.</param>
    public static Invitation? Read(byte[] bytes, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > Largest) return null;
        var text = MailText.Clean(MailCharset.Decode(bytes, null, []));
        try
        {
            var (one, instance) = OneMeeting(text);
            return Calendar.Load(one) is { } calendar && calendar.Events.FirstOrDefault() is { } meeting ? Of(calendar, meeting, zone) with { Instance = instance } : null;
        }
        // The library throws whatever its parts throw.
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static Invitation Of(Calendar calendar, CalendarEvent meeting, TimeZoneInfo zone)
    {
        var (start, end) = (meeting.DtStart, EndOf(meeting));
        var days = start is { HasTime: false };
        return new(
            MethodOf(calendar.Method), Line(meeting.Uid), meeting.Sequence, Line(meeting.Summary), Line(meeting.Location), Text(meeting.Description),
            days ? null : At(start, zone), days ? null : At(end, zone), days ? start!.Date : null, days ? LastDay(start!, end) : null, Repetition(meeting),
            meeting.Organizer is { } organizer && Address(organizer.Value) is { Length: > 0 } from ? new(Line(organizer.CommonName), from) : null,
            [.. meeting.Attendees.Take(MostPeople).Select(a => new Invited(Line(a.CommonName), Address(a.Value), AnswerOf(a.ParticipationStatus))).Where(i => i.Address.Length > 0)]);
    }

    // The calendar with one meeting only, and which instance of a series that is: taken over to the letter, since an answer must say it as it was said.
    private static (string Text, string? Instance) OneMeeting(string text)
    {
        var lines = text.Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal).Split('\n');
        var meetings = new List<Range>();
        for (int i = 0, begin = -1; i < lines.Length; i++)
        {
            if (Is(lines[i], "BEGIN:VEVENT")) begin = i;
            else if (begin >= 0 && Is(lines[i], "END:VEVENT"))
            {
                meetings.Add(begin..(i + 1));
                begin = -1;
            }
        }
        if (meetings.Count == 0) return (text, null);
        var whole = meetings.FindIndex(m => Field(m, "UID") == Field(meetings[0], "UID") && Field(m, "RECURRENCE-ID") is null);
        var one = meetings[Math.Max(0, whole)];
        var others = meetings.Where(m => !m.Equals(one)).SelectMany(m => Enumerable.Range(m.Start.Value, m.End.Value - m.Start.Value)).ToHashSet();
        return (string.Join('\n', lines.Where((_, i) => !others.Contains(i))), Field(one, "RECURRENCE-ID") is { Length: < LongestLine } line ? line : null);

        string? Field(Range meeting, string name) => Array.Find(lines[meeting], l => l.StartsWith(name, StringComparison.OrdinalIgnoreCase) && l.Length > name.Length && l[name.Length] is ':' or ';')?.TrimEnd();
    }

    private static bool Is(string line, string what) => line.AsSpan().Trim().Equals(what, StringComparison.OrdinalIgnoreCase);

    private static CalDateTime? EndOf(CalendarEvent meeting) => meeting.DtEnd ?? (meeting.DtStart is { } start && meeting.Duration is { } length ? start.Add(length) : null);

    // The end of a matter of days is the day after (RFC 5545, 3.6.1).
    private static DateOnly LastDay(CalDateTime start, CalDateTime? end) => end is { } after && after.Date > start.Date ? after.Date.AddDays(-1) : start.Date;

    private static DateTimeOffset? At(CalDateTime? time, TimeZoneInfo zone)
    {
        if (time is null) return null;
        var clock = DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified);
        if (time.IsUtc) return new(clock, TimeSpan.Zero);
        // Outlook names zones as Windows does; a name that nobody knows leaves the time where the reader is.
        var there = time.TzId is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id.Trim('"'), out var named) ? named : zone;
        return Kernel.Calendar.LocalTime.In(there, clock);
    }

    private static string? Repetition(CalendarEvent meeting)
    {
        if (meeting.RecurrenceRule is not { } rule) return null;
        var unit = rule.Frequency switch
        {
            FrequencyType.Daily => "day",
            FrequencyType.Weekly => "week",
            FrequencyType.Monthly => "month",
            FrequencyType.Yearly => "year",
            _ => null,
        };
        return unit is null ? "again and again" : rule.Interval > 1 ? $"every {rule.Interval} {unit}s" : $"every {unit}";
    }

    private static InvitationMethod MethodOf(string? method) => method?.Trim().ToUpperInvariant() switch
    {
        "REQUEST" or "ADD" => InvitationMethod.Request,
        "CANCEL" => InvitationMethod.Cancel,
        "REPLY" => InvitationMethod.Reply,
        "COUNTER" or "DECLINECOUNTER" => InvitationMethod.Counter,
        _ => InvitationMethod.Publish,
    };

    private static Attendance AnswerOf(string? status) => status?.Trim().ToUpperInvariant() switch
    {
        "ACCEPTED" => Attendance.Accepted,
        "TENTATIVE" => Attendance.Tentative,
        "DECLINED" => Attendance.Declined,
        _ => Attendance.Unanswered,
    };

    private static string Address(Uri? uri) =>
        uri is { Scheme: "mailto" } ? Line(Uri.UnescapeDataString(uri.AbsoluteUri["mailto:".Length..])) : "";

    private static string Line(string? text) => MailText.OnOneLine(text, LongestLine);

    private static string Text(string? text) => text is null ? "" : MailText.Clean(text.Length > LongestText ? text[..LongestText] : text).Trim();
}
