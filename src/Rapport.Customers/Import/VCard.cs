using System.Text;

namespace Rapport.Customers.Import;

/// <summary>One property of a card: its name in capitals, its parameters, its value as it stands (still escaped).</summary>
internal sealed record VCardProperty(string Name, string Value, IReadOnlyList<(string Name, string Value)> Parameters)
{
    /// <summary>Whether a TYPE (or a bare parameter of version 2.1) says so.</summary>
    public bool Is(string type) => Parameters.Any(p => (p.Name is "TYPE" or "") && p.Value.Split(',').Contains(type, StringComparer.OrdinalIgnoreCase));

    /// <summary>The value as text.</summary>
    public string Text => Unescape(Value).Trim();

    /// <summary>The structured value (RFC 6350 3.3): its components, each as text.</summary>
    public string[] Components => [.. Split(Value, ';').Select(part => Unescape(part).Trim())];

    /// <summary>The parts of a list.</summary>
    public string[] List => [.. Split(Value, ',').Select(part => Unescape(part).Trim()).Where(part => part.Length > 0)];

    private static IEnumerable<string> Split(string value, char at)
    {
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == at)
            {
                yield return value[start..i];
                start = i + 1;
            }
        }
        yield return value[start..];
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('\\')) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length) { text.Append(value[i]); continue; }
            var next = value[++i];
            if (next is 'n' or 'N') text.Append('\n');
            else if (next is '\\' or ',' or ';' or ':' or '"') text.Append(next);
            else text.Append('\\').Append(next);
        }
        return text.ToString();
    }
}

/// <summary>One card of a file, before it is understood. A problem, where it could not be read whole.</summary>
internal sealed record VCard(int Number, IReadOnlyList<VCardProperty> Properties, string? Problem)
{
    public VCardProperty? First(string name) => Properties.FirstOrDefault(property => property.Name == name && property.Value.Length > 0);

    public IEnumerable<VCardProperty> All(string name) => Properties.Where(property => property.Name == name && property.Value.Length > 0);
}
