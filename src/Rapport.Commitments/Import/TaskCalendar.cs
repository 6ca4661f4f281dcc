using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Rapport.Commitments;

/// <summary>Reads the to-dos of an iCalendar file (RFC 5545, 3.6.2). For whom one is, its contact or who attends says; its events are no tasks.</summary>
internal static class TaskCalendar
{
    private const int Largest = 20 * 1024 * 1024;
    private const string Mail = "mailto";

    private static readonly string[] Columns = ["Task", "For", "Due", "State"];

    /// <summary>Whether a file is an iCalendar.</summary>
    public static bool Knows(string path)
    {
        try
        {
            using var file = new StreamReader(path, Encoding.UTF8);
            var begin = new char[64];
            return new string(begin, 0, file.ReadBlock(begin)).TrimStart('\uFEFF', ' ', '\r', '\n').StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static Result<TaskFile> Open(string path, string name)
    {
        if (new FileInfo(path).Length > Largest) return Refusal.Invalid("import.unreadable", $"{name}: it is larger than {Largest / 1024 / 1024} MB. Export fewer tasks at once.", "file");
        try
        {
            var todos = (CalendarCollection.Load(File.ReadAllText(path)) ?? []).SelectMany(c => c.Todos).ToList();
            if (todos.Count == 0) return Refusal.Invalid("import.unreadable", $"{name}: there are no to-dos in it. Export the tasks, not the appointments.", "file");
            var rows = todos.Select((todo, at) => Read(todo, at + 1)).ToList();
            return new TaskFile("to-dos of a calendar", Columns, () => rows);
        }
        // The library throws whatever its parts throw.
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return Refusal.Invalid("import.unreadable", $"{name}: it is no calendar that can be read. Export it again as .ics.", "file");
        }
    }

    private static TaskRow Read(Todo todo, int number)
    {
        var (words, with, due) = (todo.Summary?.ReplaceLineEndings(" ").Trim() ?? "", With(todo), todo.Due);
        var done = todo.Status is "COMPLETED" or "CANCELLED" || todo.Completed is not null || todo.PercentComplete >= 100;
        var said = due is null ? "" : due.Value.ToString(due.HasTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(number, [words, with, said, todo.Status ?? ""], $"{todo.Uid}\n{(todo.Uid is { Length: > 0 } ? "" : words)}", words, with, said, due is { HasTime: true, IsFloating: false } ? new DateTimeOffset(due.AsUtc, TimeSpan.Zero) : null, "", done);
    }

    private static string With(Todo todo)
    {
        if (todo.Contacts?.FirstOrDefault(c => c.Length > 0) is { } contact) return contact.Trim();
        if (todo.Attendees?.FirstOrDefault(a => a.Value is not null) is { } attendee) return Named(attendee.Value!, attendee.CommonName);
        return "";
    }

    private static string Named(Uri address, string? name) => address.Scheme.Equals(Mail, StringComparison.OrdinalIgnoreCase) ? address.OriginalString[(Mail.Length + 1)..] : name ?? "";
}
