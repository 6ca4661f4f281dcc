namespace Rapport.Conversations;

/// <summary>Says of which interactions a later floor has something: a promise made in one, a proof. Undoing an import leaves those.</summary>
public interface IHoldInteractions
{
    /// <summary>Those of these that something hangs on.</summary>
    Task<IReadOnlyCollection<InteractionId>> HeldAsync(IReadOnlyCollection<InteractionId> interactions, CancellationToken ct);
}
