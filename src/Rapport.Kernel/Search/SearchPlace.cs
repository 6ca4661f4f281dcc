using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rapport.Kernel.Search;

/// <summary>Where a document stands in the index. The place itself says kind and weight, so that the best of a kind are simply the first rows of a range.</summary>
internal static class SearchPlace
{
    private const int KindShift = 60, WeightShift = 53;
    private const int HighestWeight = 127;

    /// <summary>The place of a document: kind, then weight with the heaviest first, then 53 bits of its id's hash.</summary>
    public static long Of(SearchDocument document)
    {
        var weight = HighestWeight - Math.Clamp(document.Weight, 0, HighestWeight);
        return First(document.Key.Kind) | ((long)weight << WeightShift) | Spread(document.Key.Ref);
    }

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
