using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>What somebody who left answered for goes back to their team or to nobody, where it is found: also what opens again long afterwards.</summary>
public sealed class GiveBackConversations(RapportDb db, TimeProvider clock) : IJob
{
    /// <summary>So long after somebody left that can be taken back as if it had not been.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>What the journal calls it.</summary>
    internal const string Deed = "owner left";

    private const int AtOnce = 200;
    private static readonly ConversationState[] Unclosed = [ConversationState.Open, ConversationState.Waiting, ConversationState.Snoozed];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now - Grace;
        var gone = await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt != null && m.LeftAt <= until).Select(m => (MemberId?)m.Id).ToListAsync(ct);
        while (gone.Count > 0 && !ct.IsCancellationRequested)
        {
            var left = await db.Set<Conversation>().Where(c => gone.Contains(c.Owner) && Unclosed.Contains(c.State) && c.MergedInto == null).Take(AtOnce).ToListAsync(ct);
            if (left.Count == 0) return;
            foreach (var conversation in left)
            {
                db.Note(Deed, $"conversations/{conversation.Id}", new { left = conversation.Owner });
                db.Happened(new ConversationTurned(conversation.Id, Turn.Assigned, now), Actor.Rapport);
                conversation.Owner = null;
            }
            // Somebody else changed one of them meanwhile: the next round finds what is left.
            if (await db.SaveAsync(Actor.Rapport, ct) is not null) return;
            db.ChangeTracker.Clear();
        }
    }
}
