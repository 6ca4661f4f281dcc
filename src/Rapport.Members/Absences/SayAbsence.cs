using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>An absence as somebody describes it.</summary>
/// <param name="Member">Who is away; whoever says so when null.</param>
/// <param name="FirstDay">The first day away.</param>
/// <param name="LastDay">The last day away.</param>
/// <param name="Deputy">Who stands in.</param>
public sealed record NewAbsence(MemberId? Member, DateOnly? FirstDay, DateOnly? LastDay, MemberId? Deputy);

/// <summary>Says that a member is away and who stands in, or takes that back: themselves, or a manager for them.</summary>
public sealed class SayAbsence(RapportDb db, TimeProvider clock)
{
    private static readonly Refusal NotTheirs = Refusal.Forbidden("absence.not-yours", "Only they themselves, or a manager, can say when they are away.");

    /// <summary>From the first day to the last.</summary>
    public async Task<Result<AbsenceId>> RunAsync(NewAbsence given, Actor by, CancellationToken ct)
    {
        var of = given.Member ?? by.Id;
        if (of != by.Id && !by.May(Roles.Manager)) return NotTheirs;
        if (await db.MemberAsync(of, ct) is not { IsHere: true } member) return Refusal.Missing("member");
        var zone = LocalTime.ZoneOr(member.Zone, (await db.CalendarAsync(ct)).Zone);
        if (!Absence.Say(of, given.FirstDay, given.LastDay, given.Deputy ?? default, zone, by, clock).Succeeded(out var absence, out var refusal)) return refusal;
        if (await OverlappingAsync(of, absence, ct) is { } other) return Refusal.Conflict("absence.overlaps", $"{member.Name} is away {Days(other)} already. Take that back first, or choose other days.");
        if (await DeputyAsync(absence, ct) is { } nobody) return nobody;
        db.Add(absence);
        return await db.SaveAsync(by, ct) is { } conflict ? conflict : absence.Id;
    }

    /// <summary>They are back before it is over; one that has not begun never was.</summary>
    public async Task<Refusal?> TakeBackAsync(AbsenceId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Absence>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } absence) return Refusal.Missing("absence");
        if (absence.Member != by.Id && !by.May(Roles.Manager)) return NotTheirs;
        var now = clock.GetUtcNow();
        if (!absence.HasBegun(now)) db.Remove(absence);
        else if (absence.End(now) is { } refusal) return refusal;
        return await db.SaveAsync(by, ct);
    }

    private async Task<Refusal?> DeputyAsync(Absence absence, CancellationToken ct)
    {
        if (absence.Deputy == absence.Member) return Refusal.Invalid("absence.deputy-self", "Nobody stands in for themselves. Choose somebody else.", "deputy");
        if (await db.MemberAsync(absence.Deputy, ct) is not { IsHere: true } deputy || !deputy.Actor.May(Roles.Member))
            return Refusal.Invalid("absence.deputy", "Choose who stands in: a member who is here and may do more than read.", "deputy");
        return await OverlappingAsync(deputy.Id, absence, ct) is { } other
            ? Refusal.Invalid("absence.deputy-away", $"{deputy.Name} is away {Days(other)}. Choose somebody who is here all the time.", "deputy") : null;
    }

    private Task<Absence?> OverlappingAsync(MemberId of, Absence with, CancellationToken ct) =>
        db.Set<Absence>().AsNoTracking().Where(a => a.Member == of && a.From < with.Until && a.Until > with.From).OrderBy(a => a.From).FirstOrDefaultAsync(ct);

    private static string Days(Absence absence) => $"from {ClockWords.Date(absence.FirstDay)} until {ClockWords.Date(absence.LastDay)}";
}
