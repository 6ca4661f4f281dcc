using System.Globalization;
using Rapport.Design;

namespace Rapport.Updates.Pages;

/// <summary>Moments as the browser's picker sends them: on the reader's clock, without a zone.</summary>
internal static class TypedMoment
{
    private static readonly string[] Forms = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>The moment; null for nothing typed, refused for what cannot be read.</summary>
    public static Result<DateTimeOffset?> Read(string? text, string field, LocalTime local)
    {
        if (string.IsNullOrWhiteSpace(text)) return (DateTimeOffset?)null;
        return DateTime.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? (DateTimeOffset?)Kernel.Calendar.LocalTime.In(local.Zone, wall)
            : Refusal.Invalid("moment.unreadable", "Write a day and a time, like 2026-11-27 17:00.", field);
    }

    /// <summary>As the picker holds it.</summary>
    public static string? Write(DateTimeOffset? moment, LocalTime local) => moment is { } at ? local.At(at).ToString(Forms[0], CultureInfo.InvariantCulture) : null;
}
