using Rapport.Channels;

namespace Rapport.Updates;

/// <summary>A notice as somebody writes it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What happens, in a line.</param>
/// <param name="Affects">What is affected.</param>
/// <param name="Means">What it means for whoever reads it.</param>
/// <param name="Mailbox">From which mailbox it goes out.</param>
/// <param name="Audience">Whom it is for.</param>
public sealed record NewNotice(NoticeKind Kind, Severity Severity, string? Title, string? Affects, string? Means, MailboxId Mailbox, Audience Audience)
{
    /// <summary>Its id, made by whoever writes, so that it is sent once however often it is asked for; a new one when null.</summary>
    public NoticeId? Id { get; init; }
    /// <summary>What we do about it.</summary>
    public string? WeDo { get; init; }
    /// <summary>When it began, or will begin; now when null.</summary>
    public DateTimeOffset? Began { get; init; }
    /// <summary>When it is expected to be over; null while nobody knows.</summary>
    public DateTimeOffset? ExpectedEnd { get; init; }
    /// <summary>How sure that is; likely when null.</summary>
    public Confidence? Confidence { get; init; }
    /// <summary>When the next word comes. Only what is said once and for all (information, a change) may have none.</summary>
    public DateTimeOffset? NextWord { get; init; }
}
