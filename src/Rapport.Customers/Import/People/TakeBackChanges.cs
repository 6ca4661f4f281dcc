using System.Text.Json;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Puts back what an import changed of one party.</summary>
internal sealed class TakeBackChanges(RapportDb db)
{
    public async Task RunAsync(PartyState state, PartyChanges changes, CancellationToken ct)
    {
        await RemoveAsync(state.Points, p => changes.Points.Contains(p.Id), ct);
        await RemoveAsync(state.Places, a => changes.Places.Contains(a.Id), ct);
        await RemoveAsync(state.Domains, d => changes.Domains.Contains(d.Domain), ct);
        if (changes.Relationship is not null && state.Relationship?.Id == changes.Relationship)
        {
            await Dialect.DeleteAsync<Relationship>(db, [state.Relationship], ct);
            state.Relationship = null;
            state.Party.Show(null);
        }
        foreach (var (field, changed) in changes.Fields) PutBack(state, field.Split(':'), changed.From);
        if (changes.Fields.TryGetValue("name", out var name)) state.Party.GiveBack(name.From!, JsonSerializer.Deserialize<List<string>>(changes.Fields["formerNames"].From!, Json.Options)!);
        await Dialect.UpdateAsync(db, state.Places.Where(a => changes.Fields.Keys.Any(f => f.StartsWith($"place:{a.Id}:", StringComparison.Ordinal))).ToList(), ct);
        if (state.Relationship is not { } relationship || !changes.Fields.Keys.Any(f => f.StartsWith("relationship:", StringComparison.Ordinal))) return;
        relationship.Version++;
        await Dialect.UpdateAsync<Relationship>(db, [relationship], ct);
        state.Party.Show(relationship);
    }

    private async Task RemoveAsync<T>(List<T> all, Predicate<T> which, CancellationToken ct) where T : class
    {
        await Dialect.DeleteAsync(db, all.FindAll(which), ct);
        all.RemoveAll(which);
    }

    private static void PutBack(PartyState state, string[] field, string? value)
    {
        var party = state.Party;
        switch (field)
        {
            case ["note"]: party.Note = value; break;
            case ["language"]: party.Language = value; break;
            case ["key"]: party.ExternalKey = value; break;
            case ["who"]: party.Who = Enum.Parse<Who>(value!); break;
            case ["given"]: ((Person)party).GivenName = value; break;
            case ["family"]: ((Person)party).FamilyName = value; break;
            case ["place", var id, var what]: PutBack(state.Places.Find(a => a.Id.ToString() == id)!, what, value); break;
            case ["relationship", var what]: PutBack(state.Relationship!, what, value); break;
        }
    }

    private static void PutBack(Affiliation place, string what, string? value)
    {
        switch (what)
        {
            case "title": place.Title = value; break;
            case "department": place.Department = value; break;
            case "level": place.Level = Enum.Parse<Level>(value!); break;
            case "proposed": place.Proposed = value == "true"; break;
        }
    }

    private static void PutBack(Relationship relationship, string what, string? value)
    {
        switch (what)
        {
            case "owner": relationship.Owner = value is null ? null : new MemberId(Guid.Parse(value)); break;
            case "tier": relationship.Tier = Enum.Parse<Tier>(value!); break;
            case "pays": relationship.Primary = bool.Parse(value!); break;
            case "since": relationship.Since = value is null ? null : DateOnly.Parse(value, System.Globalization.CultureInfo.InvariantCulture); break;
            case "bought": relationship.HasBought = bool.Parse(value!); break;
            case "standing": relationship.Standing = Enum.Parse<Standing>(value!); break;
        }
    }
}
