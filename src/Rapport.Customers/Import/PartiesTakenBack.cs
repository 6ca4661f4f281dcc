using Rapport.Kernel.Happenings;

namespace Rapport.Customers.Import;

/// <summary>Undoing an import took these parties out again, in one transaction.</summary>
public sealed record PartiesTakenBack(IReadOnlyList<PartyId> Parties) : IHappening;
