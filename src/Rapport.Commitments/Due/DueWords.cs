using System.Globalization;

namespace Rapport.Commitments;

/// <summary>A due date in words for people, on the clocks of whom it was promised to.</summary>
internal static class DueWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"Friday 27 Nov, end of business 17:00 Berlin time".</summary>
    public static string Say(Due due, DueContext context)
    {
        var end = In(due.End, context);
        var clock = $"{end.ToString("HH:mm", CultureInfo.InvariantCulture)} {Place(context.Zone)}";
        var isMoment = due.Start == due.End || due.Precision <= DuePrecision.Hour;
        if (isMoment && !Closes(end, context)) return $"{Day(due, context)}, {clock}";
        return due.Precision > DuePrecision.Day || In(due.Start, context).Date != end.Date && !isMoment
            ? $"{Day(due, context)} at the latest, end of business {clock}"
            : $"{Day(due, context)}, end of business {clock}";
    }

    /// <summary>"Friday 27 Nov", with its year when that is another one.</summary>
    public static string Day(Due due, DueContext context)
    {
        var end = In(due.End, context);
        return end.ToString(end.Year == In(context.At, context).Year ? "dddd d MMM" : "dddd d MMM yyyy", English);
    }

    private static bool Closes(DateTimeOffset at, DueContext context) => context.Calendar.EndOfBusiness(DateOnly.FromDateTime(at.DateTime)) == at;

    private static DateTimeOffset In(DateTimeOffset at, DueContext context) => TimeZoneInfo.ConvertTime(at, context.Zone);

    // "Europe/Berlin" is what machines say.
    private static string Place(TimeZoneInfo zone) => zone.Id is "UTC" or "Etc/UTC" ? "UTC" : $"{zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";
}
