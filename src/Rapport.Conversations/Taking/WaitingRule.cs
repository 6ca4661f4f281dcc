using Rapport.Customers;

namespace Rapport.Conversations;

/// <summary>Who waits for us, and since when.</summary>
internal readonly record struct Waiting(DateTimeOffset Since, InteractionId For, PartyId? Person);

/// <summary>What counts as answered: what we could know of when somebody said so, and what was said before we spoke to them on another channel.</summary>
internal readonly record struct Settled(DateTimeOffset? Until, DateTimeOffset? SpokenUntil)
{
    public bool Covers(Said one) => one.Known <= Until || one.At <= SpokenUntil;
}

/// <summary>When somebody waits for us (V13): they asked, addressed to us, and nothing of ours followed that went to them or theirs. Thanks settle what was asked; other words added later do not, but for what somebody else says on a list: there they answer each other.</summary>
internal static class WaitingRule
{
    /// <param name="said">The human interactions of one conversation, in any order.</param>
    /// <param name="settled">What is settled without an answer.</param>
    /// <param name="onList">It is on a mailing list, whose subscribers speak to each other.</param>
    public static Waiting? Of(IEnumerable<Said> said, Settled settled, bool onList = false)
    {
        var open = new List<Said>();
        foreach (var one in said.OrderBy(s => s.Id.Value))
        {
            if (one.IsOurs) open.RemoveAll(asked => onList || one.Answers(asked));
            else if (one.Direction != Direction.Inbound) continue;
            else if (one.Asks && !settled.Covers(one)) open.Add(one);
            else if (one.Thanks || onList && open.Count > 0 && one.Author != open[^1].Author) open.Clear();
        }
        return open.Count == 0 ? null : new(open[0].At, open[^1].Id, open[^1].Author);
    }
}
