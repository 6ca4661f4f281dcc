using Rapport.Customers;
using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>Undoing an import took out interactions that these parties took part in, in one transaction.</summary>
public sealed record InteractionsTakenBack(IReadOnlyList<PartyId> Parties) : IHappening;
