using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A view as somebody saves it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Query">Its filters, as they stand behind <c>/conversations?</c>.</param>
/// <param name="Sharing">For whom; for oneself when null.</param>
public sealed record NewView(string? Name, string? Query, Sharing? Sharing = null);

/// <summary>What is changed of a saved view; what is null stays.</summary>
public sealed record ViewChange(string? Name = null, string? Query = null, Sharing? Sharing = null);

/// <summary>Saves parts of the inbox under names.</summary>
public sealed class KeepView(RapportDb db, TimeProvider clock)
{
    /// <summary>Saves one.</summary>
    public async Task<Result<SavedViewId>> RunAsync(NewView given, Actor by, CancellationToken ct)
    {
        if (await db.Set<SavedView>().CountAsync(v => v.Owner == by.Id && v.DiscardedAt == null, ct) >= SavedViewQueries.Most) return Refusal.Conflict("view.many", $"You have {SavedViewQueries.Most} saved views. Discard one that you no longer need.");
        var view = new SavedView { Id = Ids.New<SavedViewId>(clock), Owner = by.Id };
        if (Fill(view, new(given.Name ?? "", given.Query ?? "", given.Sharing ?? new(Visibility.Owner)), by) is { } wrong) return wrong;
        db.Add(view);
        return await SaveAsync(view, by, ct) is { } refusal ? refusal : view.Id;
    }

    /// <summary>Gives it another name, other filters or other readers.</summary>
    public async Task<Refusal?> ChangeAsync(SavedViewId id, ViewChange change, Actor by, CancellationToken ct)
    {
        if (await db.SavedViewsFor(by).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return Refusal.Missing("view");
        if (!view.MayChange(by)) return Theirs;
        Tell(view);
        return Fill(view, change, by) ?? await SaveAsync(view, by, ct);
    }

    /// <summary>Throws it away. Those that were thrown away before go for good.</summary>
    public async Task<Refusal?> DiscardAsync(SavedViewId id, Actor by, CancellationToken ct)
    {
        if (await db.SavedViewsFor(by).SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view) return Refusal.Missing("view");
        if (!view.MayChange(by)) return Theirs;
        db.RemoveRange(await db.Set<SavedView>().Where(v => v.Owner == view.Owner && v.DiscardedAt != null).ToListAsync(ct));
        view.DiscardedAt = clock.GetUtcNow();
        return await SaveAsync(view, by, ct);
    }

    /// <summary>Takes that back.</summary>
    public async Task<Refusal?> RestoreAsync(SavedViewId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<SavedView>().SingleOrDefaultAsync(v => v.Id == id, ct) is not { } view || !view.MayChange(by)) return Refusal.Missing("view");
        view.DiscardedAt = null;
        return MayShare(view, by) ?? await SaveAsync(view, by, ct);
    }

    private static Refusal Theirs => Refusal.Forbidden("view.theirs", "Somebody else saved this view. Save one of your own, or ask them.");

    private static Refusal? Fill(SavedView view, ViewChange change, Actor by)
    {
        if (change.Name is not null && view.Rename(change.Name) is { } wrong) return wrong;
        if (change.Query is not null)
        {
            if (!InboxAddress.Normal(change.Query).Succeeded(out var query, out var unread)) return unread;
            view.Query = query;
        }
        if (change.Sharing is not { } sharing) return MayShare(view, by);
        if (sharing.With == Visibility.Participants) return Refusal.Invalid("sharing.view", "A view is for you, a team of yours, or everyone.", "sharing");
        if (sharing.With == Visibility.Team && (sharing.Team is not { } team || !by.Teams.Contains(team.AsReader))) return Refusal.Invalid("sharing.team", "Choose a team to which you belong.", "sharing");
        view.For = sharing.With switch { Visibility.Everyone => null, Visibility.Team => sharing.Team!.Value.AsReader, _ => view.Owner };
        return MayShare(view, by);
    }

    // Who reads changes nothing of what others see.
    private static Refusal? MayShare(SavedView view, Actor by) =>
        view.For == (ReaderId)view.Owner || by.May(Roles.Member) ? null : Refusal.Forbidden("view.read-only", "Readers save views for themselves. Ask somebody who serves customers to share one.");

    private Task<Refusal?> SaveAsync(SavedView view, Actor by, CancellationToken ct)
    {
        Tell(view);
        return db.SaveAsync(by, ct);
    }

    // Open lists of those whose it is or was.
    private void Tell(SavedView view)
    {
        if (view.For is { } reader) db.Changed(reader.Value);
        else db.ChangedForAll();
    }
}
