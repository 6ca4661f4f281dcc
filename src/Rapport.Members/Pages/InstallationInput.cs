using Rapport.Design;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Installation;

namespace Rapport.Members.Pages;

/// <summary>What is typed about us, on the first run and in the settings.</summary>
public sealed class InstallationInput
{
    /// <summary>Its name.</summary>
    public string? Organization { get; set; }
    /// <summary>With commas between.</summary>
    public string? Domains { get; set; }
    /// <summary>IANA name.</summary>
    public string? Zone { get; set; }
    /// <summary>Like <c>Mo-Fr 09:00-17:00</c>.</summary>
    public string? Hours { get; set; }
    /// <summary>ISO 3166 code.</summary>
    public string? Country { get; set; }
    /// <summary>Days like 2026-12-24, with commas between.</summary>
    public string? Holidays { get; set; }

    internal static IReadOnlyList<Choice> ZoneChoices { get; } = [.. Zones.All.Select(zone => new Choice(zone, zone.Replace('_', ' ')))];

    internal static IReadOnlyList<Choice> CountryChoices { get; } = [.. Countries.All.Select(country => new Choice(country.Code, country.Name))];

    /// <summary>What is on record.</summary>
    public static InstallationInput Of(OurInstallation us) => new()
    {
        Organization = us.Name, Domains = string.Join(", ", us.MailDomains), Zone = us.Zone, Hours = us.BusinessHours, Country = us.Country,
        Holidays = string.Join(", ", us.ExtraHolidays.Select(day => day.ToString("yyyy-MM-dd"))),
    };

    /// <summary>What can be guessed, filled in; what was typed stays.</summary>
    public void Guess(string? acceptLanguage, string? email)
    {
        var domain = email?.Split('@') is [_, { Length: > 3 } after] ? after.Trim().ToLowerInvariant() : null;
        if (string.IsNullOrWhiteSpace(Domains) && domain is not null) Domains = domain;
        if (string.IsNullOrWhiteSpace(Zone)) Zone = Zones.Here;
        if (string.IsNullOrWhiteSpace(Hours)) Hours = BusinessHours.Standard.ToString();
        if (string.IsNullOrWhiteSpace(Country)) Country = Countries.Guess(acceptLanguage, domain);
    }

    /// <summary>As the deeds take it; null with the words that are no date.</summary>
    public Result<NewInstallation> Read() =>
        ReadDays(Holidays, "installation").Succeeded(out var days, out var refusal) ? new NewInstallation(Organization, Split(Domains), Zone, Hours, Country, days) : refusal;

    /// <summary>Days as they are typed; refused with the word that is none.</summary>
    internal static Result<List<DateOnly>> ReadDays(string? text, string of)
    {
        var days = new List<DateOnly>();
        foreach (var word in Split(text))
            if (DateOnly.TryParseExact(word, "yyyy-MM-dd", out var day)) days.Add(day);
            else return Refusal.Invalid($"{of}.extra-holidays", $"\"{word}\" is not a day; write it like 2026-12-24.", "extraHolidays");
        return days;
    }

    private static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
