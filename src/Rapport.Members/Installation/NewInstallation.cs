using Rapport.Kernel.Calendar;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>What is said about us on the first run and in the settings.</summary>
/// <param name="Name">What our organisation is called.</param>
/// <param name="MailDomains">Domains of our own mail; case and a leading @ do not matter.</param>
/// <param name="Zone">IANA name.</param>
/// <param name="BusinessHours">Like <c>Mo-Fr 09:00-17:00</c>.</param>
/// <param name="Country">ISO 3166 code, of a part of a country where its holidays differ.</param>
/// <param name="ExtraHolidays">Days we are closed besides.</param>
public sealed record NewInstallation(string? Name, IReadOnlyList<string>? MailDomains, string? Zone, string? BusinessHours, string? Country, IReadOnlyList<DateOnly>? ExtraHolidays = null)
{
    /// <summary>The most domains, and days.</summary>
    public const int Most = 200;

    /// <summary>Everything that is wrong with it, a field each; empty when it can be taken.</summary>
    public IReadOnlyList<Refusal> Problems()
    {
        var problems = new List<Refusal>();
        if (Name?.Trim() is not { Length: > 0 and <= 300 }) problems.Add(Refusal.Invalid("installation.name", "Write what your organisation is called.", "name"));
        if (Domains().Find(d => !IsDomain(d)) is { } wrong) problems.Add(Refusal.Invalid("installation.mail-domains", $"\"{wrong}\" is not a mail domain; write it like example.com.", "mailDomains"));
        if (Domains().Count > Most) problems.Add(Refusal.Invalid("installation.mail-domains", $"Give at most {Most} domains.", "mailDomains"));
        if (!Zones.IsKnown(Zone)) problems.Add(Refusal.Invalid("installation.zone", "Choose the time zone you work in.", "zone"));
        if (!Kernel.Calendar.BusinessHours.TryParse(BusinessHours, out _, out var problem)) problems.Add(Refusal.Invalid("installation.business-hours", problem, "businessHours"));
        if (!Countries.IsKnown(Country)) problems.Add(Refusal.Invalid("installation.country", "Choose the country whose holidays and telephone numbers you use.", "country"));
        if (ExtraHolidays?.Count > Most) problems.Add(Refusal.Invalid("installation.extra-holidays", $"Give at most {Most} days.", "extraHolidays"));
        return problems;
    }

    /// <summary>Puts it into the record. Only when there are no <see cref="Problems"/>.</summary>
    internal void Apply(OurInstallation to)
    {
        _ = Kernel.Calendar.BusinessHours.TryParse(BusinessHours, out var hours, out _);
        (to.Name, to.MailDomains, to.Zone, to.BusinessHours, to.Country) = (Name!.Trim(), Domains(), Zone!, hours.ToString(), Country!.ToUpperInvariant());
        if (ExtraHolidays is not null) to.ExtraHolidays = [.. ExtraHolidays.Distinct().Order()];
    }

    private List<string> Domains() =>
        [.. (MailDomains ?? []).OfType<string>().Select(d => d.Trim().TrimStart('@').ToLowerInvariant()).Where(d => d.Length > 0).Distinct()];

    private static bool IsDomain(string text) =>
        text.Length <= 253 && text.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(text) == UriHostNameType.Dns;
}
