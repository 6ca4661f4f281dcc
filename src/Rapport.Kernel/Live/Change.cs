using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Live;

/// <summary>What a change is of. Names are stored, so they are not renamed.</summary>
public enum ChangeKind
{
    /// <summary>What is shown of it is no longer right.</summary>
    Changed,
    /// <summary>Somebody came to look at it or to write, or went.</summary>
    CameOrWent,
}

/// <summary>That things changed, for pages that show them: written in the transaction of the change, in the order of the commits, and forgotten within the hour. It tells which, never what.</summary>
internal sealed class ChangeRow
{
    public const int MostAbout = 500, IdBytes = 16;

    public long Position { get; init; }
    public DateTimeOffset At { get; init; }
    public ChangeKind Kind { get; init; }
    /// <summary>The ids, one behind the other; null when it concerns whoever looks.</summary>
    public byte[]? About { get; init; }

    public static IEnumerable<ChangeRow> Of(ChangeKind kind, IReadOnlyCollection<Guid> about, DateTimeOffset at) =>
        about.Chunk(MostAbout).Select(some => new ChangeRow { At = at, Kind = kind, About = [.. some.SelectMany(Conventions.ToBytes)] });

    public IEnumerable<Guid> Ids() => About is null ? [] : About.Chunk(IdBytes).Select(Conventions.ToGuid);
}

internal sealed class ChangeTable : IEntityTypeConfiguration<ChangeRow>
{
    public void Configure(EntityTypeBuilder<ChangeRow> builder)
    {
        builder.ToTable("changes");
        builder.HasKey(c => c.Position);
        // Counted on and never again from one, or a page that was away would miss what it has not seen.
        builder.Property(c => c.Position).ValueGeneratedOnAdd();
        builder.HasIndex(c => c.At);
    }
}

/// <summary>Which records pages show while they change, said where their table is mapped.</summary>
public static class ShownLive
{
    private const string Annotation = "Rapport:ShownLive";

    /// <summary>Whenever such a record is added, changed or removed, pages that show the things whose ids are in these properties are told.</summary>
    public static EntityTypeBuilder<T> IsShownLive<T>(this EntityTypeBuilder<T> builder, params string[] about) where T : class
    {
        builder.HasAnnotation(Annotation, string.Join(' ', about));
        return builder;
    }

    internal static IEnumerable<Guid> In(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted) || entry.Metadata.FindAnnotation(Annotation)?.Value is not string about) continue;
            foreach (var property in about.Split(' ').Select(entry.Property))
            {
                if (IdOf(property.CurrentValue) is { } now) yield return now;
                // What moved is missed where it was.
                if (property.IsModified && IdOf(property.OriginalValue) is { } before) yield return before;
            }
        }
    }

    private static Guid? IdOf(object? id) => id is null ? null : Guid.Parse(id.ToString()!);
}

/// <summary>What changed since a position.</summary>
/// <param name="Position">Up to here it is told.</param>
/// <param name="Everything">It is not known what: look at everything again.</param>
/// <param name="Changed">What is no longer right.</param>
/// <param name="CameOrWent">Where somebody came or went.</param>
public sealed record Changes(long Position, bool Everything, IReadOnlySet<Guid> Changed, IReadOnlySet<Guid> CameOrWent);

/// <summary>Reads what changed.</summary>
public static class ChangeSets
{
    private const int AtOnce = 50;

    /// <summary>The newest position. Asked before a page is read, it tells from where on the page can be wrong.</summary>
    public static async Task<long> ChangesNowAsync(this RapportDb db, CancellationToken ct) => await db.Set<ChangeRow>().MaxAsync(c => (long?)c.Position, ct) ?? 0;

    /// <summary>What changed since; of a position that is forgotten already, everything did.</summary>
    public static async Task<Changes> ChangesSinceAsync(this RapportDb db, long position, CancellationToken ct)
    {
        var (changed, cameOrWent) = (new HashSet<Guid>(), new HashSet<Guid>());
        var everything = !await db.Set<ChangeRow>().AnyAsync(c => c.Position <= position, ct) && await db.Set<ChangeRow>().AnyAsync(ct);
        while (await db.Set<ChangeRow>().AsNoTracking().Where(c => c.Position > position).OrderBy(c => c.Position).Take(AtOnce).ToListAsync(ct) is { Count: > 0 } rows)
        {
            position = rows[^1].Position;
            everything |= rows.Exists(r => r.About is null);
            foreach (var row in rows) (row.Kind == ChangeKind.Changed ? changed : cameOrWent).UnionWith(row.Ids());
        }
        return new(position, everything, changed, cameOrWent);
    }
}
