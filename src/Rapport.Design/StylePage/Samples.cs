namespace Rapport.Design;

/// <summary>The plainly fictional people and texts of the style page, and a day that never changes so that its pictures can be compared.</summary>
internal static class Samples
{
    public const string LongName = "Aleksanteri Kaarlo Wolfgang von Hohenstein-Rautavaara the 3rd";

    public const string LongText =
        "We went through the plan for the winter. The harbour wants both cranes before the ice, and Mika would like the crew to stay the same because they know the quay. " +
        "He asked twice who answers on weekends; the duty phone is not enough, he would rather have a name.\n\n" +
        "He is content with the reports, less so with the invoices, which come in three parts and in the wrong order. Sofia has to put them together by hand every month. " +
        "One document, he said, and half of the calls would not be needed at all.";

    public static readonly LocalTime Local = new(new DateTimeOffset(2026, 11, 23, 9, 40, 0, TimeSpan.Zero), TimeZoneInfo.Utc, LocalTime.DefaultCulture);

    public static readonly string[] Names =
    [
        "Mika Korhonen", "Lena Brandt", "Νίκος Παπαδόπουλος", "Дмитрий Соколов", "محمد الأحمد", "רות לוי", "李小龙", "山田 花子", "김민준", "อรุณี สุขใจ", "प्रिया शर्मा", "Åsa Öberg", "jun.park@example.com", "Tom", "???",
    ];

    public static readonly ChartPoint[] Weeks =
    [
        new("week 36", 4), new("week 37", 7), new("week 38", 3), new("week 39", 8), new("week 40", 6), new("week 41", 2), new("week 42", 5), new("week 43", 9), new("week 44", 7), new("week 45", 6), new("week 46", 11), new("week 47", 8),
    ];

    public static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);
}
