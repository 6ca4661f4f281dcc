using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Rapport.Kernel.Database;

/// <summary>How values lie in either database. Nothing else in Rapport knows of these differences.</summary>
public static class Conventions
{
    private const string SortableAnnotation = "Rapport:Sortable";

    /// <summary>Enums as their names, moments in UTC, ids as sortable bytes on SQLite and as <c>uuid</c> on PostgreSQL.</summary>
    internal static void Apply(ModelConfigurationBuilder builder, RapportModel model, bool sqlite)
    {
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        if (sqlite)
        {
            builder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();
            builder.Properties<Guid>().HaveConversion<SortableBytes>();
        }
        else
        {
            builder.Properties<DateTimeOffset>().HaveConversion<Utc>();
        }

        foreach (var type in model.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsValueType))
        {
            if (Implements(type, typeof(IId<>)))
                builder.Properties(type).HaveConversion((sqlite ? typeof(IdAsBytes<>) : typeof(IdAsGuid<>)).MakeGenericType(type));
            else if (Implements(type, typeof(IMomentId<>)))
                builder.Properties(type).HaveConversion(typeof(MomentAsLong<>).MakeGenericType(type));
        }
    }

    /// <summary>Marks text that lists are sorted by: it sorts by its code units in both databases, so fold it first.</summary>
    public static PropertyBuilder<string> Sortable(this PropertyBuilder<string> property)
    {
        property.HasAnnotation(SortableAnnotation, true);
        return property;
    }

    /// <summary>Gives sortable text the collation that SQLite has by itself.</summary>
    internal static void SortAsSqliteDoes(IMutableModel model)
    {
        foreach (var property in model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.FindAnnotation(SortableAnnotation) is not null))
            property.SetCollation("C");
    }

    private static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open);

    internal static byte[] ToBytes(Guid value) => value.ToByteArray(bigEndian: true);

    internal static Guid ToGuid(byte[] value) => new(value, bigEndian: true);

    // An expression tree may not call a static interface member itself.
    private static TId Make<TId>(Guid value) where TId : struct, IId<TId> => TId.From(value);

    private static TId MakeMoment<TId>(long value) where TId : struct, IMomentId<TId> => TId.From(value);

    private sealed class SortableBytes() : ValueConverter<Guid, byte[]>(v => ToBytes(v), v => ToGuid(v));

    private sealed class IdAsBytes<TId>() : ValueConverter<TId, byte[]>(v => ToBytes(v.Value), v => Make<TId>(ToGuid(v)))
        where TId : struct, IId<TId>;

    private sealed class IdAsGuid<TId>() : ValueConverter<TId, Guid>(v => v.Value, v => Make<TId>(v))
        where TId : struct, IId<TId>;

    private sealed class MomentAsLong<TId>() : ValueConverter<TId, long>(v => v.Value, v => MakeMoment<TId>(v))
        where TId : struct, IMomentId<TId>;

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        v => (v.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        v => DateTimeOffset.UnixEpoch.AddTicks(v * TimeSpan.TicksPerMicrosecond));

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);
}
