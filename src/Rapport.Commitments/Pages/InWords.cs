using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Rapport.Conversations;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>Commitments in words, for the pages.</summary>
internal static class InWords
{
    public static readonly IReadOnlyList<Choice> Sides = [new(nameof(Side.OursToThem), "We promised them"), new(nameof(Side.TheirsToUs), "They promised us")];

    public static readonly IReadOnlyList<Choice> Weights = [new(nameof(Weight.Small), "small"), new(nameof(Weight.Normal), "as most are"), new(nameof(Weight.Serious), "serious", "much hangs on it")];

    public static readonly IReadOnlyList<Choice> Kinds = [.. Enum.GetValues<PromiseKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    public static readonly IReadOnlyList<Choice> Causes = [.. Enum.GetValues<BreakCause>().Select(c => new Choice(c.ToString(), Of((BreakCause?)c)))];

    /// <summary>Why something was late or not kept.</summary>
    public static string Of(BreakCause? cause) => cause switch
    {
        BreakCause.Forgotten => "it was forgotten",
        BreakCause.TooMuch => "too much was promised for then",
        BreakCause.TookLonger => "it took longer than thought",
        BreakCause.WaitedForThem => "we waited for something from them",
        BreakCause.WaitedForOthers => "we waited for somebody else",
        BreakCause.NotPossible => "it could not be done",
        BreakCause.Misunderstood => "each side meant something else",
        null => "nobody said why",
    };

    /// <summary>How long before it was due something was promised.</summary>
    public static string Of(NoticeGiven notice) => notice switch
    {
        NoticeGiven.SameDay => "for the same day",
        NoticeGiven.ThreeDays => "one to three days before",
        NoticeGiven.Week => "within a week",
        NoticeGiven.Month => "within a month",
        NoticeGiven.Longer => "longer before",
        NoticeGiven.Undated => "without a date",
    };

    /// <summary>Where something is done with a commitment: its page, with that part open.</summary>
    public static string Open(CommitmentId id, string deed) => $"/commitments/{id}?open={deed}#{deed}";

    /// <summary>Several names as one: "Ada, Ben and Cleo".</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    /// <summary>A state as a word.</summary>
    public static string Of(CommitmentState state) => state switch
    {
        CommitmentState.Proposed => "proposed",
        CommitmentState.Open => "open",
        CommitmentState.Kept => "kept",
        CommitmentState.KeptLate => "kept late",
        CommitmentState.Broken => "not kept",
        CommitmentState.Released => "let go",
        CommitmentState.Replaced => "agreed anew",
    };

    /// <summary>A verdict as a word.</summary>
    public static string Of(Verdict? verdict) => verdict switch { Verdict.Kept => "kept", Verdict.Partly => "kept in part", Verdict.NotKept => "not kept", null => "" };

    /// <summary>What its colour says.</summary>
    public static Tone ToneOf(Verdict? verdict) => verdict switch { Verdict.Kept => Tone.Green, Verdict.Partly => Tone.Amber, Verdict.NotKept => Tone.Red, null => Tone.Neutral };

    /// <summary>What happened, as whom it was promised to reads it.</summary>
    public static string Of(SeenStep step) => step.Deed switch
    {
        CommitmentDeed.Made => "promised it",
        CommitmentDeed.Renegotiated => "agreed a new date with you",
        CommitmentDeed.Kept => "said that it is done",
        CommitmentDeed.Broken => "counted it as not kept",
        CommitmentDeed.Released => "wrote that you let it go",
        CommitmentDeed.Replaced => "agreed it anew with you, after it was due",
        CommitmentDeed.Accepted => "took it over",
        CommitmentDeed.Reassigned => $"gave it to {step.To}",
        CommitmentDeed.Reopened => "took that back: it still stands",
        CommitmentDeed.Judged => $"said: {Of(step.Verdict)}",
        CommitmentDeed.MailTakenBack => "took the new date back: the old one stands",
        CommitmentDeed.Reminded or CommitmentDeed.NamedForEscalation or CommitmentDeed.Offered or CommitmentDeed.Declined or CommitmentDeed.AskedVerdict or CommitmentDeed.Heard or CommitmentDeed.Explained or CommitmentDeed.OfferEnded or CommitmentDeed.HelperNamed or CommitmentDeed.HelperLeft or CommitmentDeed.Confirmed => "",
    };

    public static Tone ToneOf(CommitmentState state) => state switch
    {
        CommitmentState.Kept => Tone.Green,
        CommitmentState.KeptLate or CommitmentState.Replaced => Tone.Amber,
        CommitmentState.Broken => Tone.Red,
        CommitmentState.Proposed or CommitmentState.Open or CommitmentState.Released => Tone.Neutral,
    };

    /// <summary>The group of a list that something falls in.</summary>
    public static string Group(CommitmentRow row, LocalTime local)
    {
        if (row.State != CommitmentState.Open) return "Settled";
        if (row.DueEnd is not { } due) return "No date";
        if (row.IsLate(local.Now)) return "Late";
        var day = DateOnly.FromDateTime(local.At(due).DateTime);
        if (day <= local.Today) return "Today";
        return day <= local.Today.AddDays((7 - (int)local.Today.DayOfWeek) % 7) ? "This week" : "Later";
    }

    /// <summary>One line of a story.</summary>
    public static string Of(CommitmentStep step) => step.Deed switch
    {
        CommitmentDeed.Made => "wrote it down",
        CommitmentDeed.Renegotiated => "agreed a new date before it was due",
        CommitmentDeed.Kept => "said that it is done",
        CommitmentDeed.Broken when step.By == Actor.Rapport.Name => "counted it as not kept",
        CommitmentDeed.Broken => $"said that it was not kept{(step.Cause is null ? "" : $": {Of(step.Cause)}")}",
        CommitmentDeed.Released => "wrote that they let it go",
        CommitmentDeed.Replaced => "agreed it anew after it was due",
        CommitmentDeed.Offered => $"asked {step.To} to take it",
        CommitmentDeed.Accepted => "took it",
        CommitmentDeed.Declined => "left it with its owner",
        CommitmentDeed.Reassigned => $"gave it to {step.To}",
        CommitmentDeed.Reopened => "took that back",
        CommitmentDeed.AskedVerdict => "asked them whether it was kept",
        CommitmentDeed.Judged => $"said: {Of(step.Verdict)}",
        CommitmentDeed.Heard => "heard it",
        CommitmentDeed.Reminded => "reminded them",
        CommitmentDeed.NamedForEscalation => step.To is null ? "said that nobody else is told when it is late" : $"named {step.To}, who is told when it is late",
        CommitmentDeed.MailTakenBack => "took that mail back before it left: what it said does not count",
        CommitmentDeed.OfferEnded => $"ended the question: {step.To} did not answer in time",
        CommitmentDeed.HelperNamed => $"said that {step.To} helps",
        CommitmentDeed.HelperLeft => $"said that {step.To} helps no longer",
        CommitmentDeed.Confirmed => "gave it to them in writing",
        CommitmentDeed.Explained => $"said why: {Of(step.Cause)}",
    };

    /// <summary>How something was said: "in a mail", "on a visit".</summary>
    public static string In(Channel channel) => channel switch
    {
        Channel.Email => "in a mail",
        Channel.Telephone => "in a call",
        Channel.Visit => "on a visit",
        Channel.Meeting => "in a meeting",
        Channel.Chat => "in a chat",
        Channel.Sms => "in a text message",
        Channel.Letter => "in a letter",
        Channel.Note => "in a note",
    };

    /// <summary>The same list with another filter, from its beginning.</summary>
    public static string With(HttpContext http, string name, string? value) => Asking(http, (name, value));

    /// <summary>The same list with other filters, from its beginning.</summary>
    public static string Asking(HttpContext http, params (string Name, string? Value)[] filters)
    {
        var query = http.Request.Query.Where(q => q.Key != "after" && !Array.Exists(filters, f => f.Name == q.Key)).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        return QueryHelpers.AddQueryString(http.Request.Path, query.Concat(filters.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>A share that can be told: "86 %".</summary>
    public static string Percent(Rate rate) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate.Share * 100:0} %");

    /// <summary>Between what it lies: "72 to 93 %".</summary>
    public static string Between(Rate rate) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate.Low * 100:0} to {rate.High * 100:0} %");

    /// <summary>Those who may be accountable, as choices; who is away now says so.</summary>
    public static async Task<IReadOnlyList<Choice>> MembersAsync(RapportDb db, MemberId? but, DateTimeOffset now, CancellationToken ct)
    {
        var away = await db.AwayAsync(now, ct);
        return [.. (await db.MembersHereAsync(ct)).Where(m => m.Id != but && new Actor(m.Id, m.Name, m.Roles).May(Roles.Member)).Select(m => new Choice(m.Id.ToString(), away.TryGetValue(m.Id, out var absent) ? $"{m.Name} ({Until(absent)})" : m.Name))];
    }

    /// <summary>"away until 5 December 2025".</summary>
    public static string Until(Away away) => $"away until {Kernel.Calendar.ClockWords.Date(away.Until)}";

    /// <summary>"away until 5 December 2025; Ben Moss stands in".</summary>
    public static string Of(Away away) => $"{Until(away)}; {away.DeputyName ?? "nobody"} stands in";

    /// <summary>What kind of thing is promised: "something to send".</summary>
    public static string Of(PromiseKind kind) => kind switch
    {
        PromiseKind.Date => "a date",
        PromiseKind.CallBack => "a call",
        PromiseKind.Document => "something to send",
        PromiseKind.Answer => "an answer",
        PromiseKind.Price => "about money",
        PromiseKind.Action => "something to do",
        PromiseKind.Behaviour => "how to go about it",
    };

    /// <summary>How sure Rapport is, for people.</summary>
    public static string Sure(double probability) => probability switch { >= 0.95 => "quite sure", >= 0.8 => "fairly sure", _ => "not so sure" } + $" ({Math.Min(99, Math.Round(probability * 100)):0} %)";
}
