using Rapport.Kernel.Database;

namespace Rapport.Webhooks;

/// <summary>Which endpoint.</summary>
public readonly record struct WebhookId(Guid Value) : IId<WebhookId>
{
    /// <inheritdoc/>
    public static WebhookId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An address of another program that is told what happens. It is the administrators', and hears what everybody here may see, or a member's, and hears what they may see.</summary>
internal sealed class Webhook : IVersioned
{
    public const int LongestName = 100, LongestUrl = 500;
    /// <summary>After so long without one success it is turned off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);
    /// <summary>So long what is told is signed by the old secret as well.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    public WebhookId Id { get; init; }
    public string Name { get; set; } = "";
    public string Url { get; set; } = "";
    /// <summary>Whose it is; null for the administrators'.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>The names of what it hears of, separated by spaces; empty for everything.</summary>
    public string Kinds { get; set; } = "";
    /// <summary>Sealed.</summary>
    public string Secret { get; set; } = "";
    public string? OldSecret { get; set; }
    public DateTimeOffset? OldSecretUntil { get; set; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? PausedAt { get; set; }
    /// <summary>Turned off by Rapport, because it failed for too long or said that it is gone.</summary>
    public DateTimeOffset? OffAt { get; set; }
    public string? OffBecause { get; set; }
    /// <summary>The first failure since the last success, or since it was not tried for longer than the pauses are.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    /// <summary>Which session delivers to it, and until when nobody else does.</summary>
    public Guid? Holder { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }
    public int Version { get; set; }

    public bool Hears(string kind) => Kinds.Length == 0 || kind == EventKind.Test.Name || Kinds.Split(' ').Contains(kind);

    /// <summary>Takes it up again, whoever turned it off.</summary>
    public void TurnOn() => (PausedAt, OffAt, OffBecause, FailingSince) = (null, null, null, null);

    /// <summary>The secrets that sign what is told now, the newest first; sealed.</summary>
    public IEnumerable<string> Secrets(DateTimeOffset now) => OldSecret is { } old && OldSecretUntil > now ? [Secret, old] : [Secret];
}
