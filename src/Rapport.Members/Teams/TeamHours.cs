namespace Rapport.Members;

/// <summary>When a team is there, where that differs from the organisation (V12). What is null is as in the organisation.</summary>
/// <param name="Zone">IANA name.</param>
/// <param name="BusinessHours">Like <c>Mo-Fr 09:00-17:00</c>, <c>24/7</c> or <c>closed</c>.</param>
/// <param name="Country">Whose public holidays it keeps: an ISO 3166 code, or <c>none</c>.</param>
/// <param name="ExtraHolidays">Days on which it is closed besides; an empty list is none.</param>
public sealed record TeamHours(string? Zone = null, string? BusinessHours = null, string? Country = null, IReadOnlyList<DateOnly>? ExtraHolidays = null)
{
    /// <summary>The country of a team that keeps no public holidays.</summary>
    public const string NoHolidays = "none";

    /// <summary>The longest that are kept.</summary>
    public const int LongestZone = 100, LongestHours = 500;

    /// <summary>Everything that is wrong with them, a field each; empty when they can be kept.</summary>
    public IReadOnlyList<Refusal> Problems()
    {
        var problems = new List<Refusal>();
        if (Zone is not null && !Zones.IsKnown(Zone)) problems.Add(Refusal.Invalid("team.zone", "Choose the time zone the team works in.", "zone"));
        if (BusinessHours is not null && !Kernel.Calendar.BusinessHours.TryParse(BusinessHours, out _, out var problem)) problems.Add(Refusal.Invalid("team.business-hours", problem, "businessHours"));
        if (BusinessHours?.Length > LongestHours) problems.Add(Refusal.Invalid("team.business-hours", $"Write the hours in at most {LongestHours} characters.", "businessHours"));
        if (Country is not null && Country != NoHolidays && !Countries.IsKnown(Country)) problems.Add(Refusal.Invalid("team.country", "Choose the country whose holidays the team keeps, or none.", "country"));
        if (ExtraHolidays?.Count > NewInstallation.Most) problems.Add(Refusal.Invalid("team.extra-holidays", $"Give at most {NewInstallation.Most} days.", "extraHolidays"));
        return problems;
    }

    /// <summary>What is empty is as in the organisation; what is written in several ways is kept in one.</summary>
    internal TeamHours Tidy() => new(
        Kept(Zone),
        Kept(BusinessHours) is { } hours && Kernel.Calendar.BusinessHours.TryParse(hours, out var read, out _) ? read.ToString() : Kept(BusinessHours),
        Kept(Country) is { } country ? country.Equals(NoHolidays, StringComparison.OrdinalIgnoreCase) ? NoHolidays : country.ToUpperInvariant() : null,
        ExtraHolidays is null ? null : [.. ExtraHolidays.Distinct().Order()]);

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
