namespace Rapport.Kernel;

/// <summary>One thing said, at a time, on a channel. Stands on the ground floor because evidence on every floor points to one.</summary>
/// <remarks>The id is its moment (see <see cref="Moments"/>), so that newest first is the id descending.</remarks>
public readonly record struct InteractionId(long Value) : IMomentId<InteractionId>
{
    /// <inheritdoc/>
    public static InteractionId From(long value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
