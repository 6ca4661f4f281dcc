using System.Text;

namespace Rapport.Demo;

/// <summary>A sentence of a step that is a promise or an open question, as it was finally worded.</summary>
internal sealed record Spoken(string Tag, bool Again, string Words, SpokenDue? Due);

/// <summary>
/// Turns a script's text into prose: <c>[this|that]</c> is one of them, <c>[#a this|that]</c> the one that was chosen at the first <c>#a</c>, <c>{blank}</c> is filled, <c>&lt;p1 week|I'll send it {due}.&gt;</c> is a promise
/// (<c>p1!</c> the same one agreed anew, <c>p1.them</c> by another than the speaker), <c>&lt;q|...?&gt;</c> a question nobody will answer.
/// </summary>
internal sealed class Prose(Dice dice, Func<string, string> fill, Func<string, string, SpokenDue> say)
{
    private readonly Dictionary<string, int> chosen = [];
    private SpokenDue? due;

    public List<Spoken> Marked { get; } = [];

    public string Expand(string text)
    {
        var at = 0;
        var all = new StringBuilder();
        Run(text, ref at, all, "");
        return Tidy(all.ToString());
    }

    private void Run(string text, ref int at, StringBuilder into, string until)
    {
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (until.Contains(c, StringComparison.Ordinal)) return;
            switch (c)
            {
                case '[': Choose(text, ref at, into); break;
                case '{': into.Append(Blank(text, ref at)); break;
                case '<': Mark(text, ref at, into); break;
                default: into.Append(c); break;
            }
        }
    }

    private void Choose(string text, ref int at, StringBuilder into)
    {
        var options = new List<(int From, int To)>();
        var (depth, start) = (0, at + 1);
        for (at++; ; at++)
        {
            var c = text[at];
            if (c is '[' or '<') depth++;
            else if (depth > 0) depth -= c is ']' or '>' ? 1 : 0;
            else if (c is '|' or ']')
            {
                options.Add((start, at));
                start = at + 1;
                if (c == ']') break;
            }
        }
        var (from, to) = options[Which(text, options)];
        var inner = 0;
        Run(text[from..to], ref inner, into, "");
    }

    /// <summary>Which of the options; choices of the same name choose alike, so that the answer fits the question.</summary>
    private int Which(string text, List<(int From, int To)> options)
    {
        if (text[options[0].From] != '#') return dice.Below(options.Count);
        var name = text[options[0].From..text.IndexOf(' ', options[0].From)];
        options[0] = (options[0].From + name.Length + 1, options[0].To);
        if (!chosen.TryGetValue(name, out var index)) chosen[name] = index = dice.Below(options.Count);
        return index % options.Count;
    }

    private string Blank(string text, ref int at)
    {
        var end = text.IndexOf('}', at);
        var name = text[(at + 1)..end];
        at = end;
        if (name == "due") return due?.Words ?? throw new FormatException($"due outside a promise: {text}");
        return name[0] == '^' ? Capital(fill(name[1..])) : fill(name);
    }

    private void Mark(string text, ref int at, StringBuilder into)
    {
        var bar = text.IndexOf('|', at);
        var head = text[(at + 1)..bar].Split(' ');
        due = head[0].StartsWith('q') ? null : say(head[0].TrimEnd('!'), head[1]);
        at = bar + 1;
        var words = new StringBuilder();
        Run(text, ref at, words, ">");
        var sentence = Tidy(Capital(words.ToString()));
        Marked.Add(new Spoken(head[0].TrimEnd('!'), head[0].EndsWith('!'), sentence, due));
        into.Append(sentence);
    }

    private static string Capital(string text) => text.Length > 0 && char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>Mends what an empty choice leaves behind: double blanks, and blanks at the ends of lines.</summary>
    private static string Tidy(string text)
    {
        while (text.Contains("  ", StringComparison.Ordinal)) text = text.Replace("  ", " ", StringComparison.Ordinal);
        text = text.Replace(" \n", "\n", StringComparison.Ordinal).Replace("\n ", "\n", StringComparison.Ordinal);
        while (text.Contains("\n\n\n", StringComparison.Ordinal)) text = text.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
        return text.Trim();
    }
}
