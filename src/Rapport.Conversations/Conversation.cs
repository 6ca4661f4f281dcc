using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Id of a conversation.</summary>
public readonly record struct ConversationId(Guid Value) : IId<ConversationId>, IComparable<ConversationId>
{
    /// <inheritdoc/>
    public static ConversationId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
    /// <summary>By the time it was made, as both databases sort it.</summary>
    public int CompareTo(ConversationId other) => Value.CompareTo(other.Value);
    /// <summary>Made earlier.</summary>
    public static bool operator <(ConversationId left, ConversationId right) => left.CompareTo(right) < 0;
    /// <summary>Made later.</summary>
    public static bool operator >(ConversationId left, ConversationId right) => left.CompareTo(right) > 0;
    /// <summary>Not made later.</summary>
    public static bool operator <=(ConversationId left, ConversationId right) => left.CompareTo(right) <= 0;
    /// <summary>Not made earlier.</summary>
    public static bool operator >=(ConversationId left, ConversationId right) => left.CompareTo(right) >= 0;
}

/// <summary>Where a conversation stands.</summary>
public enum ConversationState
{
    /// <summary>Needs us, or nobody said otherwise.</summary>
    Open,
    /// <summary>We spoke last and wait for them.</summary>
    Waiting,
    /// <summary>Put away until a time.</summary>
    Snoozed,
    /// <summary>Done.</summary>
    Closed,
}

/// <summary>The thread of interactions about one matter.</summary>
public sealed class Conversation : IVersioned
{
    /// <summary>The longest subject that is kept.</summary>
    public const int LongestSubject = 400;

    /// <summary>Its id.</summary>
    public ConversationId Id { get; init; }
    /// <summary>As the first message says it, without "Re:"; a later change is carried here and shown.</summary>
    public string Subject { get; set; } = "";
    /// <summary>Where it stands.</summary>
    public ConversationState State { get; set; }
    /// <summary>The one member who answers for it.</summary>
    public MemberId? Owner { get; set; }
    /// <summary>The team whose mailbox it came into: it is theirs as long as nobody answers for it.</summary>
    public TeamId? Team { get; set; }
    /// <summary>The customer it is with: the organisation where one is known, else the person.</summary>
    public PartyId? Customer { get; set; }
    /// <summary>The conversation this one was split from, because a stranger answered it.</summary>
    public ConversationId? Related { get; set; }
    /// <summary>The oldest interaction in it.</summary>
    public InteractionId First { get; set; }
    /// <summary>The newest interaction in it.</summary>
    public InteractionId Last { get; set; }
    /// <summary>When that was.</summary>
    public DateTimeOffset LastAt { get; set; }
    /// <summary>How many interactions it has.</summary>
    public int Count { get; set; }
    /// <summary>Since when somebody waits for our reply; null when nobody does.</summary>
    public DateTimeOffset? WaitingSince { get; set; }
    /// <summary>The interaction in which they asked.</summary>
    public InteractionId? WaitingFor { get; set; }
    /// <summary>Who asked.</summary>
    public PartyId? WaitingPerson { get; set; }
    /// <summary>Hidden from Today until then.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }
    /// <summary>What we could know of by then is settled: "no reply needed", "answered elsewhere", closed.</summary>
    public DateTimeOffset? SettledUntil { get; private set; }
    /// <summary>What that was before somebody last said so, for when they take it back.</summary>
    public DateTimeOffset? SettledBefore { get; private set; }
    /// <summary>What was said up to then is settled, because we spoke to them on another channel.</summary>
    public DateTimeOffset? SpokenUntil { get; private set; }
    /// <summary>When somebody last closed, snoozed or reopened it; what they say afterwards opens it again.</summary>
    public DateTimeOffset? StateAt { get; set; }
    /// <summary>Who did.</summary>
    public MemberId? StateBy { get; set; }
    /// <summary>Only robots and newsletters wrote in it: kept apart.</summary>
    public bool Automatic { get; set; }
    /// <summary>Nobody wrote in it who is certainly a human being, nor only robots: lists, ticket systems; or one of those since it was put away. Shown in rows of their own.</summary>
    public bool Unsure { get; set; }
    /// <summary>The mailing list it is on (RFC 2919), whose subscribers are all participants.</summary>
    public string? ListId { get; set; }
    /// <summary>Not everybody who sees it sees all that is in it: what lists show of it is then counted for each reader.</summary>
    public bool Mixed { get; set; }
    /// <summary>The conversation that this one turned out to be a part of.</summary>
    public ConversationId? MergedInto { get; set; }
    /// <summary>The first member or team that may read it, further ones beside it; null when everybody may.</summary>
    public ReaderId? OnlyFor { get; set; }
    /// <summary>Whoever may not read it sees its subject and its people all the same.</summary>
    public bool Outlined { get; set; }
    /// <summary>What the clock that runs here asks of us; null when none does (V12).</summary>
    public ClockKind? Clock { get; private set; }
    /// <summary>Since when it runs.</summary>
    public DateTimeOffset? ClockFrom { get; private set; }
    /// <summary>The channel of what started it.</summary>
    public Channel? ClockChannel { get; private set; }
    /// <summary>The tier by which it was set.</summary>
    public Tier? ClockTier { get; private set; }
    /// <summary>The time there was, as <see cref="Kernel.Calendar.WorkingSpan"/> writes it.</summary>
    public string? ClockTime { get; private set; }
    /// <summary>When its time is over.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The clock that ought to run by what was said, until <see cref="SetClocks"/> has set it; null once it has.</summary>
    internal ClockToSet? Starting { get; private set; }

