using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Id of a saved view.</summary>
public readonly record struct SavedViewId(Guid Value) : IId<SavedViewId>
{
    /// <inheritdoc/>
    public static SavedViewId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A part of the inbox that somebody gave a name: its filters as they stand in the address, for oneself, a team or everyone.</summary>
public sealed class SavedView : IVersioned
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;

    /// <summary>Its id.</summary>
    public SavedViewId Id { get; init; }
    /// <summary>Who saved it.</summary>
    public MemberId Owner { get; init; }
    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";
    /// <summary>Its name as lists sort it.</summary>
    public string SortName { get; private set; } = "";
    /// <summary>Its filters, as <see cref="InboxAddress.Normal"/> writes them.</summary>
    public string Query { get; internal set; } = "";
    /// <summary>The member or team whose it is; null when it is everyone's.</summary>
    public ReaderId? For { get; internal set; }
    /// <summary>When it was thrown away; until somebody throws another one away it can be had back.</summary>
    public DateTimeOffset? DiscardedAt { get; internal set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    internal Refusal? Rename(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) return Refusal.Invalid("view.name", $"Write a name of at most {LongestName} characters.", "name");
        (Name, SortName) = (name, TextFold.Fold(name));
        return null;
    }
}

internal sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    // Folding a name can make it longer than it was.
    private const int LongestSortName = 4 * SavedView.LongestName;

    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views").Journaled();
        builder.HasKey(v => v.Id);
        builder.Property(v => v.Name).HasMaxLength(SavedView.LongestName);
        builder.Property(v => v.SortName).HasMaxLength(LongestSortName).Sortable();
        builder.Property(v => v.Query).HasMaxLength(InboxAddress.Longest);
        builder.HasIndex(v => new { v.For, v.SortName });
        builder.HasIndex(v => v.Owner);
    }
}

/// <summary>A saved view as its reader sees it.</summary>
/// <param name="Query">Its filters, as they stand behind <c>/conversations?</c>.</param>
/// <param name="Sharing">For whom it is.</param>
/// <param name="Mine">The reader may rename and discard it.</param>
/// <param name="Count">How many conversations are in it, counted up to a hundred.</param>
/// <param name="Version">Its version, for <c>If-Match</c>.</param>
public sealed record SavedViewRow(SavedViewId Id, string Name, string Query, Sharing Sharing, bool Mine, int Count, int Version);

/// <summary>Reads saved views.</summary>
public sealed class SavedViewQueries(RapportDb db, ConversationQueries conversations)
{
    /// <summary>How many one may have, and how many that others share are listed at most.</summary>
    public const int Most = 50;

    private const int Counted = 100;

    /// <summary>Those that the reader saved, then what others share with their teams or everyone; by name, each with how many conversations the reader sees in it.</summary>
    public async Task<IReadOnlyList<SavedViewRow>> ListAsync(Actor by, CancellationToken ct)
    {
        var seen = db.SavedViewsFor(by).AsNoTracking().OrderBy(v => v.SortName).ThenBy(v => v.Id);
        var rows = new List<SavedViewRow>();
        foreach (var view in await seen.Where(v => v.Owner == by.Id).Take(Most).ToListAsync(ct)) rows.Add(await RowAsync(view, by, ct));
        foreach (var view in await seen.Where(v => v.Owner != by.Id).Take(Most).ToListAsync(ct)) rows.Add(await RowAsync(view, by, ct));
        return rows;
    }

    /// <summary>One of those, listed or not; null when there is none that the reader sees.</summary>
    public async Task<SavedViewRow?> FindAsync(SavedViewId id, Actor by, CancellationToken ct) =>
        await db.SavedViewsFor(by).AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is { } view ? await RowAsync(view, by, ct) : null;

    private async Task<SavedViewRow> RowAsync(SavedView view, Actor by, CancellationToken ct) =>
        new(view.Id, view.Name, view.Query, view.Sharing(), view.MayChange(by), await conversations.CountAsync(InboxAddress.Filter(view.Query, by), Counted, by, ct), view.Version);
}

/// <summary>How to reach saved views.</summary>
internal static class SavedViewSets
{
    /// <summary>Those the actor may see: their own, their teams', everyone's.</summary>
    public static IQueryable<SavedView> SavedViewsFor(this RapportDb db, Actor by)
    {
        var readers = by.Readers;
        return db.Set<SavedView>().Where(v => v.DiscardedAt == null && (v.For == null || readers.Contains(v.For.Value)));
    }

    public static Sharing Sharing(this SavedView view) => view.For switch
    {
        null => new(Visibility.Everyone),
        { } reader when reader == view.Owner => new(Visibility.Owner),
        { } reader => new(Visibility.Team, new(reader.Value)),
    };

    // What others use, managers keep in order when its owner does not.
    public static bool MayChange(this SavedView view, Actor by) => view.Owner == by.Id || view.For != view.Owner && by.May(Roles.Manager);
}
