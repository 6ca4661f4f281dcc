using Rapport.Customers;

namespace Rapport.Commitments.Api;

/// <summary>A commitment to write down.</summary>
/// <param name="Due">By when, in spoken words ("by Friday"); null for no date.</param>
/// <param name="AlsoTo">Whom else it was made to.</param>
/// <param name="Owner">Who is to be accountable; it is offered to them. Null for whoever writes.</param>
internal sealed record NewCommitmentBody(Side Side, string? Words, PartyId With, string? Due, InteractionId? SaidIn, MemberId? Owner, Weight? Weight, PromiseKind? Kind = null, IReadOnlyList<PartyId>? AlsoTo = null);

/// <summary>What shows that it was kept; nothing at all is on the word of who says so.</summary>
internal sealed record ProofBody(InteractionId? Interaction, string? Words);

/// <summary>Why it was late or not kept.</summary>
internal sealed record CauseBody(BreakCause? Cause, string? Why);

/// <summary>The reason, in words.</summary>
internal sealed record WhyBody(string? Why);

/// <summary>The new date in spoken words, and how it was agreed.</summary>
internal sealed record NewDateBody(string? Due, string? Agreement);

/// <summary>Whom it goes to.</summary>
internal sealed record HandOverBody(MemberId To, string? Note);

/// <summary>Where whom it was promised to sees it; and the links of the others, where it was made to several.</summary>
internal sealed record RecipientLinkAnswer(string Url, IReadOnlyList<OtherLink> Others);

/// <summary>The link of one of them.</summary>
internal sealed record OtherLink(PartyId Party, string Name, string Url);

/// <summary>Words to read as a due date, said at a moment (now when null) to somebody.</summary>
internal sealed record DueQuestion(string? Due, Side? Side, PartyId? With, DateTimeOffset? SaidAt);

/// <summary>What is about to be promised to somebody, by when in spoken words; <c>owner</c> is who is to answer for it, whoever asks when null.</summary>
internal sealed record OutlookQuestion(string? Due, string? Words, PartyId? With, MemberId? Owner, DateTimeOffset? SaidAt);