    /// <summary>Counts an interaction in; the first one in time gives the subject.</summary>
    internal void Take(Interaction interaction, string subject)
    {
        if (Count == 0) First = interaction.Id;
        if (interaction.Id.Value <= First.Value) (First, Subject) = (interaction.Id, subject.Length > 0 ? subject : Subject);
        if (Count == 0 || interaction.Id.Value >= Last.Value) (Last, LastAt) = (interaction.Id, interaction.At);
        // What we note about it among ourselves does not make a person of a robot.
        if (Count == 0 || interaction.Channel != Channel.Note)
            (Automatic, Unsure) = interaction.Voice switch
            {
                Voice.Human => (false, false),
                // In what was put away nobody would see it (V6).
                Voice.Unsure => Count == 0 || Automatic ? (false, true) : (false, Unsure || IsAway),
                Voice.Automatic => Count == 0 ? (true, false) : (Automatic, Unsure),
            };
        Count++;
    }

    /// <summary>Takes over what was another conversation.</summary>
    internal void Absorb(Conversation other)
    {
        if (other.First.Value < First.Value) (First, Subject) = (other.First, other.Subject.Length > 0 ? other.Subject : Subject);
        if (other.Last.Value > Last.Value) (Last, LastAt) = (other.Last, other.LastAt);
        Count += other.Count;
        (Automatic, Unsure) = (Automatic && other.Automatic, Automatic ? other.Unsure : other.Automatic ? Unsure : Unsure && other.Unsure);
        Owner ??= other.Owner;
        Team ??= other.Team;
        Customer ??= other.Customer;
        ListId ??= other.ListId;
        SettleWith(other);
        if (Related == other.Id) Related = null;
    }

    /// <summary>Takes up another conversation by hand: it needs us as soon as either did. What is in it is counted anew.</summary>
    internal void TakeUp(Conversation other)
    {
        Owner ??= other.Owner;
        Customer ??= other.Customer;
        ListId ??= other.ListId;
        SettleWith(other);
        if (Related == other.Id) Related = null;
        StandAs(other);
    }

    /// <summary>Needs us as soon as either did, when this one was put away.</summary>
    internal void StandAs(Conversation other)
    {
        if (IsAway && other.State < State) (State, StateAt, StateBy, SnoozedUntil) = (other.State, other.StateAt, other.StateBy, other.SnoozedUntil);
    }

    /// <summary>What taking up another conversation changes.</summary>
    internal Condition Condition => new(Owner, Customer, ListId, Related, State, StateAt, StateBy, SnoozedUntil, SettledUntil, SpokenUntil);

    /// <summary>Undoes that it took up another one; what somebody did with it since stays.</summary>
    internal void Restore(Condition before, Condition after)
    {
        var now = Condition;
        if (now.Owner == after.Owner) Owner = before.Owner;
        if (now.Customer == after.Customer) Customer = before.Customer;
        if (now.SettledUntil == after.SettledUntil) SettledUntil = before.SettledUntil;
        if (now.SpokenUntil == after.SpokenUntil) SpokenUntil = before.SpokenUntil;
        if (now.StateAt == after.StateAt) (State, StateAt, StateBy, SnoozedUntil) = (before.State, before.StateAt, before.StateBy, before.SnoozedUntil);
        (ListId, Related) = (before.ListId, before.Related);
    }

    /// <summary>Closed or put away until a time.</summary>
    internal bool IsAway => State is ConversationState.Closed or ConversationState.Snoozed;

    /// <summary>Somebody looked at it: where a person has spoken, nothing is unsure any more.</summary>
    internal void Look(IReadOnlyCollection<Said> said) => Unsure &= said.Count == 0;

