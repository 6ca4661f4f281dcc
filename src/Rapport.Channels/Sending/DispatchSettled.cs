using Rapport.Kernel.Happenings;

namespace Rapport.Channels;

/// <summary>A mail of ours is known to have arrived at one of its recipients, or not to arrive there any more.</summary>
/// <param name="Interaction">The mail.</param>
/// <param name="State"><see cref="DispatchState.Delivered"/> or <see cref="DispatchState.Failed"/>.</param>
/// <param name="At">When that became known.</param>
public sealed record DispatchSettled(InteractionId Interaction, DispatchState State, DateTimeOffset At) : IHappening;

/// <summary>Something became of mails of ours on their way out: what is shown of it is no longer right.</summary>
/// <param name="Interactions">The mails.</param>
public sealed record DispatchesMoved(IReadOnlyList<InteractionId> Interactions) : IHappening;
