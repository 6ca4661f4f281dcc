using Rapport.Conversations;

namespace Rapport.Commitments;

/// <summary>Who speaks where in what was written down: in a pasted transcript each line says so before a colon.</summary>
internal static class Turns
{
    private const int LongestName = 60;
    private static readonly string[] Us = ["i", "me", "we", "us"];

    /// <summary>A stretch in which one side speaks.</summary>
    public readonly record struct Turn(Side Side, int Start, string Text);

    /// <summary>The stretches in order. A mail is one; in a call or a note a line that begins with the name of somebody of theirs is theirs, and one that begins with another name is ours.</summary>
    public static IEnumerable<Turn> In(string text, Side side, Channel channel, IEnumerable<string> theirNames)
    {
        if (channel is Channel.Email or Channel.Letter) return [new(side, 0, text)];
        var names = theirNames.SelectMany(name => new[] { name, name.Split(' ')[0], name.Split(' ')[^1] }).Append("customer").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var turns = new List<Turn>();
        var (start, speaks, any) = (0, side, false);
        for (var line = 0; line < text.Length; line = EndOf(text, line))
        {
            if (SpeakerOf(text, line) is not { } speaker || !(any || names.Contains(speaker) || Us.Contains(speaker, StringComparer.OrdinalIgnoreCase))) continue;
            if (line > start) turns.Add(new(speaks, start, text[start..line]));
            (start, speaks, any) = (line + speaker.Length + 1, names.Contains(speaker) ? Side.TheirsToUs : Side.OursToThem, true);
        }
        turns.Add(new(speaks, start, text[start..]));
        return turns;
    }

    private static int EndOf(string text, int line) => text.IndexOf('\n', line) is >= 0 and var end ? end + 1 : text.Length;

    private static string? SpeakerOf(string text, int line)
    {
        var colon = text.IndexOf(':', line, Math.Min(LongestName, text.Length - line));
        if (colon <= line || colon + 1 >= text.Length || text[colon + 1] is not ' ') return null;
        var name = text[line..colon];
        return name.Contains('\n', StringComparison.Ordinal) || name.Count(c => c == ' ') > 3 || !char.IsLetter(name[0]) ? null : name;
    }
}
