using CsCheck;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Kernel.Calendar;

public class BusinessHoursTests
{
    [Theory]
    [InlineData("Mo-Fr 09:00-17:00; Sa 10:00-13:00", "Mo-Fr 09:00-17:00; Sa 10:00-13:00")]
    [InlineData("mon - friday 9-17", "Mo-Fr 09:00-17:00")]
    [InlineData("Mo,We 08:00-12:00, 13:00-17:30", "Mo 08:00-12:00, 13:00-17:30; We 08:00-12:00, 13:00-17:30")]
    [InlineData("Fr 22:00-02:00", "Fr 22:00-24:00; Sa 00:00-02:00")]
    [InlineData("Sa-Mo 10:00-12:00", "Mo 10:00-12:00; Sa-Su 10:00-12:00")]
    [InlineData("Mo 09:00-12:00; Mo 11:00-14:00", "Mo 09:00-14:00")]
    [InlineData("24/7", "Mo-Su 00:00-24:00")]
    [InlineData("closed", "closed")]
    public void Hours_are_read_as_typed_and_written_short(string typed, string written) =>
        Assert.Equal(written, BusinessHours.Parse(typed).ToString());

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Mo-Fr", "Write from when until when \"Mo-Fr\" is open, for example \"Mo-Fr 09:00-17:00\".")]
    [InlineData("whenever", "\"whenever\" does not say which hours you are open. Write days and hours, for example \"Mo-Fr 09:00-17:00; Sa 10:00-12:00\".")]
    [InlineData("09:00-17:00", "need their days")]
    [InlineData("Xy 09:00-17:00", "\"Xy\" is not a weekday")]
    [InlineData("Mo 25:00-26:00", "\"25:00\" is not a time")]
    [InlineData("Mo 09:60-17:00", "\"09:60\" is not a time")]
    [InlineData("Mo 09:00", "not a time from-until")]
    [InlineData("Mo 09:00-09:00", "begins and ends at the same time")]
    public void Wrong_hours_are_refused_with_what_is_wrong(string typed, string problem)
    {
        Assert.False(BusinessHours.TryParse(typed, out var hours, out var sentence));
        Assert.Contains(problem, sentence);
        Assert.False(hours.AnyOpen);
    }

    [Fact]
    public void What_is_written_reads_back_the_same() =>
        Hours.Sample(hours => Assert.Equal(hours, BusinessHours.Parse(hours.ToString())));

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.String["Mo-FrSau 0123459:;,.closed/"].Array[0, 9].Select(string.Concat).Sample(text => Assert.Equal(BusinessHours.TryParse(text, out _, out var problem), problem == ""));

    internal static readonly Gen<BusinessHours> Hours =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 95], Gen.Int[1, 40], (day, from, length) => ((DayOfWeek)day, new Opening(from * 15, Math.Min(1440, (from + length) * 15))))
            .List[0, 12].Select(BusinessHours.From);
}
