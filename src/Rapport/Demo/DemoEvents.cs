namespace Rapport.Demo;

/// <summary>Something that happened; a mail's key is its Message-ID without angle brackets.</summary>
internal abstract record DemoEvent(string Key, DateTimeOffset At);

/// <summary>A complete RFC 5322 message and the members' mailboxes (addresses) it lies in; outgoing ones lie in their sender's Sent folder.</summary>
internal sealed record DemoMail(
    string Key, DateTimeOffset At, byte[] Raw, IReadOnlyList<string> Mailboxes, string From, DemoDirection Direction, DemoMailKind Kind, string Thread) : DemoEvent(Key, At);

/// <summary>A call, visit, meeting, chat or note as the member wrote it down; participants are keys of the persons beside the member.</summary>
internal sealed record DemoTalk(
    string Key, DateTimeOffset At, DemoTalkKind Kind, DemoDirection Direction, string Member, IReadOnlyList<string> Participants, TimeSpan? Duration, string Subject, string Text, string Thread) : DemoEvent(Key, At);

/// <summary>How people spoke.</summary>
internal enum DemoTalkKind { Call, Visit, Meeting, Chat, Note }

/// <summary>Which way it went, seen from us.</summary>
internal enum DemoDirection { Inbound, Outbound, Mutual, Internal }

/// <summary>What wrote the mail: a person, an absence answer, a newsletter, a machine.</summary>
internal enum DemoMailKind { Human, AutomaticReply, Newsletter, Robot }

/// <summary>A promise: exact words from the event they were said in, and what became of it, in time order; without outcomes it is open.</summary>
internal sealed record DemoPromise(
    string Key, string Words, string SaidIn, DateTimeOffset SaidAt, DemoSide Side, string Promiser, string Recipient, string DuePhrase, DateTimeOffset Due, IReadOnlyList<DemoOutcome> Outcomes);

/// <summary>Whose promise it is.</summary>
internal enum DemoSide { Ours, Theirs }

/// <summary>What became of a promise at a moment: the event that proves it where there is one, the new due when it was agreed anew, the member who took it over.</summary>
internal sealed record DemoOutcome(DemoOutcomeKind Kind, DateTimeOffset At, string? Event, DateTimeOffset? NewDue, string? NewDuePhrase, string? To);

/// <summary>The ends and turns of a promise; kept and kept late both carry their proof.</summary>
internal enum DemoOutcomeKind { Kept, KeptLate, Broken, Renegotiated, Released, HandedOver }

/// <summary>A question of theirs, in their words, that nobody has answered.</summary>
internal sealed record DemoQuestion(string Words, string AskedIn, string Asker);
