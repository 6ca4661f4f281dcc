using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Webhooks;

/// <summary>As whom an endpoint hears, and of what (V11): its owner while they are here and an administrator; the administrators' endpoints as somebody to whom nothing private belongs.</summary>
internal sealed class MayHear(RapportDb db)
{
    private static readonly Actor Everybody = new(MemberId.From(Guid.AllBitsSet), "Everybody", Roles.Reader);

    /// <summary>As whom; null when its owner has left or is no administrator any more.</summary>
    public async Task<Actor?> AsWhomAsync(MemberId? owner, CancellationToken ct)
    {
        if (owner is not { } id) return Everybody;
        return await db.MemberAsync(id, ct) is { IsHere: true } member && member.Actor.May(Roles.Administrator) ? member.Actor with { Teams = await db.TeamsOfAsync(id, ct) } : null;
    }

    /// <summary>The events among these that somebody may hear of.</summary>
    public async Task<IReadOnlyList<WebhookEvent>> OfAsync(IReadOnlyCollection<WebhookEvent> events, Actor by, CancellationToken ct)
    {
        var interactions = events.Select(e => e.Interaction).OfType<InteractionId>().Distinct().ToList();
        var conversations = events.Select(e => e.Conversation).OfType<ConversationId>().Distinct().ToList();
        var commitments = events.Select(e => e.Commitment).OfType<CommitmentId>().Distinct().ToList();
        var said = interactions.Count == 0 ? [] : (await db.InteractionsFor(by).Where(i => EF.Parameter(interactions).Contains(i.Id)).Select(i => i.Id).ToListAsync(ct)).ToHashSet();
        var threads = conversations.Count == 0 ? [] : (await db.ConversationsFor(by).Where(c => EF.Parameter(conversations).Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        var promised = commitments.Count == 0 ? [] : (await db.CommitmentsFor(by).Where(c => EF.Parameter(commitments).Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        // What was said may be read wherever it was moved to since; a conversation that became part of another is not there any more.
        return [.. events.Where(e => e.Interaction is { } i ? said.Contains(i) : e.Conversation is { } c ? threads.Contains(c) : e.Commitment is not { } k || promised.Contains(k))];
    }
}
