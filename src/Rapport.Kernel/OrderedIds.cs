namespace Rapport.Kernel;

/// <summary>Makes ids that sort exactly in the order they were made, also within a millisecond, where those of <see cref="Ids"/> sort by chance. For deeds that later ask which of several they made first. One is for one thread.</summary>
public sealed class OrderedIds(TimeProvider clock)
{
    private const int CountBits = 18;

    private long _millisecond;
    private int _count;

    /// <summary>A new id, version 7, whose bits behind the milliseconds count (RFC 9562, 6.2, method 1).</summary>
    public TId New<TId>() where TId : struct, IId<TId>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        (_millisecond, _count) = now > _millisecond ? (now, 0) : _count + 1 < 1 << CountBits ? (_millisecond, _count + 1) : (_millisecond + 1, 0);
        Span<byte> bytes = stackalloc byte[16];
        Ids.NewGuid(DateTimeOffset.FromUnixTimeMilliseconds(_millisecond)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | _count >> 14);
        bytes[7] = (byte)(_count >> 6);
        bytes[8] = (byte)(0x80 | _count & 0x3F);
        return TId.From(new Guid(bytes, bigEndian: true));
    }
}
