using CsCheck;
using Rapport.Commitments;

namespace Rapport.Tests.Commitments;

/// <summary>How often something is so is told with its counts and the interval of Wilson, and never out of fewer than five cases (K7).</summary>
public class RateTests
{
    // The four examples of Newcombe, Two-sided confidence intervals for the single proportion (1998), method 3; and two of our own at the ends.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(5, 5, 0.5655, 1)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    public void The_interval_is_the_one_in_the_books(int hits, int cases, double low, double high)
    {
        var rate = new Rate(hits, cases);
        Assert.Equal((double)hits / cases, rate.Share);
        Assert.Equal((low, high), (Math.Round(rate.Low!.Value, 4), Math.Round(rate.High!.Value, 4)));
    }

    [Fact]
    public void Of_fewer_than_five_cases_only_the_counts_are_told()
    {
        Assert.NotNull(new Rate(4, 5).Share);
        var few = new Rate(4, 4);
        Assert.Equal((4, 4, false), (few.Hits, few.Cases, few.IsTold));
        Assert.Null(few.Share ?? few.Low ?? few.High);
        Assert.Null(default(Rate).Share);
    }

    [Fact]
    public void More_than_all_and_fewer_than_none_are_mistakes_of_whoever_counts()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(-1, 2));
    }

    [Fact]
    public void The_share_lies_in_its_interval_which_is_the_mirror_of_that_of_the_rest_and_narrower_with_more_cases() =>
        Gen.Int[Rate.Fewest, 100_000].SelectMany(cases => Gen.Int[0, cases].Select(hits => (hits, cases))).Sample(of =>
        {
            var (rate, rest, more) = (new Rate(of.hits, of.cases), new Rate(of.cases - of.hits, of.cases), new Rate(of.hits * 4, of.cases * 4));
            Assert.InRange(rate.Share!.Value, rate.Low!.Value - 1e-12, rate.High!.Value + 1e-12);
            Assert.InRange(rate.Low.Value, 0, 1);
            Assert.InRange(rate.High.Value, 0, 1);
            Assert.Equal(rate.Low.Value, 1 - rest.High!.Value, 9);
            Assert.True(more.High - more.Low < rate.High - rate.Low);
        });
}
