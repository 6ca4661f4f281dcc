namespace Rapport.Conversations;

/// <summary>Says of things of a later floor whether a reader may look at them: their pages are kept right while they are open, as those of conversations are.</summary>
public interface IShowThings
{
    /// <summary>Whether it is one of this floor's, and this reader may see it.</summary>
    Task<bool> MaySeeAsync(Guid thing, Actor by, CancellationToken ct);
}
