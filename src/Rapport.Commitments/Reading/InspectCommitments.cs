using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rapport.Commitments.Reading;

/// <summary>Shows how commitments are read: one text a line in, one JSON object a line out, for the sentence of the line that is one most probably.</summary>
public static class InspectCommitments
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads every line and answers it; zero when all was read.</summary>
    /// <param name="side">Whose commitment it is when it is one: that of whoever speaks.</param>
    public static int Run(TextReader input, TextWriter output, Side side, DueContext context)
    {
        for (var line = 1; input.ReadLine() is { } text; line++) output.WriteLine(Line(line, text, side, context));
        output.Flush();
        return 0;
    }

    private static string Line(int line, string text, Side side, DueContext context)
    {
        var read = CommitmentReader.ReadMostProbable(text, context);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("text", text);
            json.WriteBoolean("commitment", read?.IsCommitment == true);
            json.WriteNumber("probability", Math.Round(read?.Probability ?? 0, 3));
            json.WriteString("side", JsonNamingPolicy.CamelCase.ConvertName(side.ToString()));
            json.WriteString("kind", read is { IsCommitment: true, Kind: { } kind } ? JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : null);
            if (read?.DueAhead is { } due) InspectDue.Write(json, due);
            else json.WriteNull("due");
            json.WriteStartArray("because");
            foreach (var (words, meaning, weight) in read?.Because ?? []) Write(json, words, meaning, weight);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, string words, string meaning, double weight)
    {
        json.WriteStartObject();
        json.WriteString("words", words);
        json.WriteString("meaning", meaning);
        json.WriteNumber("weight", weight);
        json.WriteEndObject();
    }
}
