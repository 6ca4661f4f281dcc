using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>The parts of the inbox a team works in.</summary>
public enum ConversationView
{
    /// <summary>Somebody waits for us.</summary>
    NeedsUs,
    /// <summary>The reader answers for it, and it is neither closed nor put away.</summary>
    Mine,
    /// <summary>It came into the mailbox of a team of the reader's.</summary>
    Teams,
    /// <summary>Nobody answers for it.</summary>
    Unassigned,
    /// <summary>We spoke last and wait for them.</summary>
    WaitingForThem,
    /// <summary>Put away until a time, the next to come back first.</summary>
    Snoozed,
    /// <summary>Done.</summary>
    Closed,
    /// <summary>Everything.</summary>
    All,
}

/// <summary>Of what a view consists. Each part is one range of one index, in the order of the list: however much there is, only what is shown is read.</summary>
internal static class ConversationViews
{
    private static readonly ConversationState[] Active = [ConversationState.Open, ConversationState.Waiting];

    public static IReadOnlyList<IQueryable<Conversation>> Ranges(this ConversationView view, IQueryable<Conversation> all, Actor by, ConversationState? state)
    {
        IReadOnlyList<ConversationState> active = state is { } one ? [one] : Active;
        return view switch
        {
            ConversationView.Mine => [.. active.Select(s => all.Where(c => c.Owner == by.Id && c.State == s))],
            ConversationView.Teams => [.. by.Teams.SelectMany(_ => active, (reader, s) => (Team: (TeamId?)new TeamId(reader.Value), State: s)).Select(r => all.Where(c => c.Team == r.Team && c.State == r.State))],
            ConversationView.Unassigned => [.. active.Select(s => all.Where(c => c.Owner == null && c.State == s))],
            ConversationView.WaitingForThem => [all.Where(c => c.State == ConversationState.Waiting)],
            ConversationView.Snoozed => [all.Where(c => c.SnoozedUntil != null)],
            ConversationView.Closed => [all.Where(c => c.State == ConversationState.Closed)],
            ConversationView.NeedsUs or ConversationView.All => [all],
        };
    }
}
