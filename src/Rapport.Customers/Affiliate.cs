using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>A person's place in an organisation.</summary>
public sealed record NewAffiliation(PartyId Organization, string? Title = null, Level Level = Level.Unknown, string? Department = null, DateOnly? From = null, DateOnly? Until = null);

/// <summary>Gives a person a place in an organisation. What they have elsewhere stays.</summary>
public sealed class Affiliate(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>Its id. A place that was only guessed from the mail domain is confirmed instead of added again.</summary>
    public async Task<Result<AffiliationId>> RunAsync(PartyId person, NewAffiliation given, Actor by, CancellationToken ct)
    {
        if (PartyInput.CheckDays(given.From, given.Until) is { } refusal) return refusal;
        if (!await db.Persons().AnyAsync(p => p.Id == person, ct)) return Refusal.Missing("person");
        if (!await db.Organizations().AnyAsync(o => o.Id == given.Organization, ct)) return Refusal.Missing("organization");

        var affiliation = await db.Set<Affiliation>().FirstOrDefaultAsync(a => a.Person == person && a.Organization == given.Organization && a.Until == null && a.Proposed, ct);
        if (affiliation is null) db.Add(affiliation = new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = person, Organization = given.Organization });
        affiliation.Take(given);
        return await settle.SaveAsync([person], by, ct) is { } conflict ? conflict : affiliation.Id;
    }
}

/// <summary>Changes a place: another title, another day.</summary>
public sealed class ChangeAffiliation(RapportDb db, SettleParties settle)
{
    /// <summary>Null when it was changed; the organisation stays what it was. <paramref name="check"/> may refuse the version that is there.</summary>
    public async Task<Refusal?> RunAsync(PartyId person, AffiliationId id, NewAffiliation to, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if (PartyInput.CheckDays(to.From, to.Until) is { } refusal) return refusal;
        if (await db.Set<Affiliation>().SingleOrDefaultAsync(a => a.Id == id && a.Person == person, ct) is not { } affiliation) return Refusal.Missing("affiliation");
        if (check?.Invoke(affiliation) is { } stale) return stale;
        affiliation.Take(to);
        return await settle.SaveAsync([person], by, ct);
    }
}

/// <summary>Ends a place. It starts nothing else: the person stays, with everything that was said.</summary>
public sealed class EndAffiliation(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>Ends it on a day, today when none is given. <paramref name="check"/> may refuse the version that is there.</summary>
    public async Task<Refusal?> RunAsync(PartyId person, AffiliationId id, DateOnly? on, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if (await db.Set<Affiliation>().SingleOrDefaultAsync(a => a.Id == id && a.Person == person, ct) is not { } affiliation) return Refusal.Missing("affiliation");
        if (check?.Invoke(affiliation) is { } stale) return stale;
        var last = on ?? await db.TodayAsync(clock, ct);
        if (PartyInput.CheckDays(affiliation.From, last) is { } refusal) return refusal;
        affiliation.Until = last;
        return await settle.SaveAsync([person], by, ct);
    }

    /// <summary>Takes the end back.</summary>
    public async Task<Refusal?> UndoAsync(PartyId person, AffiliationId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Affiliation>().SingleOrDefaultAsync(a => a.Id == id && a.Person == person, ct) is not { } affiliation) return Refusal.Missing("affiliation");
        affiliation.Until = null;
        return await settle.SaveAsync([person], by, ct);
    }
}

internal static class AffiliationInput
{
    public static void Take(this Affiliation affiliation, NewAffiliation given)
    {
        (affiliation.Title, affiliation.Level, affiliation.Department) = (PartyInput.Clean(given.Title, 200), given.Level, PartyInput.Clean(given.Department, 200));
        (affiliation.From, affiliation.Until, affiliation.Proposed) = (given.From, given.Until, false);
    }
}
