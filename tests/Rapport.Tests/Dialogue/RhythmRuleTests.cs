using CsCheck;
using Rapport.Dialogue;
using Rapport.Kernel;

namespace Rapport.Tests.Dialogue;

public class RhythmRuleTests
{
    private static readonly DateTimeOffset Last = RapportFixture.Monday;
    private static readonly Gen<DateTimeOffset[]> Contacts = Gen.Int[0, 400].Select(d => Last.AddDays(-d)).Array[1, 80];

    [Fact]
    public void Whoever_speaks_every_twelve_days_has_gone_quiet_after_twenty_four()
    {
        var learned = RhythmRule.Of(Enumerable.Range(0, 8).Select(i => Last.AddDays(-12 * i)));
        Assert.Equal((8, 12.0, Last.AddDays(24)), (learned!.Value.Contacts, learned.Value.GapDays!.Value, learned.Value.QuietAt!.Value));
    }

    [Fact]
    public void Four_contacts_are_no_rhythm_and_five_are()
    {
        Assert.Null(RhythmRule.Of(Enumerable.Range(0, 4).Select(i => Last.AddDays(-10 * i)))!.Value.QuietAt);
        Assert.Equal(Last.AddDays(20), RhythmRule.Of(Enumerable.Range(0, 5).Select(i => Last.AddDays(-10 * i)))!.Value.QuietAt);
        Assert.Null(RhythmRule.Of([]));
    }

    [Fact]
    public void One_long_holiday_does_not_change_what_is_usual()
    {
        int[] daysAgo = [0, 10, 20, 90, 100, 110];
        Assert.Equal(10, RhythmRule.Of(daysAgo.Select(d => Last.AddDays(-d)))!.Value.GapDays);
    }

    [Fact]
    public void Nobody_is_quiet_over_a_weekend() =>
        Assert.Equal(Last + RhythmRule.ShortestSilence, RhythmRule.Of(Enumerable.Range(0, 20).Select(i => Last.AddDays(-i)))!.Value.QuietAt);

    [Fact]
    public void Silence_is_never_unusual_before_twice_their_own_gap_and_five_days_with_contact() => Contacts.Sample(contacts =>
    {
        var learned = RhythmRule.Of(contacts)!.Value;
        var days = contacts.Select(c => c.UtcDateTime.Date).Distinct().Count();
        Assert.Equal(contacts.Max(), learned.LastContactAt);
        Assert.Equal(days >= RhythmRule.FewestContacts, learned.QuietAt is not null);
        if (learned is { QuietAt: { } quiet, GapDays: { } gap }) Assert.True(quiet - learned.LastContactAt >= TimeSpan.FromDays(2 * gap) - TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void The_order_of_contacts_and_several_on_one_day_change_nothing() => Contacts.Sample(contacts =>
        Assert.Equal(RhythmRule.Of(contacts), RhythmRule.Of(contacts.Reverse().Concat(contacts.Select(c => c.AddHours(-1)).Where(c => c.UtcDateTime.Date == c.AddHours(1).UtcDateTime.Date)))));

    [Fact]
    public void What_was_said_of_a_silence_outlives_what_is_learned_and_can_be_taken_back()
    {
        var rhythm = new Rhythm { Party = new(Guid.Empty) };
        var learned = RhythmRule.Of(Enumerable.Range(0, 8).Select(i => Last.AddDays(-12 * i)));
        rhythm.Learn(learned);
        Assert.Equal(Last.AddDays(24), rhythm.QuietAt);
        rhythm.ExpectUntil(Last.AddDays(60), Actor.Rapport, Last);
        rhythm.Learn(learned);
        Assert.Equal(Last.AddDays(60), rhythm.QuietAt);
        rhythm.NeverMention(Actor.Rapport, Last);
        rhythm.Learn(learned);
        Assert.Null(rhythm.QuietAt);
        rhythm.MentionAgain();
        Assert.Equal(Last.AddDays(24), rhythm.QuietAt);
    }
}
