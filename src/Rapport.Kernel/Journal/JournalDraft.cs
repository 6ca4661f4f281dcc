using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Journal;

/// <summary>A change that is about to be written into the journal.</summary>
internal sealed record JournalDraft(string Deed, string Subject, string Content)
{
    public static JournalDraft Of(string deed, string subject, object content) => new(deed, subject, JsonSerializer.Serialize(content, Json.Options));

    /// <summary>Every tracked change of a journaled record, with what it was before and is after.</summary>
    public static IEnumerable<JournalDraft> From(ChangeTracker changes) =>
        from entry in changes.Entries()
        where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && entry.Metadata.GetRootType().FindAnnotation(Journaling.Annotation) is not null
        where entry.State != EntityState.Modified || entry.Properties.Any(IsTold)
        select Of(DeedOf(entry), SubjectOf(entry), new { before = Values(entry, before: true), after = Values(entry, before: false) });

    // A change of nothing but secrets and counters says nothing that a reader of the journal could use.
    private static bool IsTold(PropertyEntry property) =>
        property.IsModified && property.Metadata.Name != nameof(IVersioned.Version) && property.Metadata.FindAnnotation(Journaling.SecretAnnotation) is null;

    private static string DeedOf(EntityEntry entry) => entry.State switch
    {
        EntityState.Added => "added",
        EntityState.Deleted => "removed",
        _ => "changed",
    };

    private static string SubjectOf(EntityEntry entry) =>
        $"{entry.Metadata.GetTableName()}/{string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.CurrentValues[p]))}";

    private static Dictionary<string, object?>? Values(EntityEntry entry, bool before)
    {
        if (before ? entry.State == EntityState.Added : entry.State == EntityState.Deleted) return null;
        return entry.Properties
            .Where(p => entry.State != EntityState.Modified || p.IsModified)
            .Where(p => p.Metadata.FindAnnotation(Journaling.SecretAnnotation) is null)
            .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Metadata.Name), p => before ? p.OriginalValue : p.CurrentValue);
    }
}

/// <summary>Which records the journal keeps, said where their table is mapped.</summary>
public static class Journaling
{
    internal const string Annotation = "Rapport:Journaled";
    internal const string SecretAnnotation = "Rapport:Secret";

    /// <summary>Every change of these records is written into the journal.</summary>
    public static EntityTypeBuilder<T> Journaled<T>(this EntityTypeBuilder<T> builder) where T : class
    {
        builder.HasAnnotation(Annotation, true);
        return builder;
    }

    /// <summary>The journal never shows this value: a hash of a password, a key, or a counter of no interest.</summary>
    public static PropertyBuilder<T> Unjournaled<T>(this PropertyBuilder<T> builder)
    {
        builder.HasAnnotation(SecretAnnotation, true);
        return builder;
    }
}
