using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Who answered for a conversation when somebody looked; null for nobody.</summary>
public readonly record struct OwnerSeen(MemberId? Owner)
{
    /// <summary>What a form carries; null when it carries none.</summary>
    internal static OwnerSeen? Read(string? text) => string.IsNullOrEmpty(text) ? null : new(IId<MemberId>.TryParse(text, null, out var owner) ? owner : null);

    /// <summary>As pages carry it.</summary>
    internal static string Mark(MemberId? owner) => owner?.ToString() ?? "nobody";
}

/// <summary>Gives a conversation to the one member who answers for it.</summary>
public sealed class AssignConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Gives it; to nobody when null. Not over the head of whoever answers for it since the actor looked.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, MemberId? owner, Actor by, CancellationToken ct, OwnerSeen? seen = null)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (conversation.Owner == owner) return null;
        if (seen is { } saw && conversation.Owner is { } now && now != saw.Owner) return Refusal.Conflict("conversation.taken", $"{(await db.NamesOfMembersAsync([now], ct)).GetValueOrDefault(now, "Somebody")} answers for it since a moment ago. Speak with them first; then do it all the same.");
        if (owner is { } other && other != by.Id && await CheckAsync(id, other, ct) is { } wrong) return wrong;
        var before = conversation.Owner;
        conversation.Owner = owner;
        db.Note("assigned", $"conversations/{id}", new { before, after = owner });
        db.Happened(new ConversationTurned(id, Turn.Assigned, clock.GetUtcNow()), by);
        return await db.SaveAsync(by, ct);
    }

    private async Task<Refusal?> CheckAsync(ConversationId id, MemberId owner, CancellationToken ct)
    {
        if (!await db.Persons().AnyAsync(p => p.Member == owner, ct)) return Refusal.Invalid("owner.unknown", "There is no such member.", "owner");
        if (await db.MemberAsync(owner, ct) is { IsHere: false } gone) return Refusal.Invalid("owner.left", $"{gone.Name} has left. Choose somebody who is here.", "owner");
        return await db.MayReadAsync(id, owner, ct) ? null : Refusal.Conflict("conversation.private", "They cannot see this conversation. Share it with them first.");
    }
}

/// <summary>Whether somebody else may read a conversation.</summary>
internal static class Readers
{
    public static async Task<bool> MayReadAsync(this RapportDb db, ConversationId id, MemberId member, CancellationToken ct)
    {
        var reader = new Actor(member, "", Roles.Reader) { Teams = await db.TeamsOfAsync(member, ct) };
        return await db.ConversationsFor(reader).AnyAsync(c => c.Id == id, ct);
    }

    /// <summary>The members who may read it, by name: for choosing an owner.</summary>
    public static async Task<List<MemberRow>> MembersWhoReadAsync(this RapportDb db, ConversationId id, CancellationToken ct)
    {
        var members = await db.MembersHereAsync(ct);
        if (await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.OnlyFor).SingleOrDefaultAsync(ct) is not { } first) return members;
        HashSet<ReaderId> readers = [first, .. await db.Set<ConversationViewer>().Where(v => v.Conversation == id).Select(v => v.Reader).ToListAsync(ct)];
        var teams = (await db.TeamsAsync(ct)).Where(t => readers.Contains(t.Id.AsReader)).SelectMany(t => t.Members).Select(m => m.Id).ToHashSet();
        return members.FindAll(m => readers.Contains(m.Id) || teams.Contains(m.Id));
    }
}
