using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>Open pages of a conversation follow what becomes of its mails on their way out.</summary>
internal sealed class ShowDispatches(RapportDb db) : IHear<DispatchesMoved>, IHear<DispatchSettled>
{
    public Task HearAsync(DispatchesMoved happening, Actor by, CancellationToken ct) => ShowAsync(happening.Interactions, ct);

    public Task HearAsync(DispatchSettled happening, Actor by, CancellationToken ct) => ShowAsync([happening.Interaction], ct);

    private async Task ShowAsync(IReadOnlyList<InteractionId> mails, CancellationToken ct)
    {
        foreach (var conversation in await db.Set<Interaction>().Where(i => EF.Parameter(mails).Contains(i.Id)).Select(i => i.Conversation).Distinct().ToListAsync(ct)) db.Changed(conversation.Value);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }
}
