using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Takes back one batch of what an import of people made and changed, last first. What looks different by now, or is used, stays and is named.</summary>
internal sealed class UndoPeople(RapportDb db, PartyDocuments documents, IEnumerable<IHoldParties> holders)
{
    private const int BatchChanges = 2_000, MostSentences = 200;

    /// <summary>Takes back what stands before a place in the ledger. The place to go on before; null when nothing is left.</summary>
    public async Task<long?> RunAsync(ImportRun run, string what, long before, List<string> left, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var changes = await db.Set<ImportChange>().AsNoTracking().Where(c => c.Import == run.Id && c.What == what && c.Seq < before).OrderByDescending(c => c.Seq).Take(BatchChanges).ToListAsync(ct);
        if (changes.Count == 0) return null;

        var known = new KnownParties(db);
        await known.LoadAsync([.. changes.Select(c => new PartyId(c.Subject)).Distinct()], ct);
        var held = await HeldAsync([.. changes.Where(c => c.Made).Select(c => new PartyId(c.Subject))], ct);
        var (removed, restored, done) = (new List<PartyState>(), new HashSet<PartyState>(), new List<ImportChange>());
        foreach (var change in changes)
        {
            if (known.Find(new PartyId(change.Subject)) is not { } state || removed.Contains(state)) done.Add(change);
            else if (!PartyPrint.Of(state).AsSpan().SequenceEqual(change.Print)) Leave(left, $"{state.Party.Name} was changed since and stays as it is.");
            else if (!change.Made)
            {
                await new TakeBackChanges(db).RunAsync(state, JsonSerializer.Deserialize<PartyChanges>(change.Changes!, Json.Options)!, ct);
                restored.Add(state);
                done.Add(change);
            }
            else if (held.Contains(state.Id)) Leave(left, $"{state.Party.Name} has been used since and stays.");
            else
            {
                removed.Add(state);
                done.Add(change);
            }
        }
        restored.ExceptWith(removed);
        await WriteAsync(removed, [.. restored], ct);
        await Dialect.DeleteAsync(db, done, ct);
        db.Note("people.taken-back", $"imports/{run.Id}", new { removed = removed.Count, restored = restored.Count, left = changes.Count - done.Count });
        await documents.IndexAsync([.. restored.Select(s => s.Id)], ct);
        if (await db.SaveAsync(by, ct) is { } refusal) throw new InvalidOperationException(refusal.Message);
        await transaction.CommitAsync(ct);
        return changes[^1].Seq;
    }

    private async Task WriteAsync(List<PartyState> removed, List<PartyState> restored, CancellationToken ct)
    {
        await Dialect.DeleteAsync(db, removed.SelectMany(s => s.Points).ToList(), ct);
        await Dialect.DeleteAsync(db, removed.SelectMany(s => s.Places).ToList(), ct);
        await Dialect.DeleteAsync(db, removed.SelectMany(s => s.Domains).ToList(), ct);
        await Dialect.DeleteAsync(db, removed.Select(s => s.Relationship).OfType<Relationship>().ToList(), ct);
        await Dialect.DeleteAsync(db, removed.Select(s => s.Party).OfType<Person>().ToList(), ct);
        await Dialect.DeleteAsync(db, removed.Select(s => s.Party).OfType<Organization>().ToList(), ct);
        foreach (var state in removed) db.Unindex(new SearchKey(state.Party is Person ? SearchKind.Person : SearchKind.Organization, state.Id.Value));
        foreach (var state in restored) state.Party.Version++;
        await Dialect.UpdateAsync(db, restored.Select(s => s.Party).OfType<Person>().ToList(), ct);
        await Dialect.UpdateAsync(db, restored.Select(s => s.Party).OfType<Organization>().ToList(), ct);
    }

    // In use: something was said with them, they serve or pay for somebody, or somebody works there.
    private async Task<HashSet<PartyId>> HeldAsync(IReadOnlyList<PartyId> made, CancellationToken ct)
    {
        var held = new HashSet<PartyId>();
        if (made.Count == 0) return held;
        var maybe = made.Select(p => (PartyId?)p).ToList();
        foreach (var holder in holders) held.UnionWith(await holder.HeldAsync(made, ct));
        held.UnionWith(await db.Set<Affiliation>().Where(a => made.Contains(a.Organization)).Select(a => a.Organization).Distinct().ToListAsync(ct));
        held.UnionWith((await db.Set<Relationship>().Where(r => maybe.Contains(r.Payer)).Select(r => r.Payer).Distinct().ToListAsync(ct)).OfType<PartyId>());
        held.UnionWith(await db.Set<Relationship>().Where(r => made.Contains(r.Provider)).Select(r => r.Provider).Distinct().ToListAsync(ct));
        held.UnionWith(await db.Set<Relationship>().Where(r => made.Contains(r.Customer) && r.Provider != OurOrganization.Id).Select(r => r.Customer).Distinct().ToListAsync(ct));
        held.UnionWith((await db.Set<Party>().Where(p => maybe.Contains(p.MergedInto)).Select(p => p.MergedInto).Distinct().ToListAsync(ct)).OfType<PartyId>());
        held.UnionWith(await db.Set<ServesLink>().Where(l => made.Contains(l.Provider)).Select(l => l.Provider).Distinct().ToListAsync(ct));
        held.UnionWith(await db.Set<ServesLink>().Where(l => made.Contains(l.Customer)).Select(l => l.Customer).Distinct().ToListAsync(ct));
        // Units made by the same import go before the whole; one that stays holds it.
        var units = await db.Organizations().Where(o => maybe.Contains(o.Parent)).Select(o => new { o.Id, o.Parent }).ToListAsync(ct);
        held.UnionWith(units.Where(u => !made.Contains(u.Id) || held.Contains(u.Id)).Select(u => u.Parent!.Value));
        return held;
    }

    private static void Leave(List<string> left, string sentence)
    {
        if (left.Count < MostSentences) left.Add(sentence);
    }
}

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
