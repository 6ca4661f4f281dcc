using System.Text.RegularExpressions;
using Rapport.Kernel.Journal;

namespace Rapport.Members;

/// <summary>The ids that stand in lines of the journal, and by what names people know them.</summary>
internal sealed partial class JournalIds(IEnumerable<INameThings> floors)
{
    /// <summary>The ids in a text.</summary>
    public static IEnumerable<Match> In(string text) => Id().Matches(text);

    /// <summary>What of all that these lines speak of is known by name.</summary>
    public async Task<IReadOnlyDictionary<Guid, NamedThing>> NamesAsync(IEnumerable<JournalLine> lines, Actor by, CancellationToken ct)
    {
        var ids = lines.SelectMany(line => In($"{line.Subject} {line.Content}")).Select(id => Guid.Parse(id.ValueSpan)).ToHashSet();
        var names = new Dictionary<Guid, NamedThing>();
        if (ids.Count == 0) return names;
        foreach (var floor in floors)
            foreach (var thing in await floor.OfAsync(ids, by, ct)) names.TryAdd(thing.Id, thing);
        return names;
    }

    [GeneratedRegex("\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b")]
    private static partial Regex Id();
}
