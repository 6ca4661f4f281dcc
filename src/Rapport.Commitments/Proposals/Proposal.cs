using Rapport.Commitments.Reading;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Id of a proposal.</summary>
public readonly record struct ProposalId(Guid Value) : IId<ProposalId>
{
    /// <inheritdoc/>
    public static ProposalId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What became of a proposal. Names are stored, so they are not renamed.</summary>
public enum ProposalState
{
    /// <summary>Nobody has said yet.</summary>
    Open,
    /// <summary>It was one, as it was read.</summary>
    Accepted,
    /// <summary>It was one, and a person put it right.</summary>
    Corrected,
    /// <summary>It was none.</summary>
    Dismissed,
}

/// <summary>A sentence in which somebody seems to commit to something, read out of what was said (K5). It binds nobody until a person confirms it.</summary>
public sealed class Proposal : IVersioned
{
    /// <summary>The longest reasons that are kept.</summary>
    public const int LongestBecause = 500;

    private Proposal() { }

    /// <summary>Its id.</summary>
    public ProposalId Id { get; private init; }
    /// <summary>What it was said in.</summary>
    public InteractionId SaidIn { get; private init; }
    /// <summary>Where its sentence begins in that, in characters.</summary>
    public int Place { get; private init; }
    /// <summary>When it was said.</summary>
    public DateTimeOffset SaidAt { get; private init; }
    /// <summary>Who promises whom.</summary>
    public Side Side { get; private init; }
    /// <summary>The person (or organisation) of theirs it is made to, or who makes it.</summary>
    public PartyId With { get; private init; }
    /// <summary>On whose list it stands: who said it, or who answers for the conversation; nobody's when null.</summary>
    public MemberId? For { get; private init; }
    /// <summary>The sentence.</summary>
    public string Words { get; private init; } = "";
    /// <summary>Of what kind the promise is.</summary>
    public PromiseKind Kind { get; private init; }
    /// <summary>How probable it was, from 0 to 1.</summary>
    public double Probability { get; private init; }
    /// <summary>The log-odds by what is shipped alone; what is learned here is learned beside it.</summary>
    public double Score { get; private init; }
    /// <summary>The words that weighed, for people.</summary>
    public string Because { get; private init; } = "";
    /// <summary>Earliest moment meant; null where no date was read.</summary>
    public DateTimeOffset? DueStart { get; private init; }
    /// <summary>Latest moment meant; null where no date was read.</summary>
    public DateTimeOffset? DueEnd { get; private init; }
    /// <summary>How fine it was said.</summary>
    public DuePrecision? DuePrecision { get; private init; }
    /// <summary>The words it rests on.</summary>
    public string DueWords { get; private init; } = "";
    /// <summary>What became of it.</summary>
    public ProposalState State { get; private set; }
    /// <summary>What it became.</summary>
    public CommitmentId? Commitment { get; private set; }
    /// <summary>Who said so.</summary>
    public MemberId? DecidedBy { get; private set; }
    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>By when; null where no date was read.</summary>
    public Due? Due => DueEnd is { } end ? new(DueStart!.Value, end, DuePrecision!.Value, DueWords) : null;

    /// <summary>Makes one of a sentence.</summary>
    internal static Proposal Of(ProposalId id, ReadSentence read, Said said, Side side, PartyId with, MemberId? member)
    {
        var (because, due) = (string.Join(" · ", read.Because.Where(b => b.Weight > 0).Select(b => b.Words.ReplaceLineEndings(" "))), read.DueAhead);
        return new()
        {
            Id = id, SaidIn = said.Id, Place = read.Start, SaidAt = said.At, Side = side, With = with, For = member, Kind = read.Kind ?? PromiseKind.Action, Probability = read.Probability, Score = read.Shipped,
            Words = Cut(read.Text.ReplaceLineEndings(" "), Commitments.Commitment.LongestWords), Because = Cut(because, LongestBecause),
            DueStart = due?.Start, DueEnd = due?.End, DuePrecision = due?.Precision, DueWords = Cut(due?.Words ?? "", Commitments.Commitment.LongestWords),
        };
    }

    /// <summary>It was one.</summary>
    public Refusal? Accept(CommitmentId made, bool corrected, MemberId by, DateTimeOffset at)
    {
        if (Decided() is { } refusal) return refusal;
        (State, Commitment, DecidedBy, DecidedAt) = (corrected ? ProposalState.Corrected : ProposalState.Accepted, made, by, at);
        return null;
    }

    /// <summary>It was none.</summary>
    public Refusal? Dismiss(MemberId by, DateTimeOffset at)
    {
        if (Decided() is { } refusal) return refusal;
        (State, DecidedBy, DecidedAt) = (ProposalState.Dismissed, by, at);
        return null;
    }

    /// <summary>Nobody has said anything, after all.</summary>
    public Refusal? TakeBack()
    {
        if (State == ProposalState.Open) return Refusal.Conflict("proposal.open", "Nobody has said anything of it yet.");
        (State, Commitment, DecidedBy, DecidedAt) = (ProposalState.Open, null, null, null);
        return null;
    }

    private Refusal? Decided() => State == ProposalState.Open ? null : Refusal.Conflict("proposal.decided", "Somebody has decided this already.");

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}

/// <summary>What was said, as far as reading it for commitments needs it.</summary>
internal sealed record Said(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Text, MemberId? Member, PartyId? Author, bool Imported);
