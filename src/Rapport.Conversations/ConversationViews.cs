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

/// <summary>Of what a part of the inbox consists.</summary>
internal static class ConversationViews
{
    private static readonly ConversationState[] Active = [ConversationState.Open, ConversationState.Waiting];

    /// <summary>All of it, in no order.</summary>
    public static IQueryable<Conversation> Of(this ConversationView view, IQueryable<Conversation> all, ConversationFilter filter, Actor by)
    {
        var teams = by.Teams.Select(t => (TeamId?)new TeamId(t.Value)).ToList();
        var active = filter.State is null ? Unsettled(all) : all;
        return view switch
        {
            ConversationView.Mine => active.Where(c => c.Owner == by.Id),
            ConversationView.Teams => active.Where(c => teams.Contains(c.Team)),
            ConversationView.Unassigned => active.Where(c => c.Owner == null),
            ConversationView.WaitingForThem => all.Where(c => c.State == ConversationState.Waiting),
            ConversationView.Snoozed => all.Where(c => c.SnoozedUntil != null),
            ConversationView.Closed => all.Where(c => c.State == ConversationState.Closed),
            ConversationView.NeedsUs or ConversationView.All => all,
        };
    }

    /// <summary>The same in parts, each of them one range of one index in the order of the list: however much there is, only what is shown is read.</summary>
    public static IReadOnlyList<IQueryable<Conversation>> Ranges(this ConversationView view, IQueryable<Conversation> all, ConversationFilter filter, Actor by)
    {
        if (view is not (ConversationView.Mine or ConversationView.Teams or ConversationView.Unassigned)) return [view.Of(all, filter, by)];
        // By what was said last the index has each state apart; by when it is due, or since when somebody waits, all of them together.
        IReadOnlyList<IQueryable<Conversation>> active = filter.State is not null ? [all] : filter.Waits || filter.Due is not null ? [Unsettled(all)] : [.. Active.Select(s => all.Where(c => c.State == s))];
        return view switch
        {
            ConversationView.Mine => [.. active.Select(a => a.Where(c => c.Owner == by.Id))],
            ConversationView.Unassigned => [.. active.Select(a => a.Where(c => c.Owner == null))],
            _ => [.. by.Teams.Select(t => (TeamId?)new TeamId(t.Value)).SelectMany(_ => active, (team, a) => a.Where(c => c.Team == team))],
        };
    }

    private static IQueryable<Conversation> Unsettled(IQueryable<Conversation> all) => all.Where(c => c.State == ConversationState.Open || c.State == ConversationState.Waiting);
}
