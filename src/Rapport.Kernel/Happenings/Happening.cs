namespace Rapport.Kernel.Happenings;

/// <summary>Something that happened on one floor, for later floors to hear. Carries ids, never text.</summary>
public interface IHappening;

/// <summary>Hears of happenings of one kind, in a scope and transaction of its own. May be told twice of the same one.</summary>
public interface IHear<in T> where T : class, IHappening
{
    /// <summary>Does what follows from the happening. A throw is retried with back-off, then kept as a dead letter.</summary>
    Task HearAsync(T happening, Actor by, CancellationToken ct);
}

/// <summary>Who hears what. Filled by <c>AddListener</c> when the capabilities are added.</summary>
public sealed class HappeningListeners
{
    private readonly Dictionary<Type, List<Type>> byHappening = [];
    private readonly Dictionary<string, Type> kinds = [];
    private readonly Dictionary<string, Type> listeners = [];

    internal void Add(Type happening, Type listener)
    {
        kinds[happening.Name] = happening;
        listeners[listener.Name] = listener;
        if (!byHappening.TryGetValue(happening, out var list)) byHappening[happening] = list = [];
        if (!list.Contains(listener)) list.Add(listener);
    }

    internal IReadOnlyList<Type> Of(Type happening) => byHappening.TryGetValue(happening, out var list) ? list : [];

    internal Type? Kind(string name) => kinds.GetValueOrDefault(name);

    internal Type? Listener(string name) => listeners.GetValueOrDefault(name);
}
