using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Takes back whom an import made, and what it changed of others, last first.</summary>
public sealed class UndoPeople(IServiceScopeFactory scopes)
{
    /// <summary>Each step is one batch that is gone for good, and says how far it is, of a thousand.</summary>
    public async IAsyncEnumerable<int> RunAsync(ImportRun run, UndoneSoFar so, Actor by, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<ImportChange>().Where(c => c.Import == run.Id).MaxAsync(c => (long?)c.Seq, ct) ?? 1;
        // People first: an organisation goes when nobody is left in it.
        foreach (var (what, from) in new[] { (PeopleImporter.APerson, 0), (PeopleImporter.AnOrganization, 500) })
        {
            for (long? before = long.MaxValue; before is not null;)
            {
                await using var one = scopes.CreateAsyncScope();
                before = await one.ServiceProvider.GetRequiredService<UndoPeopleBatch>().RunAsync(run, what, before.Value, so, by, ct);
                yield return from + (int)(500 - 500 * (before ?? 0) / last);
            }
        }
    }
}

/// <summary>Takes back one batch of it. What looks different by now, or is used, stays and is named.</summary>
internal sealed class UndoPeopleBatch(RapportDb db, PartyDocuments documents, IEnumerable<IHoldParties> holders)
{
    private const int BatchChanges = 2_000;

    /// <summary>Takes back what stands before a place in the ledger. The place to go on before; null when nothing is left.</summary>
    public async Task<long?> RunAsync(ImportRun run, string what, long before, UndoneSoFar so, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var changes = await db.Set<ImportChange>().AsNoTracking().Where(c => c.Import == run.Id && c.What == what && c.Seq < before).OrderByDescending(c => c.Seq).Take(BatchChanges).ToListAsync(ct);
        if (changes.Count == 0) return null;

        var known = new KnownParties(db, new());
        await known.LoadAsync([.. changes.Select(c => new PartyId(c.Subject)).Distinct()], ct);
        var held = await HeldAsync([.. changes.Where(c => c.Made).Select(c => new PartyId(c.Subject))], ct);
        var (removed, restored, done) = (new List<PartyState>(), new HashSet<PartyState>(), new List<ImportChange>());
        var (retiered, moved) = (new HashSet<PartyId>(), new HashSet<PartyId>());
        foreach (var change in changes)
        {
            if (known.Find(new PartyId(change.Subject)) is not { } state || removed.Contains(state)) done.Add(change);
            else if (!PartyPrint.Of(state).AsSpan().SequenceEqual(change.Print)) so.Leave($"{state.Party.Name} was changed since and stays as it is.");
            else if (!change.Made)
            {
                var changed = JsonSerializer.Deserialize<PartyChanges>(change.Changes!, Json.Options)!;
                await new TakeBackChanges(db).RunAsync(state, changed, ct);
                if (changed.Retiers) retiered.Add(state.Id);
                if (changed.Moves) moved.Add(state.Id);
                restored.Add(state);
                done.Add(change);
            }
            else if (held.Contains(state.Id)) so.Leave($"{state.Party.Name} has been used since and stays.");
            else
            {
                removed.Add(state);
                done.Add(change);
            }
        }
        restored.ExceptWith(removed);
        await WriteAsync(removed, [.. restored], ct);
        await Dialect.DeleteAsync(db, done, ct);
        if (removed.Count > 0) db.Happened(new PartiesTakenBack(removed.ConvertAll(s => s.Id)), by);
        if (retiered.Count > 0) db.Happened(new TiersChanged([.. retiered]), by);
        if (moved.Count > 0) db.Happened(new PlacesChanged([.. moved]), by);
        db.Note("people.taken-back", $"imports/{run.Id}", new { removed = removed.Count, restored = restored.Count, left = changes.Count - done.Count });
        await documents.IndexAsync([.. restored.Select(s => s.Id)], ct);
        await db.SaveOrThrowAsync(by, ct);
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
}
