using Rapport.Design;

namespace Rapport.Updates.Pages;

/// <summary>Notices in the words of the pages.</summary>
internal static class NoticeWordings
{
    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new("Incident", "Incident: something they use does not work as it should"), new("Maintenance", "Maintenance: planned work gets in their way"), new("Delay", "Delay: what they wait for comes later"),
        new("Recall", "Recall: what they have must come back"), new("Change", "Change: something will be different"), new("Information", "Information: worth knowing"),
    ];

    public static IReadOnlyList<Choice> Severities { get; } = [new("Minor", "Minor", "A nuisance"), new("Major", "Major", "It gets in the way of work"), new("Critical", "Critical", "Work stands still, or somebody may come to harm")];

    public static IReadOnlyList<Choice> Confidences { get; } = [new("Likely", "likely"), new("Certain", "certain"), new("Guess", "a guess so far")];

    public static IReadOnlyList<Choice> Standings { get; } = [new("Customer", "customers"), new("PotentialCustomer", "potential customers"), new("Unqualified", "not known well enough"), new("Former", "former customers")];

    public static string Of(Severity severity) => severity switch { Severity.Minor => "minor", Severity.Major => "major", Severity.Critical => "critical" };

    public static Tone ToneOf(Severity severity) => severity switch { Severity.Minor => Tone.Neutral, Severity.Major => Tone.Amber, Severity.Critical => Tone.Red };

    public static string Of(Confidence confidence) => confidence switch { Confidence.Guess => "a guess so far", Confidence.Likely => "likely", Confidence.Certain => "certain" };

    public static string Of(WordKind kind) => kind switch { WordKind.Beginning => "It began", WordKind.Widening => "It concerns more people", WordKind.Update => "Update", WordKind.AllClear => "All-clear" };

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Waiting => "to be sent", Outcome.HandedOver => "handed over", Outcome.Delivered => "delivered", Outcome.Failed => "not delivered", Outcome.Unknown => "unknown", Outcome.NotTried => "not told",
    };

    public static Tone ToneOf(Outcome outcome) => outcome switch
    {
        Outcome.Waiting => Tone.Neutral, Outcome.HandedOver or Outcome.Delivered => Tone.Green, Outcome.Failed => Tone.Red, Outcome.Unknown or Outcome.NotTried => Tone.Amber,
    };

    /// <summary>How many, with the word for it.</summary>
    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count:N0} {many}";
}
