using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>Interactions were recorded or read from mail, in one transaction.</summary>
public sealed record InteractionsTaken(IReadOnlyList<InteractionId> Interactions) : IHappening;
