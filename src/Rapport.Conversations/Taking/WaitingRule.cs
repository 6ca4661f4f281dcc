using Rapport.Customers;

namespace Rapport.Conversations;

/// <summary>What the rule of waiting needs to know of one human interaction.</summary>
internal readonly record struct Said(InteractionId Id, DateTimeOffset At, Direction Direction, bool Asks, bool Thanks, PartyId? Author, Channel Channel);

/// <summary>Who waits for us, and since when.</summary>
internal readonly record struct Waiting(DateTimeOffset Since, InteractionId For, PartyId? Person);

/// <summary>When somebody waits for us (V13): they asked, addressed to us, and nothing of ours followed. Thanks settle what was asked; other words added later do not, but for what somebody else says on a list: there they answer each other.</summary>
internal static class WaitingRule
{
    /// <param name="said">The human interactions of one conversation, in any order.</param>
    /// <param name="settledUntil">What was asked up to then is settled.</param>
    /// <param name="onList">It is on a mailing list, whose subscribers speak to each other.</param>
    public static Waiting? Of(IEnumerable<Said> said, DateTimeOffset? settledUntil, bool onList = false)
    {
        Waiting? waiting = null;
        foreach (var one in said.OrderBy(s => s.Id.Value))
        {
            if (one.Direction is Direction.Outbound or Direction.Mutual || one.Direction == Direction.Inbound && one.Thanks) waiting = null;
            else if (one.Direction == Direction.Inbound && one.Asks && (settledUntil is null || one.At > settledUntil)) waiting = new(waiting?.Since ?? one.At, one.Id, one.Author);
            else if (onList && one.Direction == Direction.Inbound && one.Author != waiting?.Person) waiting = null;
        }
        return waiting;
    }
}
