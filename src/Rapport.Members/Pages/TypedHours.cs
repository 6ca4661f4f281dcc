using Rapport.Design;

namespace Rapport.Members.Pages;

/// <summary>A team's hours as they were typed. What is left empty is as in the organisation.</summary>
public sealed class TypedHours
{
    private const string None = "none";

    /// <summary>IANA name.</summary>
    public string? Zone { get; set; }
    /// <summary>Like <c>Mo-Fr 09:00-17:00</c>.</summary>
    public string? Hours { get; set; }
    /// <summary>ISO 3166 code, or <see cref="TeamHours.NoHolidays"/>.</summary>
    public string? Country { get; set; }
    /// <summary>Days with commas between, or "none".</summary>
    public string? Holidays { get; set; }

    internal static IReadOnlyList<Choice> CountryChoices { get; } = [new(TeamHours.NoHolidays, "No public holidays"), .. InstallationInput.CountryChoices];

    /// <summary>What is on record.</summary>
    public static TypedHours Of(TeamHours? hours) => hours is null ? new() : new()
    {
        Zone = hours.Zone, Hours = hours.BusinessHours, Country = hours.Country,
        Holidays = hours.ExtraHolidays switch { null => null, [] => None, var days => string.Join(", ", days.Select(day => day.ToString("yyyy-MM-dd"))) },
    };

    /// <summary>As the deed takes it; refused with the words that are no date.</summary>
    public Result<TeamHours> Read()
    {
        if (string.IsNullOrWhiteSpace(Holidays)) return new TeamHours(Zone, Hours, Country, null);
        if (Holidays.Trim().Equals(None, StringComparison.OrdinalIgnoreCase)) return new TeamHours(Zone, Hours, Country, []);
        return InstallationInput.ReadDays(Holidays, "team").Succeeded(out var days, out var refusal) ? new TeamHours(Zone, Hours, Country, days) : refusal;
    }
}
