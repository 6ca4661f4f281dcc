using System.Diagnostics.CodeAnalysis;

namespace Rapport.Kernel;

/// <summary>Why something was refused, as the edge must answer it.</summary>
public enum RefusalKind
{
    /// <summary>What was sent cannot be accepted: 422.</summary>
    Invalid,
    /// <summary>There is no such thing, or none that the actor may know of: 404.</summary>
    Missing,
    /// <summary>It clashes with the present state: 409.</summary>
    Conflict,
    /// <summary>The actor may see it but not do this: 403.</summary>
    Forbidden,
    /// <summary>It is no longer what the actor saw and asked for: 412.</summary>
    Stale,
}

/// <summary>A deed that was not done, and why. A value, not an exception.</summary>
/// <param name="Kind">How the edge answers.</param>
/// <param name="Code">Stable for programs, like <c>commitment.closed</c>.</param>
/// <param name="Message">For people: what is wrong and what to do.</param>
/// <param name="Field">The input it is about, in the API's spelling; null when it is about no single one.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null)
{
    /// <summary>What was sent cannot be accepted.</summary>
    public static Refusal Invalid(string code, string message, string? field = null) => new(RefusalKind.Invalid, code, message, field);

    /// <summary>There is no such thing, or none that the actor may know of.</summary>
    /// <param name="thing">What people call it: "contact point" makes the code <c>contact-point.missing</c>.</param>
    public static Refusal Missing(string thing) => new(RefusalKind.Missing, $"{thing.Replace(' ', '-')}.missing", $"There is no such {thing}, or it is not visible to you.");

    /// <summary>It clashes with the present state.</summary>
    public static Refusal Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);

    /// <summary>It is no longer the version that the actor asked to change.</summary>
    public static Refusal Stale(string code, string message) => new(RefusalKind.Stale, code, message);

    /// <summary>The actor may see it but not do this.</summary>
    public static Refusal Forbidden(string code, string message) => new(RefusalKind.Forbidden, code, message);
}

/// <summary>What a deed gave, or why it was refused.</summary>
public readonly struct Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>What was given; meaningful only when <see cref="Refusal"/> is null.</summary>
    public T? Value { get; }

    /// <summary>Why nothing was given; null when something was.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether something was given.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (Value, Refusal);
        return refusal is null;
    }

    /// <summary>A result from what was given.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A result from a refusal.</summary>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
