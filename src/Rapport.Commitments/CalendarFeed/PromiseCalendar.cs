using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>
/// What a member answers for, as a calendar (RFC 5545) that calendar programs subscribe to. Events and no to-dos: most programs show only those.
/// The same promises give the same bytes, so that a program that asks again is told that nothing changed.
/// </summary>
public sealed class PromiseCalendar(RapportDb db)
{
    /// <summary>At most so many, what is due first.</summary>
    public const int Most = 2_000;

    // A moment is shown as the quarter of an hour before it: programs hide what takes no time.
    private const int MinutesShown = 15;

    private const string AskAgain = "PT30M";

    /// <summary>The calendar of a link; null when it was not made here, was ended, or its member left.</summary>
    /// <param name="token">From the link.</param>
    /// <param name="site">Where people find us, for the way back.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string?> ReadAsync(string token, string site, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } us || CalendarLink.Read(us, token) is not { } id) return null;
        var member = await (from l in db.Set<CalendarLink>() where l.Id == id join m in db.Set<Member>() on l.Member equals m.Id select m).AsNoTracking().SingleOrDefaultAsync(ct);
        if (member is not { IsHere: true }) return null;
        var promises = await db.Set<Commitment>().AsNoTracking().Where(c => c.Owner == member.Id && c.State == CommitmentState.Open && c.DueEnd != null).OrderBy(c => c.DueEnd).ThenBy(c => c.Id).Take(Most).ToListAsync(ct);
        var (ids, parties) = (promises.ConvertAll(c => c.Id), promises.Select(c => c.With).Distinct().ToList());
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var told = await db.Set<CommitmentEvent>().Where(e => EF.Parameter(ids).Contains(e.Commitment)).GroupBy(e => e.Commitment).Select(g => new { g.Key, At = g.Max(e => e.At) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);

        var calendar = new Ical.Net.Calendar { ProductId = "-//Rapport//Promises//EN" };
        calendar.AddProperty("X-WR-CALNAME", $"Promises of {member.Name}");
        calendar.AddProperty("X-PUBLISHED-TTL", AskAgain);
        foreach (var promise in promises) calendar.Events.Add(EventOf(promise, names.GetValueOrDefault(promise.With, "somebody"), told.GetValueOrDefault(promise.Id, promise.SaidAt), us.Calendar(), site));
        return new CalendarSerializer().SerializeToString(calendar);
    }

    private static CalendarEvent EventOf(Commitment promise, string with, DateTimeOffset told, BusinessCalendar ours, string site)
    {
        var said = promise.DueWords.Length > 0 ? $" (“{promise.DueWords}”)" : "";
        var due = promise.DueEnd!.Value;
        var shown = new CalendarEvent
        {
            Uid = promise.Id.ToString(),
            Sequence = promise.Version,
            DtStamp = Utc(told),
            LastModified = Utc(told),
            Summary = promise.Side == Side.OursToThem ? $"{promise.Words} · for {with}" : $"{with} promised: {promise.Words}",
            Description = $"{(promise.Side == Side.OursToThem ? $"Promised to {with}" : $"Promised by {with}")}{said}.\n{site}/commitments/{promise.Id}",
            Url = new($"{site}/commitments/{promise.Id}"),
            // Whoever promised something is not busy all day.
            Transparency = TransparencyType.Transparent,
        };
        // What ends with our business day is a matter of that day; everything else, and what ends with a day elsewhere, of its moment.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(due, ours.Zone).DateTime);
        (shown.Start, shown.End) = promise.DuePrecision is not (DuePrecision.Minute or DuePrecision.Hour) && ours.EndOfBusiness(day) == due
            ? (new CalDateTime(day), new CalDateTime(day.AddDays(1)))
            : (Utc(due.AddMinutes(-MinutesShown)), Utc(due));
        return shown;
    }

    private static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, CalDateTime.UtcTzId);
}
