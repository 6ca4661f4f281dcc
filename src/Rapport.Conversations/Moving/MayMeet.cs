using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>
/// Whether messages may be put into another conversation without showing anything to anybody (V11). Who reads a message stays with the message,
/// but notes are for whoever sees their conversation, and what a member said of sharing a conversation holds for all that is theirs in it:
/// so both must have the same readers, and be shared alike.
/// </summary>
internal sealed class MayMeet(RapportDb db)
{
    public static Refusal Differ { get; } = Refusal.Conflict("conversation.audience", "Not everybody who sees one of these conversations sees the other. Share both with the same people first, under \u201cWho can see this\u201d.");

    /// <summary>Whole conversations.</summary>
    public async Task<Refusal?> CheckAsync(Conversation one, Conversation other, CancellationToken ct)
    {
        var admission = new Admission(db);
        await admission.LoadAsync([one, other], ct);
        return admission.AudienceOf(one).IsSameAs(admission.AudienceOf(other)) && await SharedAlikeAsync(one.Id, other.Id, ct) ? null : Differ;
    }

    /// <summary>Some messages of one.</summary>
    public async Task<Refusal?> CheckAsync(IReadOnlyList<InteractionId> messages, Conversation from, Conversation to, CancellationToken ct)
    {
        if (!await SharedAlikeAsync(from.Id, to.Id, ct)) return Differ;
        var admission = new Admission(db);
        await admission.LoadAsync([to], ct);
        var audience = admission.AudienceOf(to);
        var narrow = await db.Set<Interaction>().AsNoTracking().Where(i => EF.Parameter(messages).Contains(i.Id)).Select(i => new { i.Id, i.OnlyFor, i.Outlined }).ToListAsync(ct);
        var viewers = (await db.Set<InteractionViewer>().AsNoTracking().Where(v => EF.Parameter(messages).Contains(v.Interaction)).ToListAsync(ct)).ToLookup(v => v.Interaction, v => v.Reader);
        return narrow.TrueForAll(i => Audience.Of(i.OnlyFor, viewers[i.Id], i.Outlined).IsSameAs(audience)) ? null : Differ;
    }

    /// <summary>Going back where they were shows nothing anew, but for notes, which are for whoever sees the rest.</summary>
    public async Task<Refusal?> CheckBackAsync(Conversation from, Conversation to, CancellationToken ct)
    {
        if (!await SharedAlikeAsync(from.Id, to.Id, ct)) return Differ;
        return await db.Set<Interaction>().AnyAsync(i => (i.Conversation == from.Id || i.Conversation == to.Id) && i.Channel == Channel.Note && !i.Private, ct) ? await CheckAsync(from, to, ct) : null;
    }

    private async Task<bool> SharedAlikeAsync(ConversationId one, ConversationId other, CancellationToken ct)
    {
        var said = await db.Set<ConversationSharing>().AsNoTracking().Where(s => s.Conversation == one || s.Conversation == other).ToListAsync(ct);
        return said.GroupBy(s => (s.Owner, s.Visibility, s.Team)).All(g => g.Count() == 2);
    }
}
