using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Who may see what, when the same matter lies in several mailboxes (V11).</summary>
internal sealed class Audience(RapportDb db)
{
    /// <summary>Something visible to <paramref name="onlyFor"/> (everybody when null) comes into a conversation.</summary>
    public async Task AdmitAsync(Conversation conversation, MemberId? onlyFor, CancellationToken ct)
    {
        if (conversation.OnlyFor == onlyFor) return;
        conversation.Mixed = true;
        if (onlyFor is null) conversation.OnlyFor = null;
        else if (conversation.OnlyFor is not null) await AddViewerAsync(conversation.Id, onlyFor.Value, ct);
    }

    /// <summary>The same mail lay in another mailbox too: its owner sees it as well, or everybody when that mailbox is shared.</summary>
    public async Task WidenAsync(InteractionId id, Conversation conversation, Mailbox box, CancellationToken ct)
    {
        var interaction = db.Set<Interaction>().Local.FirstOrDefault(i => i.Id == id) ?? await db.Set<Interaction>().SingleAsync(i => i.Id == id, ct);
        if (interaction.OnlyFor is not null && box.OnlyFor is null)
        {
            interaction.OnlyFor = null;
            await AdmitAsync(conversation, null, ct);
        }
        if (interaction.OnlyFor == box.Owner) return;

        // Also while everybody may see it: it stays theirs when the first owner stops sharing.
        conversation.Mixed = conversation.Mixed || interaction.OnlyFor is not null;
        if (!db.Set<InteractionViewer>().Local.Any(v => v.Interaction == id && v.Member == box.Owner) && !await db.Set<InteractionViewer>().AnyAsync(v => v.Interaction == id && v.Member == box.Owner, ct))
            db.Add(new InteractionViewer { Interaction = id, Member = box.Owner });
        await AddViewerAsync(conversation.Id, box.Owner, ct);
    }

    /// <summary>How a conversation is found by its subject, and by whom.</summary>
    public async Task<SearchDocument> DocumentAsync(Conversation conversation, CancellationToken ct)
    {
        var viewers = conversation is { OnlyFor: not null, Mixed: true }
            ? await db.Set<ConversationViewer>().Where(v => v.Conversation == conversation.Id).Select(v => v.Member).ToListAsync(ct)
            : [];
        viewers.AddRange(db.Set<ConversationViewer>().Local.Where(v => v.Conversation == conversation.Id).Select(v => v.Member));
        var key = new SearchKey(SearchKind.Conversation, conversation.Id.Value);
        return new(key, conversation.Subject.Length > 0 ? conversation.Subject : "(no subject)", "", [], Recency(conversation.LastAt), conversation.OnlyFor, [.. viewers.Distinct()]);
    }

    // Of conversations with the same words the later ones are meant: a step of weight for each quarter of a year.
    private static int Recency(DateTimeOffset lastAt) => Math.Clamp((lastAt.Year - 2010) * 4 + (lastAt.Month - 1) / 3, 0, 127);

    public async Task AddViewerAsync(ConversationId conversation, MemberId member, CancellationToken ct)
    {
        if (db.Set<ConversationViewer>().Local.Any(v => v.Conversation == conversation && v.Member == member)) return;
        if (!await db.Set<ConversationViewer>().AnyAsync(v => v.Conversation == conversation && v.Member == member, ct))
            db.Add(new ConversationViewer { Conversation = conversation, Member = member });
    }
}
