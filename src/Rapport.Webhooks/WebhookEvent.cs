using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;

namespace Rapport.Webhooks;

/// <summary>Which event: the <c>webhook-id</c>, the same however often and to whomever it is told.</summary>
public readonly record struct WebhookEventId(Guid Value) : IId<WebhookEventId>, IComparable<WebhookEventId>
{
    /// <inheritdoc/>
    public static WebhookEventId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
    /// <summary>By the time it was written down, as both databases sort it.</summary>
    public int CompareTo(WebhookEventId other) => Value.CompareTo(other.Value);
    /// <summary>Written down earlier.</summary>
    public static bool operator <(WebhookEventId left, WebhookEventId right) => left.CompareTo(right) < 0;
    /// <summary>Written down later.</summary>
    public static bool operator >(WebhookEventId left, WebhookEventId right) => left.CompareTo(right) > 0;
    /// <summary>Not written down later.</summary>
    public static bool operator <=(WebhookEventId left, WebhookEventId right) => left.CompareTo(right) <= 0;
    /// <summary>Not written down earlier.</summary>
    public static bool operator >=(WebhookEventId left, WebhookEventId right) => left.CompareTo(right) >= 0;
}

/// <summary>What other programs can hear of.</summary>
/// <param name="Name">As it stands in <c>type</c>.</param>
/// <param name="Words">For people.</param>
internal sealed record EventKind(string Name, string Words)
{
    public static readonly EventKind
        MessageReceived = new("message.received", "A message came"),
        MessageSent = new("message.sent", "A message of ours left"),
        NoteWritten = new("note.written", "A note was written"),
        Recorded = new("interaction.recorded", "A call, visit or meeting was recorded"),
        Assigned = new("conversation.assigned", "A conversation was given to somebody"),
        Closed = new("conversation.closed", "A conversation was closed"),
        Snoozed = new("conversation.snoozed", "A conversation was put away until a time"),
        Reopened = new("conversation.reopened", "A conversation was taken up again"),
        Tagged = new("conversation.tagged", "A conversation got a tag, or lost one"),
        NoLongerWaits = new("conversation.settled", "Somebody said that no reply is needed, that they were answered elsewhere, or that they wait after all"),
        Merged = new("conversation.merged", "A conversation became a part of another"),
        Split = new("conversation.split", "A conversation was taken out of another"),
        Moved = new("message.moved", "A message was moved to another conversation"),
        Delivered = new("dispatch.delivered", "A mail of ours arrived"),
        Failed = new("dispatch.failed", "A mail of ours did not arrive"),
        Made = new("commitment.made", "A commitment was made"),
        Settled = new("commitment.settled", "A commitment was kept, broken or released"),
        Judged = new("commitment.judged", "Whom it was promised to said whether it was kept"),
        Test = new("webhook.test", "A test");

    /// <summary>All that one can choose to hear of.</summary>
    public static IReadOnlyList<EventKind> All { get; } = [MessageReceived, MessageSent, NoteWritten, Recorded, Assigned, Closed, Snoozed, Reopened, Tagged, NoLongerWaits, Merged, Split, Moved, Delivered, Failed, Made, Settled, Judged];
}

/// <summary>Something that happened, as other programs are told: ids and links, never words (V11).</summary>
internal sealed class WebhookEvent
{
    public WebhookEventId Id { get; init; }
    /// <summary>The same for the same happening, so that it is not told twice when it is heard twice.</summary>
    public string Key { get; init; } = "";
    public string Kind { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Body { get; init; } = "";
    public ConversationId? Conversation { get; init; }
    public InteractionId? Interaction { get; init; }
    public CommitmentId? Commitment { get; init; }
    /// <summary>It is true only once the mail has left: until then it can be taken back.</summary>
    public bool WhenLeft { get; init; }
}

/// <summary>How the telling of an event to an endpoint stands. Names are stored, so they are not renamed.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its time.</summary>
    Waiting,
    /// <summary>It was taken.</summary>
    Delivered,
    /// <summary>Given up after the last attempt.</summary>
    Failed,
    /// <summary>Not told: the endpoint's owner may not see it any more, or the mail never left.</summary>
    Withheld,
}

/// <summary>The telling of an event to an endpoint.</summary>
internal sealed class WebhookDelivery
{
    // What Standard Webhooks recommends, and a day more: in all a little over four days.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    /// <summary>While something waits to be told, it is tried again after so long at most.</summary>
    public static TimeSpan LongestPause => Pauses[^1];

    public WebhookId Webhook { get; init; }
    public WebhookEventId Event { get; init; }
    public DeliveryState State { get; private set; } = DeliveryState.Waiting;
    public DateTimeOffset DueAt { get; private set; }
    /// <summary>Attempts in all: the numbers in the log.</summary>
    public int Attempts { get; private set; }
    /// <summary>Attempts since it was last asked for: the pauses follow these.</summary>
    public int Tries { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public static WebhookDelivery Of(WebhookId webhook, WebhookEventId what, DateTimeOffset now) => new() { Webhook = webhook, Event = what, DueAt = now, ChangedAt = now };

    /// <summary>It was tried, and taken or not.</summary>
    public void Tried(bool taken, DateTimeOffset now)
    {
        (Attempts, Tries, ChangedAt) = (Attempts + 1, Tries + 1, now);
        State = taken ? DeliveryState.Delivered : Tries > Pauses.Length ? DeliveryState.Failed : DeliveryState.Waiting;
        if (State == DeliveryState.Waiting) DueAt = now + Pauses[Tries - 1];
    }

    /// <summary>Not now: what it tells is not true yet.</summary>
    public void PutOff(DateTimeOffset until) => DueAt = until;

    /// <summary>Not at all.</summary>
    public void Withhold(DateTimeOffset now) => (State, ChangedAt) = (DeliveryState.Withheld, now);

    /// <summary>Once more, from the start of the pauses.</summary>
    public void Replay(DateTimeOffset now) => (State, DueAt, Tries, ChangedAt) = (DeliveryState.Waiting, now, 0, now);
}

/// <summary>One attempt to tell it, for the log.</summary>
internal sealed class WebhookAttempt
{
    public const int LongestSaid = 1_000;

    public WebhookId Webhook { get; init; }
    public WebhookEventId Event { get; init; }
    public int Number { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }
    public int Milliseconds { get; init; }
    /// <summary>The beginning of the answer, or what kept it from coming.</summary>
    public string Said { get; init; } = "";
}
