using CsCheck;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;

namespace Rapport.Tests.Commitments;

/// <summary>Whatever is done to a commitment in whatever order, K1 and K3 hold.</summary>
public class CommitmentStateTests
{
    private static readonly DateTimeOffset Start = RapportFixture.Monday;
    private static readonly MemberId[] Members = [.. Enumerable.Range(1, 3).Select(i => new MemberId(new Guid(i, 0, 0, new byte[8])))];

    private enum Deed { Keep, Renegotiate, Replace, Break, Release, Offer, Accept, Decline, Reassign, Reopen, Wait }

    private readonly record struct Step(Deed Deed, int Who, int Hours);

    private static readonly Gen<Step[]> Steps = Gen.Select(Gen.Int[0, 10], Gen.Int[0, 2], Gen.Int[1, 60], (deed, who, hours) => new Step((Deed)deed, who, hours)).Array[1, 40];

    [Fact]
    public void No_sequence_of_deeds_breaks_a_rule() => Steps.Sample(steps =>
    {
        var commitment = Commitment.Make(new(Guid.Empty), new(Side.OursToThem, "I call you back", new(Guid.Empty), DueAt(Start.AddHours(30))), new(Guid.Empty), Members[0], Start);
        var now = Start;
        foreach (var step in steps)
        {
            var before = Picture.Of(commitment, now);
            var refusal = Do(commitment, step, ref now);
            Check(before, Picture.Of(commitment, now), step, refusal);
        }
    }, iter: 20_000);

    private static Refusal? Do(Commitment commitment, Step step, ref DateTimeOffset now)
    {
        if (step.Deed == Deed.Wait) now = now.AddHours(step.Hours);
        return step.Deed switch
        {
            Deed.Keep => commitment.Keep(Proof.OnMyWord, now),
            Deed.Renegotiate => commitment.Renegotiate(DueAt(now.AddHours(step.Hours - 20)), now),
            Deed.Replace => commitment.Replace(new(new Guid(9, 0, 0, new byte[8])), now),
            Deed.Break => commitment.Break(now),
            Deed.Release => commitment.Release(now),
            Deed.Offer => commitment.Offer(Members[step.Who]),
            Deed.Accept => commitment.Accept(Members[step.Who]),
            Deed.Decline => commitment.Decline(Members[step.Who]),
            Deed.Reassign => commitment.Reassign(Members[step.Who]),
            Deed.Reopen => commitment.Reopen(),
            Deed.Wait => null,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    private static void Check(Picture before, Picture after, Step step, Refusal? refusal)
    {
        before = before with { Now = after.Now };
        if (refusal is not null) Assert.Equal(before, after);
        // One owner, who changes by acceptance of the one it was offered to, or by a manager.
        if (before.Owner != after.Owner) Assert.True(step.Deed == Deed.Reassign || step.Deed == Deed.Accept && before.OfferedTo == after.Owner);
        if (after.OfferedTo is { } offered) Assert.NotEqual(after.Owner, offered);
        // Closed is closed: nothing is offered, nothing moves, until the closing itself is taken back.
        Assert.Equal(after.State == CommitmentState.Open, after.ClosedAt is null);
        if (after.State != CommitmentState.Open) Assert.Null(after.OfferedTo);
        if (before.State != CommitmentState.Open && before != after) Assert.Equal((Deed.Reopen, CommitmentState.Open), (step.Deed, after.State));
        if (before.State == CommitmentState.Replaced) Assert.Equal(before, after);
        // On time is kept, past due is kept late; a date moves only before it has passed, and never into the past.
        if (refusal is null && step.Deed == Deed.Keep) Assert.Equal(before.Due < before.Now ? CommitmentState.KeptLate : CommitmentState.Kept, after.State);
        if (before.Due != after.Due) Assert.True(step.Deed == Deed.Renegotiate && before.Due >= before.Now && after.Due > after.Now);
    }

    private sealed record Picture(CommitmentState State, MemberId Owner, MemberId? OfferedTo, DateTimeOffset? Due, DateTimeOffset? ClosedAt, DateTimeOffset Now)
    {
        public static Picture Of(Commitment c, DateTimeOffset now) => new(c.State, c.Owner, c.OfferedTo, c.DueEnd, c.ClosedAt, now);
    }

    private static Due DueAt(DateTimeOffset end) => new(end, end, DuePrecision.Hour, "then");
}
