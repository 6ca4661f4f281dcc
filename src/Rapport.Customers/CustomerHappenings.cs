using Rapport.Kernel.Happenings;

namespace Rapport.Customers;

/// <summary>These customers have another tier than they had.</summary>
public sealed record TiersChanged(IReadOnlyList<PartyId> Customers) : IHappening;
