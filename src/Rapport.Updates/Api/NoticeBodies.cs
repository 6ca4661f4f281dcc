using Rapport.Channels;
using Rapport.Customers;

namespace Rapport.Updates.Api;

/// <summary>A notice to send. The id may be made by whoever sends, so that it is sent once.</summary>
internal sealed record NewNoticeBody(
    NoticeId? Id, NoticeKind Kind, Severity Severity, string? Title, string? Affects, string? Means, string? WeDo, DateTimeOffset? Began, DateTimeOffset? ExpectedEnd, Confidence? Confidence, DateTimeOffset? NextWord, MailboxId Mailbox, Audience? Audience)
{
    public NewNotice ToNotice() => new(Kind, Severity, Title, Affects, Means, Mailbox, Audience ?? new()) { Id = Id, WeDo = WeDo, Began = Began, ExpectedEnd = ExpectedEnd, Confidence = Confidence, NextWord = NextWord };
}

/// <summary>Whom a notice would concern.</summary>
internal sealed record PreviewBody(NoticeKind Kind, Audience? Audience);

/// <summary>How it ended, in words, and from which mailbox that is said; both may be left out.</summary>
internal sealed record AllClearBody(string? Words, MailboxId? Mailbox = null);

/// <summary>Whom it concerns as well, and from which mailbox they are told; that may be left out.</summary>
internal sealed record WiderAudience : Audience
{
    public MailboxId? Mailbox { get; init; }
}
