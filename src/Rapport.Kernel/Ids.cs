using System.Diagnostics.CodeAnalysis;

namespace Rapport.Kernel;

/// <summary>An id of one kind of thing: 16 bytes, version 7, so that ids sort by the time they were made (RFC 9562).</summary>
/// <remarks>An id is never a permission. Minimal APIs bind it from routes through <see cref="TryParse"/>.</remarks>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    /// <summary>The 16 bytes.</summary>
    Guid Value { get; }

    /// <summary>Wraps a value that is known to be an id of this kind.</summary>
    static abstract TSelf From(Guid value);

    /// <summary>Reads the canonical text form; false when it is anything else.</summary>
    static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TSelf id)
    {
        var parsed = Guid.TryParse(text, out var value);
        id = TSelf.From(value);
        return parsed;
    }
}

/// <summary>An id that is also a moment: a row's place in a ledger ordered by time. See <see cref="Moments"/>.</summary>
public interface IMomentId<TSelf> where TSelf : struct, IMomentId<TSelf>
{
    /// <summary>Microseconds since 1970 in the upper bits, a tie-break in the lower ten.</summary>
    long Value { get; }

    /// <summary>Wraps a value that is known to be an id of this kind.</summary>
    static abstract TSelf From(long value);

    /// <summary>Reads the decimal text form; false when it is anything else.</summary>
    static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TSelf id)
    {
        var parsed = long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value);
        id = TSelf.From(value);
        return parsed;
    }
}

/// <summary>Makes ids.</summary>
public static class Ids
{
    /// <summary>A new id whose first 48 bits are the clock's milliseconds.</summary>
    public static TId New<TId>(TimeProvider clock) where TId : struct, IId<TId> => TId.From(NewGuid(clock.GetUtcNow()));

#pragma warning disable RS0030 // The one place where ids come from.
    internal static Guid NewGuid(DateTimeOffset at) =>
        Guid.CreateVersion7(at < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : at);
#pragma warning restore RS0030
}

/// <summary>The arithmetic of ids that are moments: newest first is then simply the id descending, also inside a full-text index.</summary>
public static class Moments
{
    /// <summary>Bits kept for telling apart what happened in the same microsecond.</summary>
    public const int TieBits = 10;

    /// <summary>The id of something at <paramref name="at"/>; holds for the years 1678 to 2255, outside it is clamped.</summary>
    /// <param name="at">When it happened.</param>
    /// <param name="tie">Any number; only its lowest ten bits count.</param>
    public static long Key(DateTimeOffset at, int tie)
    {
        var micros = Math.Clamp((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond, long.MinValue >> TieBits, long.MaxValue >> TieBits);
        return (micros << TieBits) | (uint)(tie & ((1 << TieBits) - 1));
    }

    /// <summary>The moment that a key stands for, to the microsecond.</summary>
    public static DateTimeOffset At(long key) => DateTimeOffset.UnixEpoch.AddTicks((key >> TieBits) * TimeSpan.TicksPerMicrosecond);
}
