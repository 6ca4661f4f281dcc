using Rapport.Customers;

namespace Rapport.Updates;

/// <summary>What a word of a notice is for. Names are stored, so they are not renamed.</summary>
public enum WordKind
{
    /// <summary>It began.</summary>
    Beginning,
    /// <summary>It concerns more people: they are told that it began.</summary>
    Widening,
    /// <summary>How it stands now, to everybody it concerns.</summary>
    Update,
    /// <summary>It is over, to everybody who was told that it began.</summary>
    AllClear,
}

/// <summary>Whom a notice is for: those whom a filter of the customers' list holds, with the people of the organisations among them, and some chosen one by one. An empty filter holds nobody.</summary>
public record Audience
{
    /// <summary>Only of this tier.</summary>
    public Tier? Tier { get; init; }
    /// <summary>Only of this standing.</summary>
    public Standing? Standing { get; init; }
    /// <summary>Only those this member answers for.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>Only those who pay, or only those who do not.</summary>
    public bool? Pays { get; init; }
    /// <summary>Only the people of this organisation and its units.</summary>
    public PartyId? Organization { get; init; }
    /// <summary>Those chosen one by one; of an organisation, its people.</summary>
    public IReadOnlyList<PartyId> People { get; init; } = [];

    /// <summary>Whether its filter says anything.</summary>
    public bool HasFilter => Tier is not null || Standing is not null || Owner is not null || Pays is not null || Organization is not null;
}

/// <summary>One word of a notice, as it was said: never changed. The last columns say how far the telling is, so that it goes on where it was interrupted.</summary>
public sealed class NoticeWord
{
    /// <summary>Of which notice.</summary>
    public NoticeId Notice { get; init; }
    /// <summary>Its place among its words, from 1.</summary>
    public int Place { get; init; }
    /// <summary>What it is for.</summary>
    public WordKind Kind { get; init; }
    /// <summary>How it stands, in words; empty where the notice says it all.</summary>
    public string Words { get; init; } = "";
    /// <summary>When it was said.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>By whom.</summary>
    public MemberId By { get; init; }
    /// <summary>When it was expected to be over, as this word says.</summary>
    public DateTimeOffset? ExpectedEnd { get; init; }
    /// <summary>How sure that was.</summary>
    public Confidence Confidence { get; init; }
    /// <summary>When the next word was to come.</summary>
    public DateTimeOffset? NextWord { get; init; }
    /// <summary>The end that was expected before; null unless this word moves it.</summary>
    public DateTimeOffset? EndBefore { get; init; }
    /// <summary>For whom, by a filter; null without one.</summary>
    public Tier? Tier { get; init; }
    /// <summary>The same.</summary>
    public Standing? Standing { get; init; }
    /// <summary>The same.</summary>
    public MemberId? OwnedBy { get; init; }
    /// <summary>The same.</summary>
    public bool? Pays { get; init; }
    /// <summary>The same.</summary>
    public PartyId? Organization { get; init; }
    /// <summary>Why it concerns those whom the filter holds: "tier A customers of Ada Berg".</summary>
    public string Reason { get; init; } = "";
    /// <summary>The filter is resolved so far.</summary>
    public PartyId? ResolvedTo { get; set; }
    /// <summary>It is resolved: whom it concerns is frozen.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
    /// <summary>Told so far.</summary>
    public PartyId? ToldTo { get; set; }
    /// <summary>Everybody who can be told has it in the ledger.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>What it says of how long it takes.</summary>
    public Outlook Outlook => new(ExpectedEnd, Confidence, NextWord);

    internal Audience Audience => new() { Tier = Tier, Standing = Standing, Owner = OwnedBy, Pays = Pays, Organization = Organization };
}

/// <summary>That a notice concerns somebody, and why: frozen when it was sent (U3).</summary>
public sealed class Affected
{
    /// <summary>The longest reason.</summary>
    public const int LongestReason = 300;

    /// <summary>The notice.</summary>
    public NoticeId Notice { get; init; }
    /// <summary>Whom.</summary>
    public PartyId Party { get; init; }
    /// <summary>The word by which it came to concern them.</summary>
    public int Place { get; init; }
    /// <summary>Why: "tier A customers of Ada Berg", "chosen by hand".</summary>
    public string Reason { get; init; } = "";
    /// <summary>The last word that was for them; 0 before the first.</summary>
    public int LastPlace { get; set; }
}

/// <summary>Why somebody was not told. Names are stored, so they are not renamed.</summary>
public enum NotTold
{
    /// <summary>Nobody knows an address of theirs.</summary>
    NoAddress,
    /// <summary>They asked not to be written to there.</summary>
    AskedNot,
    /// <summary>Mail to them comes back for good, or they complained of some.</summary>
    Suppressed,
    /// <summary>They unsubscribed from such notices.</summary>
    Unsubscribed,
    /// <summary>They never dealt with us.</summary>
    NeverDealt,
    /// <summary>Somebody else is told at the same address.</summary>
    SameAddress,
}

/// <summary>One word of a notice to one of those whom it concerns: the mail by which they are told, or why there is none.</summary>
public sealed class Telling
{
    /// <summary>The longest reason why somebody is not told.</summary>
    public const int LongestWhy = 400;

    /// <summary>The notice.</summary>
    public NoticeId Notice { get; init; }
    /// <summary>Which of its words.</summary>
    public int Place { get; init; }
    /// <summary>To whom.</summary>
    public PartyId Party { get; init; }
    /// <summary>The mail; null when there is none.</summary>
    public InteractionId? Interaction { get; init; }
    /// <summary>Where it goes, as addresses are compared; empty when it goes nowhere.</summary>
    public string Address { get; init; } = "";
    /// <summary>Why there is none.</summary>
    public NotTold? NotTold { get; init; }
    /// <summary>The same in words.</summary>
    public string Why { get; init; } = "";
    /// <summary>It was taken back before it left: a later word, the all-clear or an unsubscribe came first.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
}

/// <summary>That nothing of a topic is sent to an address by e-mail any more (U6). Undone, it is gone.</summary>
internal sealed class Unsubscribed
{
    public string Address { get; init; } = "";
    public NoticeKind Topic { get; init; }
    public Channels.DispatchChannel Channel { get; init; }
    public DateTimeOffset At { get; init; }
}
