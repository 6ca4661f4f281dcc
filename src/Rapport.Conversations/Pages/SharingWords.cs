using Rapport.Channels;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>Who sees something, in words and on forms.</summary>
internal static class SharingWords
{
    /// <summary>As a form posts it: "everyone", "team:" and its id.</summary>
    public static string Value(Sharing sharing) => sharing is { With: Visibility.Team, Team: { } team } ? $"team:{team}" : sharing.With.ToString().ToLowerInvariant();

    /// <summary>What a form posted; null for anything else.</summary>
    public static Sharing? Parse(string? value)
    {
        if (value?.StartsWith("team:", StringComparison.Ordinal) == true) return IId<TeamId>.TryParse(value["team:".Length..], null, out var team) ? new(Visibility.Team, team) : null;
        return Enum.TryParse<Visibility>(value, true, out var with) && Enum.IsDefined(with) && with != Visibility.Team ? new(with) : null;
    }

    /// <summary>What there is to choose from.</summary>
    public static IReadOnlyList<Choice> Choices(IEnumerable<TeamRow> teams) =>
        [new("owner", "only you"), new("participants", "those who took part; others see subject and people"), .. teams.Select(t => new Choice($"team:{t.Id}", $"the team {t.Name}")), new("everyone", "everyone")];

    /// <summary>Who sees a mailbox, in a few words.</summary>
    public static string Of(Visibility visibility, string? team) => visibility switch
    {
        Visibility.Owner => "only for you",
        Visibility.Participants => "those who took part",
        Visibility.Team => $"the team {team}",
        Visibility.Everyone => "everyone sees it",
    };

    /// <summary>On a badge: who sees it, where that is not everyone.</summary>
    public static string? Badge(Visibility visibility) => visibility switch
    {
        Visibility.Owner => "only for you",
        Visibility.Participants => "for those who took part",
        Visibility.Team => "not for everyone",
        Visibility.Everyone => null,
    };

    /// <summary>After a change: who sees it now.</summary>
    public static string Said(Sharing sharing, string? team) => sharing.With switch
    {
        Visibility.Owner => "It is yours alone again.",
        Visibility.Participants => "Those who took part see it; the others its subject and its people.",
        Visibility.Team => $"The team {team} sees it now.",
        Visibility.Everyone => "Everyone sees it now.",
    };
}
