using Rapport.Design;

namespace Rapport.Conversations.Pages;

/// <summary>What was done with a conversation, in words.</summary>
internal static class StoryWords
{
    public static string Say(StoryLine line, LocalTime local) => line.Deed switch
    {
        "assigned" when line.Owner is null => $"{line.By} left it to nobody",
        "assigned" when line.Owner == line.By => $"{line.By} took it",
        "assigned" => $"{line.By} gave it to {line.Owner}",
        GiveBackConversations.Deed => $"{line.Owner} left, and nobody answers for it until somebody takes it",
        "snoozed" when line.Until is { } until => $"{line.By} put it away until {HumanTime.Say(until, local)}",
        "came back" => "It came back",
        "closed" => $"{line.By} closed it",
        "reopened" => $"{line.By} opened it again",
        ConversationStory.Answered => "They wrote, and it opened again",
        "no reply needed" => $"{line.By} said that no reply is needed",
        "answered elsewhere" => $"{line.By} answered elsewhere",
        "still waiting" => $"{line.By} said that they still wait",
        "tagged" when line.Tag is { } tag => $"{line.By} tagged it {tag}",
        "untagged" when line.Tag is { } tag => $"{line.By} took the tag {tag} away",
        "merged" => $"{line.By} put another conversation into this one",
        "became a part" => $"{line.By} put it into another conversation",
        "split off" => $"{line.By} gave a message its own conversation",
        "was split off" => $"{line.By} took it out of another conversation",
        "moved away" => $"{line.By} moved a message to another conversation",
        "moved here" => $"{line.By} moved a message here",
        "moved back" => $"{line.By} put what was moved back",
        "shared" => $"{line.By} changed who sees it",
        _ => $"{line.By}: {line.Deed}",
    };
}
