using System.Text;
using System.Text.RegularExpressions;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Rapport.Conversations;

/// <summary>Fills fields into a text (Liquid). Whoever writes a text may be careless or worse, so it can only read what it is given, counts its steps, and says of what it lacks.</summary>
internal static partial class Template
{
    private const int MostSteps = 1_000, MostOutput = 100_000;

    private static readonly FluidParser Parser = MakeParser();

    /// <summary>What is wrong with a text before it is ever filled, in a sentence; null when nothing is.</summary>
    public static string? Check(string text)
    {
        // A range is made whole before the first step is counted.
        if (Range().IsMatch(text)) return "It counts through a range of numbers, which could have no end. Write out what is to be said.";
        if (!Parser.TryParse(text, out var template, out var error)) return $"A field or a condition in it cannot be read: {error.TrimEnd('.')}.";
        var used = new UsedFilters();
        used.VisitTemplate(template);
        return used.Unknown is { } name ? $"It changes a field in a way that is not known here: {name}. There are {string.Join(", ", Filters.Needed)}." : null;
    }

    /// <summary>The text with its fields filled in. Refused when one of them is not known, or it has no end.</summary>
    public static async Task<Result<string>> FillAsync(string text, IReadOnlyDictionary<string, object> values)
    {
        if (Check(text) is { } wrong) return Refusal.Invalid("text.unreadable", wrong, "saved");
        var missing = new List<string>();
        var options = new TemplateOptions { MaxSteps = MostSteps, MaxRecursion = 20, StrictFilters = true, Undefined = name => ValueTask.FromResult<FluidValue>(new MissingField(name, missing)) };
        Filters.Limit(options.Filters);
        var context = new TemplateContext(options);
        foreach (var (name, value) in values)
        {
            if (value is IReadOnlyDictionary<string, object> fields) context.SetValue(name, new Fields(name, fields, missing));
            else context.SetValue(name, value);
        }
        var output = new BoundedWriter();
        try
        {
            Parser.TryParse(text, out var template, out _);
            await template.RenderAsync(output, NullEncoder.Default, context);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TooMuchException || failure.GetType().Namespace?.StartsWith("Fluid", StringComparison.Ordinal) == true)
        {
            return Refusal.Invalid("text.endless", "This text does not come to an end: a loop in it goes on and on, or it grows too long. Change it under Saved texts.", "saved");
        }
        return missing.Count == 0 ? output.ToString() : Refusal.Invalid("text.missing", $"Nothing is known for {string.Join(" and ", missing.Distinct().Take(5))}, which this text asks for. Say to whom you write, or write it yourself.", "saved");
    }

    // What builds up text or reads other files is not needed to write a mail.
    private static FluidParser MakeParser()
    {
        var parser = new FluidParser();
        foreach (var tag in new[] { "assign", "capture", "increment", "decrement", "include", "render", "layout", "liquid", "cycle", "tablerow" }) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    [GeneratedRegex(@"\([^()]*\.\.[^()]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex Range();

    private sealed class UsedFilters : AstVisitor
    {
        public string? Unknown { get; private set; }

        protected override Expression VisitFilterExpression(FilterExpression filter)
        {
            var visited = base.VisitFilterExpression(filter);
            if (!Filters.Needed.Contains(filter.Name)) Unknown ??= filter.Name;
            return visited;
        }
    }

    private sealed class BoundedWriter : TextWriter
    {
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.Unicode;

        public override void Write(char value)
        {
            if (text.Length >= MostOutput) throw new TooMuchException();
            text.Append(value);
        }

        public override void Write(string? value)
        {
            if (text.Length + (value?.Length ?? 0) > MostOutput) throw new TooMuchException();
            text.Append(value);
        }

        public override string ToString() => text.ToString();
    }
}
