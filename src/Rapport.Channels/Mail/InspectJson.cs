using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapport.Channels.Mail;

/// <summary>One object as one line of JSON with letters as they are, for people to read and programs to parse.</summary>
internal static class InspectJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions WithoutNulls = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Line<T>(T row, bool nulls = true) => WithPairs(JsonSerializer.Serialize(row, nulls ? Options : WithoutNulls));

    // Even the relaxed encoder escapes what lies beyond the basic plane (emoji, rare Chinese).
    private static string WithPairs(string json)
    {
        if (!json.Contains("\\uD", StringComparison.Ordinal)) return json;
        var line = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\') { line.Append(json[i]); continue; }
            if (Unit(json, i) is { } high && Unit(json, i + 6) is { } low && char.IsSurrogatePair(high, low))
            {
                line.Append(high).Append(low);
                i += 11;
            }
            else line.Append(json[i]).Append(json[++i]);
        }
        return line.ToString();
    }

    private static char? Unit(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
