using Rapport.Kernel.Happenings;

namespace Rapport.Customers;

/// <summary>These customers have another tier than they had.</summary>
public sealed record TiersChanged(IReadOnlyList<PartyId> Customers) : IHappening;

/// <summary>These people have other places in organisations than they had.</summary>
public sealed record PlacesChanged(IReadOnlyList<PartyId> People) : IHappening;
