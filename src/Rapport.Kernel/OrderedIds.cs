using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rapport.Kernel;

/// <summary>Makes ids that sort exactly in the order they were made, also within a millisecond, where those of <see cref="Ids"/> sort by chance. For deeds that later ask which of several they made first. One is for one thread.</summary>
public sealed class OrderedIds(TimeProvider clock)
{
    private const int CountBits = 18, RandomBytes = 7;

    // Asking for randomness id by id would cost an import more than deciding about its rows.
    private readonly byte[] _random = new byte[RandomBytes * 512];
    private int _used = RandomBytes * 512;
    private long _millisecond;
    private int _count;

    /// <summary>A new id, version 7, whose bits behind the milliseconds count (RFC 9562, 6.2, method 1).</summary>
    public TId New<TId>() where TId : struct, IId<TId>
    {
        var now = Math.Max(0, clock.GetUtcNow().ToUnixTimeMilliseconds());
        (_millisecond, _count) = now > _millisecond ? (now, 0) : _count + 1 < 1 << CountBits ? (_millisecond, _count + 1) : (_millisecond + 1, 0);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, _millisecond << 16 | 0x7000L | (uint)(_count >> 6));
        bytes[8] = (byte)(0x80 | _count & 0x3F);
        Random().CopyTo(bytes[9..]);
        return TId.From(new Guid(bytes, bigEndian: true));
    }

    private ReadOnlySpan<byte> Random()
    {
        if (_used == _random.Length)
        {
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }
        _used += RandomBytes;
        return _random.AsSpan(_used - RandomBytes, RandomBytes);
    }
}
