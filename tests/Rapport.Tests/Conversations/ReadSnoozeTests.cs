using Rapport.Conversations;

namespace Rapport.Tests.Conversations;

/// <summary>Until when something is put away. The clock of these tests stands on Monday, ten in the morning; business is from nine to five.</summary>
public sealed class ReadSnoozeTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("tomorrow", "2026-11-24T08:00:00Z")]
    [InlineData("monday", "2026-11-30T08:00:00Z")]
    [InlineData("today", "2026-11-23T12:00:00Z")]
    // A Saturday, on which nobody is here: Monday.
    [InlineData("2026-11-28", "2026-11-30T08:00:00Z")]
    [InlineData("on Thursday", "2026-11-26T08:00:00Z")]
    [InlineData("Friday 14:00", "2026-11-27T13:00:00Z")]
    public async Task It_is_put_away_until_a_moment_in_business_hours(string words, string until)
    {
        var at = await WithAsync<ReadSnooze, Result<DateTimeOffset>>(r => r.RunAsync(words, team: null, Ct));
        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), at.Value);
    }
}
