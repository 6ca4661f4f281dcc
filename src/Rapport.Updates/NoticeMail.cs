using System.Globalization;
using System.Text;
using Rapport.Kernel.Calendar;

namespace Rapport.Updates;

/// <summary>What a mail about a notice says: what happens, how bad, until when, what we do, when the next word comes. Each says all of it, so that none needs the one before.</summary>
internal static class NoticeMail
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What it is about.</summary>
    public static string Subject(Notice notice, WordKind word) => word switch
    {
        WordKind.Update => $"Update: {notice.Title}",
        WordKind.AllClear => $"Over: {notice.Title}",
        WordKind.Beginning or WordKind.Widening => $"{Called(notice.Kind)}: {notice.Title}",
    };

    /// <summary>The words to one recipient, on their clock.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="word">The word of it that is said.</param>
    /// <param name="to">To whom.</param>
    /// <param name="us">What we are called.</param>
    /// <param name="ours">Our zone, for those whose own is not known.</param>
    /// <param name="unsubscribe">Where they unsubscribe; null where there is nothing to unsubscribe from.</param>
    public static string Text(Notice notice, NoticeWord word, Recipient to, string us, TimeZoneInfo ours, string? unsubscribe)
    {
        var zone = Kernel.Calendar.LocalTime.ZoneOr(to.Zone, ours);
        var text = new StringBuilder($"Hello {to.Name},\n\n");
        if (word.Kind == WordKind.AllClear) AllClear(text, notice, word, to, zone);
        else Standing(text, notice, word, zone);
        text.Append(word.Kind == WordKind.AllClear ? "\nIf something is still not as it should be, please answer this mail.\n" : "\nIf you have a question, please answer this mail: it reaches a person.\n");
        if (unsubscribe is not null) text.Append(English, $"\nYou get this because you deal with {us}. If you want no more {Topics.Called(notice.Kind)} from us: {unsubscribe}\n");
        return text.ToString();
    }

    private static void Standing(StringBuilder text, Notice notice, NoticeWord word, TimeZoneInfo zone)
    {
        text.Append(Sentence(notice.Title)).Append('\n');
        if (word.Words.Length > 0) text.Append('\n').Append(word.Words).Append('\n');
        if (word.EndBefore is { } before) text.Append(English, $"\nThe expected end has moved: it was {ClockWords.At(before, zone)}.\n");
        text.Append(English, $"\nWhat is affected: {notice.Affects}\n\nWhat it means for you: {notice.Means}\n");
        if (!notice.MayBeUnsubscribed || notice.Severity != Severity.Minor) text.Append(English, $"\nHow bad it is: {Called(notice.Severity)}\n");
        text.Append(English, $"\n{(notice.Began > word.At ? "From" : "Since")}: {ClockWords.At(notice.Began, zone)}\n");
        if (word.ExpectedEnd is { } end) text.Append(English, $"\nExpected to be over: {ClockWords.At(end, zone)} ({Called(word.Confidence)})\n");
        else if (!notice.SaidOnce) text.Append("\nExpected to be over: we do not know yet.\n");
        if (notice.WeDo.Length > 0) text.Append(English, $"\nWhat we do: {notice.WeDo}\n");
        if (word.NextWord is { } next) text.Append(English, $"\nThe next word from us: by {ClockWords.At(next, zone)}, even if nothing has changed.\n");
    }

    private static void AllClear(StringBuilder text, Notice notice, NoticeWord word, Recipient to, TimeZoneInfo zone)
    {
        text.Append(English, $"This is over: “{notice.Title.TrimEnd('.')}”.\n");
        if (word.Words.Length > 0) text.Append('\n').Append(word.Words).Append('\n');
        text.Append(English, $"\nIt began {ClockWords.At(notice.Began, zone)} and was over {ClockWords.At(word.At, zone)}.\n");
        if (to.Unsubscribed) text.Append("\nYou unsubscribed from such mails. You get this one because we told you that it began.\n");
    }

    /// <summary>A kind as a mail's subject names it.</summary>
    public static string Called(NoticeKind kind) => kind switch
    {
        NoticeKind.Information => "Information",
        NoticeKind.Maintenance => "Maintenance",
        NoticeKind.Incident => "Incident",
        NoticeKind.Delay => "Delay",
        NoticeKind.Change => "Change",
        NoticeKind.Recall => "Recall",
    };

    private static string Called(Severity severity) => severity switch
    {
        Severity.Minor => "minor, a nuisance.",
        Severity.Major => "major, it gets in the way of work.",
        Severity.Critical => "critical, work stands still or somebody may come to harm.",
    };

    private static string Called(Confidence confidence) => confidence switch
    {
        Confidence.Guess => "a guess so far",
        Confidence.Likely => "likely",
        Confidence.Certain => "certain",
    };

    private static string Sentence(string title) => title.EndsWith('.') || title.EndsWith('!') || title.EndsWith('?') ? title : title + ".";
}
