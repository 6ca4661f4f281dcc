using System.Text.Json;
using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Commitments;

public class InspectDueTests
{
    [Fact]
    public void Each_line_is_answered_by_one_object_in_order()
    {
        var lines = Inspect("by Friday\n\nnothing here\nI'll be in touch \"soon\"\n20 March, 14:00").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("""{"text":"by Friday","due":{"start":"2026-11-27T09:00:00+01:00","end":"2026-11-27T17:00:00+01:00","precision":"day","words":"by Friday"}}""", lines[0].Trim());
        Assert.Equal("""{"text":"","due":null}""", lines[1].Trim());
        Assert.Equal("""{"text":"nothing here","due":null}""", lines[2].Trim());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(lines[3]).RootElement.GetProperty("due").ValueKind);
        Assert.Equal("minute", JsonDocument.Parse(lines[4]).RootElement.GetProperty("due").GetProperty("precision").GetString());
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData("Europe/Atlantis"), InlineData(""), InlineData(null)]
    public void A_zone_that_does_not_exist_is_named(string? zone)
    {
        Assert.False(DueContext.TryParseZone(zone, out _, out var problem));
        Assert.Contains($"\"{zone}\"", problem);
    }

    [Theory]
    [InlineData("2026-11-22T10:00", "2026-11-22T10:00:00+01:00")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00+01:00")]
    [InlineData("2026-11-22T10:00Z", "2026-11-22T11:00:00+01:00")]
    [InlineData("2026-03-29T02:30", "2026-03-29T03:30:00+02:00")]
    public void A_moment_is_wall_time_unless_it_has_an_offset(string text, string moment)
    {
        Assert.True(DueContext.TryParseAt(text, Berlin, out var at, out _));
        Assert.Equal(moment, at.ToString("yyyy-MM-ddTHH:mm:sszzz", null));
    }

    [Theory]
    [InlineData("yesterday"), InlineData("2026-13-01"), InlineData(null)]
    public void What_is_no_moment_is_refused(string? text)
    {
        Assert.False(DueContext.TryParseAt(text, Berlin, out _, out var problem));
        Assert.Contains("is not a moment", problem);
    }

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static string Inspect(string input)
    {
        using var output = new StringWriter();
        Assert.True(DueContext.TryParseAt("2026-11-22T10:00", Berlin, out var at, out _));
        Assert.Equal(0, InspectDue.Run(new StringReader(input), output, at, Berlin, BusinessCalendar.Standard(Berlin)));
        return output.ToString();
    }
}
