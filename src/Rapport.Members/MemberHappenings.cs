using Rapport.Kernel.Happenings;

namespace Rapport.Members;

/// <summary>The first-run page was sent: there is an owner, and we know who we are.</summary>
public sealed record RapportSetUp(MemberId Owner) : IHappening;

/// <summary>Somebody can sign in now. Also of the owner, after <see cref="RapportSetUp"/>.</summary>
public sealed record MemberJoined(MemberId Member) : IHappening;

/// <summary>Somebody may no longer sign in.</summary>
public sealed record MemberLeft(MemberId Member) : IHappening;

/// <summary>Our name, domains, zone, hours or country were changed.</summary>
public sealed record InstallationChanged : IHappening;

/// <summary>A team got hours of its own, has other ones, or has none any more.</summary>
public sealed record TeamHoursChanged(TeamId Team) : IHappening;
