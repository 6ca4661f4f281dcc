namespace Rapport.Kernel;

/// <summary>One thing said, at a time, on a channel. Stands on the ground floor because evidence on every floor points to one.</summary>
/// <remarks>The id is its moment (see <see cref="Moments"/>), so that newest first is the id descending.</remarks>
public readonly record struct InteractionId(long Value) : IMomentId<InteractionId>, IComparable<InteractionId>
{
    /// <inheritdoc/>
    public static InteractionId From(long value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>By moment.</summary>
    public int CompareTo(InteractionId other) => Value.CompareTo(other.Value);
    /// <summary>Earlier.</summary>
    public static bool operator <(InteractionId left, InteractionId right) => left.Value < right.Value;
    /// <summary>Later.</summary>
    public static bool operator >(InteractionId left, InteractionId right) => left.Value > right.Value;
    /// <summary>Not later.</summary>
    public static bool operator <=(InteractionId left, InteractionId right) => left.Value <= right.Value;
    /// <summary>Not earlier.</summary>
    public static bool operator >=(InteractionId left, InteractionId right) => left.Value >= right.Value;
}