    /// <summary>What is settled in it without an answer.</summary>
    internal Settled Settled => new(SettledUntil, SpokenUntil);

    /// <summary>Somebody says that everything known by now is settled; said again with nothing new in it, it is the first time that can be taken back.</summary>
    internal void Settle(DateTimeOffset now, IReadOnlyCollection<Said> said)
    {
        if (SettledUntil is null || said.Any(s => s.Known > SettledUntil)) (SettledBefore, SettledUntil) = (SettledUntil, now);
    }

    /// <summary>They take that back: what was settled before stays so.</summary>
    internal void Unsettle() => (SettledUntil, SettledBefore) = (SettledBefore, null);

    /// <summary>Something came in then that nobody has seen until now: what was said of it meanwhile was not meant.</summary>
    internal void Unseen(DateTimeOffset came)
    {
        if (SettledUntil >= came) SettledUntil = came.AddMicroseconds(-1);
        if (StateAt >= came) StateAt = came.AddMicroseconds(-1);
    }

    /// <summary>We spoke to them on another channel.</summary>
    internal void SpokeAt(DateTimeOffset at) => SpokenUntil = SpokenUntil > at ? SpokenUntil : at;

    /// <summary>It was a part of another conversation, in which this was settled.</summary>
    internal void SettleAsIn(Conversation other) => (SettledUntil, SpokenUntil) = (other.SettledUntil, other.SpokenUntil);

    // What was asked in either, and is not settled there, stays asked.
    private void SettleWith(Conversation other)
    {
        (SettledUntil, SpokenUntil) = (Until(SettledUntil, other.SettledUntil), Until(SpokenUntil, other.SpokenUntil));

        DateTimeOffset? Until(DateTimeOffset? one, DateTimeOffset? two)
        {
            var settled = one > two ? one : two ?? one;
            foreach (var since in new[] { WaitingSince, other.WaitingSince })
                if (since <= settled) settled = since.Value.AddMicroseconds(-1);
            return settled;
        }
    }

    /// <summary>Somebody says where it stands; put away until a time, where it is.</summary>
    internal void Put(ConversationState state, Actor by, DateTimeOffset now, DateTimeOffset? until = null) =>
        (State, StateAt, StateBy, SnoozedUntil) = (state, now, by.Id == default ? null : by.Id, until);

    /// <summary>Says who waits, from what was said; a closed or snoozed one opens again when they spoke since. Whether it did.</summary>
    internal bool Reckon(IReadOnlyCollection<Said> said)
    {
        var waiting = WaitingRule.Of(said, Settled, ListId is not null);
        (WaitingSince, WaitingFor, WaitingPerson) = (waiting?.Since, waiting?.For, waiting?.Person);
        var back = Restate(said);
        StartClock(said);
        return back;
    }

    private bool Restate(IReadOnlyCollection<Said> said)
    {
        if (said.Count == 0) return false;
        var (last, away) = (said.MaxBy(s => s.Id.Value), IsAway);
        if (away && !said.Any(s => s.Direction == Direction.Inbound && s.Known > StateAt)) return false;
        SnoozedUntil = null;
        Look(said);
        State = last is { Direction: Direction.Outbound, Asks: true } ? ConversationState.Waiting : ConversationState.Open;
        return away;
    }

    /// <summary>Says which clock ought to run by what was said; <see cref="SetClocks"/> sets it.</summary>
    internal void StartClock(IReadOnlyCollection<Said> said)
    {
        var waiting = WaitingRule.Of(said, Settled, ListId is not null);
        Starting = new(State == ConversationState.Closed ? null : ClockRule.Of(said, waiting, Settled, ListId is not null));
    }

    /// <summary>Sets the clock: until when, by which tier and which time. Without an end none runs.</summary>
    internal void SetClock(ClockStart? start, Tier tier, string? time, DateTimeOffset? due)
    {
        Starting = null;
        (Clock, ClockFrom, ClockChannel, ClockTier, ClockTime, DueAt) = (null, null, null, null, null, null);
        if (start is { } s && due is not null) (Clock, ClockFrom, ClockChannel, ClockTier, ClockTime, DueAt) = (s.Kind, s.From, s.Channel, tier, time, due);
    }
}

/// <summary>Where a conversation stands and whose it is.</summary>
internal sealed record Condition(MemberId? Owner, PartyId? Customer, string? ListId, ConversationId? Related, ConversationState State, DateTimeOffset? StateAt, MemberId? StateBy, DateTimeOffset? SnoozedUntil, DateTimeOffset? SettledUntil, DateTimeOffset? SpokenUntil = null);
