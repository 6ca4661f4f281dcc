using System.Globalization;
using System.Reflection;

namespace Rapport.Demo;

/// <summary>The scripts beside this file, embedded in the program; docs of the little language are in Scripts/README.md.</summary>
internal static class Scripts
{
    private static readonly string[] Files = ["Service.txt", "Parts.txt", "Money.txt", "People.txt", "Inside.txt", "Talks.txt", "German.txt", "Latin.txt", "Polish.txt", "Now.txt", "Machines.txt"];

    private static readonly Lazy<IReadOnlyList<Script>> Read = new(() => [.. Files.SelectMany(ReadFile)]);
    private static readonly Lazy<IReadOnlyDictionary<string, string[]>> Words = new(() =>
        Lines("Words.txt").Where(l => l.Contains(':') && !l.StartsWith('#')).ToDictionary(l => l[..l.IndexOf(':')].Trim(), l => l[(l.IndexOf(':') + 1)..].Split('|', StringSplitOptions.TrimEntries)));

    public static IReadOnlyList<Script> All => Read.Value;
    public static IReadOnlyDictionary<string, string[]> Lists => Words.Value;

    public static IEnumerable<string> Lines(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Demo." + file) ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static List<Script> ReadFile(string file)
    {
        var scripts = new List<Script>();
        Step? step = null;
        foreach (var line in Lines(file))
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith("== ", StringComparison.Ordinal)) { scripts.Add(new Script { Name = line[3..].Trim() }); step = null; }
            else if (line.StartsWith('@')) scripts[^1].Steps.Add(step = ReadStep(line, file));
            else if (step is not null) step.Text += line + "\n";
            else if (line.Length > 0) ReadHeader(scripts[^1], line);
        }
        foreach (var each in scripts.SelectMany(s => s.Steps)) each.Text = each.Text.Trim('\n');
        return scripts;
    }

    private static void ReadHeader(Script script, string line)
    {
        var (verb, rest) = line.IndexOf(' ') is > 0 and var i ? (line[..i], line[(i + 1)..].Trim()) : (line, "");
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (verb)
        {
            case "kind": script.Kind = rest; break;
            case "lang": script.Language = rest; break;
            case "weight": script.Weight = double.Parse(rest, CultureInfo.InvariantCulture); break;
            case "most": script.Most = Number(rest); break;
            case "needs": script.Needs = rest; break;
            case "org": script.House = rest; break;
            case "sender": script.Sender = rest; break;
            case "every": script.Every = double.Parse(rest, CultureInfo.InvariantCulture); break;
            case "boxes": script.Boxes = words; break;
            case "subject": script.Subject = rest; break;
            case "cast": script.Cast.AddRange(words.Select(w => w.Split('=')).Select(p => (p[0], p[1].Split(',')))); break;
            case "ends": script.Ends.AddRange(words.Select(w => w.Split(':')).Select(p => (p[0], Number(p[1])))); break;
            case "date": script.Dates.Add((words[0], Number(words[1].Split('-')[0]), Number(words[1].Split('-')[^1]))); break;
            default: throw new FormatException($"{script.Name}: {line}");
        }
    }

    private static Step ReadStep(string line, string file)
    {
        var subject = line.IndexOf(" subject:", StringComparison.Ordinal);
        var words = (subject < 0 ? line : line[..subject]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var step = new Step { Speaker = words[0][1..], Subject = subject < 0 ? null : line[(subject + 9)..].Trim() };
        foreach (var word in words.Skip(1))
        {
            var (name, value) = word.IndexOf(':') is > 0 and var i ? (word[..i], word[(i + 1)..]) : (word, "");
            switch (name)
            {
                case "call" or "visit" or "meeting" or "chat" or "note":
                    step.Talk = Enum.Parse<DemoTalkKind>(name, true);
                    step.Minutes = value.Length > 0 ? Number(value) : 0;
                    break;
                case "to": step.To = value.Split(','); break;
                case "cc" or "with": step.Copies = value.Split(','); break;
                case "if": step.If = value; break;
                case "chance": step.Chance = Number(value); break;
                case "fresh": step.Fresh = true; break;
                case "plain": step.Plain = true; break;
                case "attach": step.Attachments.Add((value.Split(':')[0], value.Split(':')[1])); break;
                case "keeps": step.Effects.Add((null, value, null)); break;
                case "breaks": step.Effects.Add((DemoOutcomeKind.Broken, value, null)); break;
                case "releases": step.Effects.Add((DemoOutcomeKind.Released, value, null)); break;
                case "moves": step.Effects.Add((DemoOutcomeKind.Renegotiated, value, null)); break;
                case "hands": step.Effects.Add((DemoOutcomeKind.HandedOver, value.Split('>')[0], value.Split('>')[1])); break;
                default: step.When = word[0] is '+' or 'n' || word.Contains('+') || word.Contains('-') ? word : throw new FormatException($"{file}: {line}"); break;
            }
        }
        return step;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
