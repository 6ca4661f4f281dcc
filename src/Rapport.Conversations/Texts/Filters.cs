using Fluid;

namespace Rapport.Conversations;

/// <summary>The filters that a text may use. Liquid counts no steps in them, and a few that lengthen, one behind the other, would fill the memory before a letter is written; so there are few, and what they make together has a limit.</summary>
internal static class Filters
{
    private const long MostMade = 2_000_000;

    /// <summary>Those there are.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["append", "capitalize", "date", "default", "downcase", "first", "last", "lstrip", "prepend", "remove", "replace", "rstrip", "size", "strip", "truncate", "truncatewords", "upcase"];

    /// <summary>Leaves only these, for one filling.</summary>
    public static void Limit(FilterCollection filters)
    {
        var made = 0L;
        var all = Needed.Select(name => (Name: name, Filter: filters.TryGetValue(name, out var filter) ? filter : throw new InvalidOperationException($"Liquid has no filter {name}."))).ToList();
        filters.Clear();
        foreach (var (name, filter) in all)
            filters.AddFilter(name, (input, arguments, context) =>
            {
                // Each letter may be replaced by all of an argument. What stands for a field that is not known must not be read to learn that.
                var longest = Enumerable.Range(0, arguments.Count).Select(i => arguments.At(i).ToStringValue().Length).DefaultIfEmpty().Max();
                if (!input.IsNil()) made += (input.ToStringValue().Length + 1L) * (longest + 1L);
                return made <= MostMade ? filter(input, arguments, context) : throw new TooMuchException();
            });
    }
}

/// <summary>A text grows beyond what anybody would send.</summary>
internal sealed class TooMuchException : Exception;
