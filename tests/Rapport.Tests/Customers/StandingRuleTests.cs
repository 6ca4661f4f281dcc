using CsCheck;
using Rapport.Customers;
using Rapport.Kernel;
using static Rapport.Customers.Answer;
using static Rapport.Customers.JudgementKind;

namespace Rapport.Tests.Customers;

public class StandingRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly StandingRule.Known Plain = new(Today, null, false, false, null);

    [Fact]
    public void The_day_after_the_last_gives_former_whatever_was_judged_and_the_last_does_not()
    {
        Assert.Equal(Standing.Former, StandingRule.Compute(Plain with { Until = Today.AddDays(-1), HasBought = true }, Judged(Yes, Yes, Yes)));
        Assert.Equal(Standing.Customer, StandingRule.Compute(Plain with { Until = Today }, Judged(Yes, Yes, Yes)));
    }

    [Fact]
    public void A_purchase_on_record_or_three_yes_give_a_customer()
    {
        Assert.Equal(Standing.Customer, StandingRule.Compute(Plain with { HasBought = true }, []));
        Assert.Equal(Standing.Customer, StandingRule.Compute(Plain, Judged(Yes, Yes, Yes)));
    }

    [Theory]
    [InlineData(No), InlineData(Unknown)]
    public void Authority_and_means_without_intention_give_a_potential_customer(Answer intention) =>
        Assert.Equal(Standing.PotentialCustomer, StandingRule.Compute(Plain, Judged(Yes, Yes, intention)));

    [Theory]
    [InlineData(No, Yes), InlineData(Yes, No), InlineData(No, Unknown), InlineData(Unknown, No)]
    public void No_authority_or_no_means_give_no_customer(Answer authority, Answer means) =>
        Assert.Equal(Standing.NotACustomer, StandingRule.Compute(Plain, Judged(authority, means, Yes)));

    [Theory]
    [InlineData(Unknown, Unknown, Unknown, "Who decides?")]
    [InlineData(Yes, Unknown, Yes, "Can they pay for it?")]
    public void What_is_unknown_gives_unqualified_and_the_next_question(Answer authority, Answer means, Answer intention, string question)
    {
        Assert.Equal(Standing.Unqualified, StandingRule.Compute(Plain, Judged(authority, means, intention)));
        Assert.Equal(question, StandingRule.NextQuestion(Plain, Judged(authority, means, intention)));
    }

    [Fact]
    public void Those_whom_somebody_else_pays_for_take_the_payers_standing_and_never_fail_for_want_of_means()
    {
        var served = Plain with { ServedForSomebodyElse = true };
        Assert.Equal(Standing.Customer, StandingRule.Compute(served with { PayerStanding = Standing.Customer }, Judged(No, No, No)));
        Assert.Equal(Standing.Unqualified, StandingRule.Compute(served, Judged(Unknown, No, Unknown)));
        Assert.Equal("Who pays?", StandingRule.NextQuestion(served, []));
    }

    [Fact]
    public void A_supplier_is_no_customer_until_somebody_says_otherwise()
    {
        var supplier = Of(Relevance, No, 1);
        Assert.Equal(Standing.NotACustomer, StandingRule.Compute(Plain with { HasBought = true }, [supplier]));
        Assert.Equal(Standing.Customer, StandingRule.Compute(Plain with { HasBought = true }, [supplier, Of(Relevance, Yes, 2)]));
    }

    [Fact]
    public void The_order_of_judgements_does_not_matter_and_the_newest_of_a_kind_counts() =>
        Gen.Select(Gen.Enum<JudgementKind>(), Gen.Enum<Answer>(), Gen.Int[0, 1000]).Array[0, 12].Select(Gen.Bool, Gen.Int).Sample((drawn, bought, seed) =>
        {
            var judgements = drawn.DistinctBy(d => d.Item3).Select(d => Of(d.Item1, d.Item2, d.Item3)).ToList();
            var known = Plain with { HasBought = bought };
            var standing = StandingRule.Compute(known, judgements);
            Assert.Equal(standing, StandingRule.Compute(known, judgements.OrderBy(j => j.Id.Value.GetHashCode() ^ seed)));
            var newest = judgements.GroupBy(j => j.Kind).Select(g => g.MaxBy(j => j.At)!);
            Assert.Equal(standing, StandingRule.Compute(known, newest));
            Assert.Equal(StandingRule.NextQuestion(known, newest), StandingRule.NextQuestion(known, judgements));
        });

    private static Judgement[] Judged(Answer authority, Answer means, Answer intention) => [Of(Authority, authority, 1), Of(Means, means, 2), Of(Intention, intention, 3)];

    private static Judgement Of(JudgementKind kind, Answer answer, int minute)
    {
        var at = RapportFixture.Monday.AddMinutes(minute);
        return new() { Id = Ids.New<JudgementId>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(at)), Kind = kind, Answer = answer, At = at };
    }
}
