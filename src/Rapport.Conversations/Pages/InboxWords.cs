namespace Rapport.Conversations.Pages;

/// <summary>What pages say of the parts of the inbox.</summary>
internal static class InboxWords
{
    /// <summary>Its name in addresses.</summary>
    public static string Slug(ConversationView view) => view switch
    {
        ConversationView.NeedsUs => "needs-us",
        ConversationView.Mine => "mine",
        ConversationView.Teams => "teams",
        ConversationView.Unassigned => "unassigned",
        ConversationView.WaitingForThem => "waiting-for-them",
        ConversationView.Snoozed => "snoozed",
        ConversationView.Closed => "closed",
        ConversationView.All => "all",
    };

    public static ConversationView? Parse(string? slug) => Enum.GetValues<ConversationView>().Where(v => Slug(v) == slug).Select(v => (ConversationView?)v).FirstOrDefault();

    public static string Name(ConversationView view) => view switch
    {
        ConversationView.NeedsUs => "Needs us",
        ConversationView.Mine => "Mine",
        ConversationView.Teams => "My teams'",
        ConversationView.Unassigned => "Unassigned",
        ConversationView.WaitingForThem => "Waiting for them",
        ConversationView.Snoozed => "Put away",
        ConversationView.Closed => "Closed",
        ConversationView.All => "All",
    };

    public static string Lead(ConversationView view) => view switch
    {
        ConversationView.NeedsUs => "Who waits for an answer of ours, the longest first.",
        ConversationView.Mine => "What you answer for.",
        ConversationView.Teams => "What came into the mailboxes of your teams.",
        ConversationView.Unassigned => "Nobody answers for these yet: take one, or give it to somebody.",
        ConversationView.WaitingForThem => "We spoke last and asked for something.",
        ConversationView.Snoozed => "These come back at their time, or as soon as somebody writes.",
        ConversationView.Closed => "Done. Each opens again when a person writes.",
        ConversationView.All => "What was said lately, on every channel.",
    };

    public static string Empty(ConversationView view) => view switch
    {
        ConversationView.NeedsUs => "Nobody waits for us.",
        ConversationView.Mine => "You answer for nothing that is open.",
        ConversationView.Teams => "Nothing is open in the mailboxes of your teams.",
        ConversationView.Unassigned => "Somebody answers for everything that is open.",
        ConversationView.WaitingForThem => "We wait for nobody.",
        ConversationView.Snoozed => "Nothing is put away.",
        ConversationView.Closed => "Nothing is closed yet.",
        ConversationView.All => "Nothing was said yet.",
    };

    /// <summary>How many there are is worth saying where it can be worked down.</summary>
    public static bool IsCounted(ConversationView view) => view is not (ConversationView.Closed or ConversationView.All);
}
