using System.Globalization;
using System.Text;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>The daily mail to a member.</summary>
internal static class DailyMail
{
    public static string Subject(MemberDay day)
    {
        string?[] said = [Say(day, ReminderPart.Late, "late"), Say(day, ReminderPart.Today, "due today"), Say(day, ReminderPart.AtRisk, "at risk"), Say(day, ReminderPart.Soon, "soon"), Say(day, ReminderPart.Escalated, "late at others'")];
        return $"Promises: {string.Join(", ", said.OfType<string>())}";
    }

    public static string Text(MemberDay day, string name, string site, TimeZoneInfo zone)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Hello {name.Split(' ')[0]},\n");
        foreach (var part in day.Lines.GroupBy(l => l.Part))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Heading(part.Key)}\n");
            foreach (var line in part) text.Append(CultureInfo.InvariantCulture, $"- {Sentence(line, zone)}\n  {site}/commitments/{line.Id}\n");
            if (day.Counts[part.Key] - part.Count() is > 0 and var more) text.Append(CultureInfo.InvariantCulture, $"- and {more} more: {site}/commitments?mine=true\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"\nThis comes once on a working day, when something wants a thought. Not wanted? {site}/settings/reminders\n").ToString();
    }

    private static string Sentence(DayLine line, TimeZoneInfo zone)
    {
        var who = line.Side == Side.OursToThem ? $"{line.Words}, to {line.WithName}" : $"{line.WithName} promised us: {line.Words}";
        var when = line.DueEnd is not { } due ? "" : line.Part is ReminderPart.Late or ReminderPart.Escalated ? $", was due {ClockWords.At(due, zone)}" : $", by {ClockWords.At(due, zone)}";
        var answers = line.Owner is { } owner ? $" ({owner} answers for it)" : "";
        return line.For is { } away ? $"{who}{when}{answers}, for {away.Name}, away until {ClockWords.Date(away.Until)}" : $"{who}{when}{answers}";
    }

    private static string Heading(ReminderPart part) => part switch
    {
        ReminderPart.Late => "Late: keep it, or tell them now",
        ReminderPart.Today => "Due today",
        ReminderPart.AtRisk => "At risk: a step, or what it depends on, is late",
        ReminderPart.Soon => "Soon",
        ReminderPart.Escalated => "Late, and you were named for that case",
    };

    private static string? Say(MemberDay day, ReminderPart part, string word) => day.Counts.GetValueOrDefault(part) is > 0 and var count ? $"{count} {word}" : null;
}
