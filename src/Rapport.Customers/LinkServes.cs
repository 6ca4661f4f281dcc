using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Who serves whom with what.</summary>
public sealed record NewServesLink(PartyId Provider, PartyId Customer, string With, DateOnly? From = null, DateOnly? Until = null);

/// <summary>Says that one party serves another with something. Also between others: our customers have customers themselves.</summary>
public sealed class LinkServes(RapportDb db, TimeProvider clock)
{
    /// <summary>The link's id.</summary>
    public async Task<Result<ServesLinkId>> RunAsync(NewServesLink given, Actor by, CancellationToken ct)
    {
        if (PartyInput.CheckDays(given.From, given.Until) is { } refusal) return refusal;
        if (given.Provider == given.Customer) return Refusal.Invalid("serves.self", "Nobody serves themselves.", "customer");
        if (PartyInput.Clean(given.With) is not { Length: <= 200 } with) return Refusal.Invalid("with.missing", "Say with what, in at most 200 characters.", "with");
        if (await db.Parties().CountAsync(p => p.Id == given.Provider || p.Id == given.Customer, ct) != 2) return Refusal.Missing("party");

        var link = new ServesLink { Id = Ids.New<ServesLinkId>(clock), Provider = given.Provider, Customer = given.Customer, With = with, From = given.From, Until = given.Until };
        db.Add(link);
        return await db.SaveAsync(by, ct) is { } conflict ? conflict : link.Id;
    }
}

/// <summary>Ends a serves-link.</summary>
public sealed class EndServes(RapportDb db, TimeProvider clock)
{
    /// <summary>Ends it on a day, today when none is given. <paramref name="check"/> may refuse the version that is there.</summary>
    public async Task<Refusal?> RunAsync(ServesLinkId id, DateOnly? on, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if (await db.Set<ServesLink>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } link) return Refusal.Missing("serves link");
        if (check?.Invoke(link) is { } stale) return stale;
        var last = on ?? await db.TodayAsync(clock, ct);
        if (PartyInput.CheckDays(link.From, last) is { } refusal) return refusal;
        link.Until = last;
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes the end back.</summary>
    public async Task<Refusal?> UndoAsync(ServesLinkId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<ServesLink>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } link) return Refusal.Missing("serves link");
        link.Until = null;
        return await db.SaveAsync(by, ct);
    }
}
