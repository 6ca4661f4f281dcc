using Rapport.Channels;

namespace Rapport.Conversations;

/// <summary>Who may read something that was said (V11).</summary>
/// <param name="Only">Those who may, first whose it is; null when everybody may.</param>
/// <param name="Outlined">The others see its subject and its people.</param>
internal sealed record Audience(IReadOnlyList<ReaderId>? Only, bool Outlined)
{
    public static Audience Everyone { get; } = new(null, false);

    /// <summary>What its owner's choice means for something in which these members took part.</summary>
    public static Audience Of(MemberId owner, Sharing sharing, IEnumerable<MemberId> tookPart) => sharing.With switch
    {
        Visibility.Everyone => Everyone,
        Visibility.Participants => new([.. tookPart.Select(m => (ReaderId)m).Prepend(owner).Distinct()], true),
        Visibility.Team when sharing.Team is { } team => new(owner == Mailbox.Nobody ? [team.AsReader] : [owner, team.AsReader], false),
        Visibility.Team or Visibility.Owner => new([owner], false),
    };

    public static Audience Of(ReaderId? first, IEnumerable<ReaderId> others, bool outlined) => first is { } one ? new([.. others.Prepend(one).Distinct()], outlined) : Everyone;

    public ReaderId? First => Only?[0];

    public IEnumerable<ReaderId> Others => Only?.Skip(1) ?? [];

    /// <summary>Both together: who may read either.</summary>
    public Audience With(Audience other) => Only is null || other.Only is null ? Everyone : new([.. Only.Union(other.Only)], Outlined || other.Outlined);

    public bool IsSameAs(Audience other) => Only is null || other.Only is null ? Only == other.Only : Outlined == other.Outlined && Only.Count == other.Only.Count && !Only.Except(other.Only).Any();
}
