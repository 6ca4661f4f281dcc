using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>The calendar of a team that has hours of its own.</summary>
public sealed record TeamCalendar(string Name, BusinessCalendar Calendar);

/// <summary>By which calendars clocks run (V12): that of a team that has hours of its own for what belongs to it, ours for everything else.</summary>
/// <param name="Ours">The organisation's.</param>
/// <param name="Own">Those of teams that have hours of their own.</param>
public sealed record Calendars(BusinessCalendar Ours, IReadOnlyDictionary<TeamId, TeamCalendar> Own)
{
    /// <summary>The calendar for what belongs to a team, or to none.</summary>
    public BusinessCalendar Of(TeamId? team) => OwnOf(team)?.Calendar ?? Ours;

    /// <summary>That of a team that has hours of its own; null where ours counts.</summary>
    public TeamCalendar? OwnOf(TeamId? team) => team is { } id ? Own.GetValueOrDefault(id) : null;
}

/// <summary>How to reach the calendars.</summary>
public static class CalendarQueries
{
    /// <summary>All there are, read once in an operation; ordinary office hours before the first run.</summary>
    public static async Task<Calendars> CalendarsAsync(this RapportDb db, CancellationToken ct)
    {
        var us = await db.Set<OurInstallation>().FindAsync([1], ct) ?? new OurInstallation();
        var teams = await db.Set<Team>().AsNoTracking().Where(t => t.DisbandedAt == null && (t.Zone != null || t.BusinessHours != null || t.Country != null || t.ExtraHolidays != null)).ToListAsync(ct);
        return new(us.Calendar(), teams.ToDictionary(t => t.Id, t => new TeamCalendar(t.Name, OurCalendar.Of(t.Zone ?? us.Zone, t.BusinessHours ?? us.BusinessHours, t.Country ?? us.Country, t.ExtraHolidays ?? us.ExtraHolidays))));
    }
}
