using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>Shows how due dates are read: one phrase a line in, one JSON object a line out.</summary>
public static class InspectDue
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads every line and answers it; zero when all was read.</summary>
    /// <param name="at">The moment the phrases were said.</param>
    public static int Run(TextReader input, TextWriter output, DateTimeOffset at, TimeZoneInfo zone, BusinessCalendar calendar)
    {
        var context = new DueContext(at, zone, calendar);
        while (input.ReadLine() is { } line) output.WriteLine(Line(line, context));
        output.Flush();
        return 0;
    }

    private static string Line(string text, DueContext context)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            if (DueReader.ReadFirst(text, context)?.Due is { } due) Write(json, due);
            else json.WriteNull("due");
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    internal static void Write(Utf8JsonWriter json, Due due)
    {
        json.WriteStartObject("due");
        json.WriteString("start", Iso(due.Start));
        json.WriteString("end", Iso(due.End));
        json.WriteString("precision", due.Precision.ToString().ToLowerInvariant());
        json.WriteString("words", due.Words);
        json.WriteEndObject();
    }

    private static string Iso(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
