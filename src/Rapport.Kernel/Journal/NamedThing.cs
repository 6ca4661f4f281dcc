namespace Rapport.Kernel.Journal;

/// <summary>Something that a line of the journal speaks of by its id, as people know it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Href">Where it is looked at; null where it has no page.</param>
public sealed record NamedThing(Guid Id, string Name, string? Href);

/// <summary>Knows the things of its floor by name. The journal asks every floor, and an id that nobody knows stays an id: the thing is gone, or not for who asks.</summary>
public interface INameThings
{
    /// <summary>Those of these ids that are things of this floor and visible to who asks.</summary>
    Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct);
}
