using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rapport.Kernel.Search;

/// <summary>Where a document stands in the index. The place itself says kind and weight, so that the best of a kind are simply the first rows of a range.</summary>
internal static class SearchPlace
{
    private const int KindShift = 60, WeightShift = 53;
    private const int HighestWeight = 127;

    /// <summary>The first place of a document's kind and weight, the heaviest first; there are 53 bits of places behind it.</summary>
    public static long FirstOf(SearchDocument document) =>
        First(document.Key.Kind) | ((long)(HighestWeight - Math.Clamp(document.Weight, 0, HighestWeight)) << WeightShift);

    /// <summary>Just after the last place of the kind and weight that begin here.</summary>
    public static long EndOf(long first) => first + (1L << WeightShift);

    /// <summary>A place that nobody has to ask for: 53 bits of the id's hash.</summary>
    public static long Of(SearchDocument document) => FirstOf(document) | Spread(document.Key.Ref);

    /// <summary>The first place of a kind; its places end before those of the next kind.</summary>
    public static long First(SearchKind kind) => (long)(int)kind << KindShift;

    /// <summary>Just after the last place of a kind.</summary>
    public static long End(SearchKind kind) => First(kind + 1);

    private static long Spread(Guid id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(id.ToByteArray(), hash);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> (64 - WeightShift));
    }
}
