using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>What a line of a brief rests on.</summary>
public enum EvidenceKind
{
    /// <summary>Something that was said.</summary>
    Interaction,
    /// <summary>A judgement.</summary>
    Judgement,
    /// <summary>A promise.</summary>
    Commitment,
    /// <summary>What is on record of the party.</summary>
    Record,
}

/// <summary>Where a line of a brief comes from.</summary>
/// <param name="Href">The page that shows it.</param>
/// <param name="Title">What it is: "e-mail of Fri 20 Nov".</param>
/// <param name="Channel">How it was said, when it was.</param>
public sealed record BriefSource(EvidenceKind Kind, string Href, string Title, Channel? Channel = null);

/// <summary>One line of a brief: evidence, never a guess.</summary>
/// <param name="Words">The line.</param>
/// <param name="Quote">Words as they were said; null without.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Pressing">Late, or waiting for us.</param>
public sealed record BriefLine(string Words, string? Quote, BriefSource Source, bool Pressing = false);

/// <summary>A part of a brief.</summary>
/// <param name="Nothing">What is said where it has no lines.</param>
/// <param name="More">Lines that one page had no room for.</param>
public sealed record BriefSection(string Title, IReadOnlyList<BriefLine> Lines, string Nothing, int More = 0);

/// <summary>The one page to read before speaking to somebody (D1).</summary>
/// <param name="Sentence">Who they are to us.</param>
public sealed record Brief(PartyId Party, string Name, bool IsOrganization, string Sentence, DateTimeOffset MadeAt, IReadOnlyList<BriefSection> Sections);
