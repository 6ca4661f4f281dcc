using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Says who sees a member's mail: they alone, a team, everyone, or those who took part while the others see subject and people (V11). Only its owner may; of one that is nobody's own, an administrator.</summary>
public sealed class ShareMailbox(RapportDb db, TimeProvider clock)
{
    /// <summary>Shares it with these and with nobody else. What also lies in the mailboxes of others stays as those say.</summary>
    public async Task<Refusal?> RunAsync(MailboxId id, Sharing with, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is not { } mailbox) return Refusal.Missing("mailbox");
        if (await with.CheckAsync(db, ct) is { } wrong) return wrong;
        if (mailbox.Owner == Mailbox.Nobody && with.With is Visibility.Owner or Visibility.Participants) return Refusal.Invalid("visibility.nobodys", "This mailbox is nobody's own: say which team sees it, or everyone.", "with");
        if (mailbox.Sharing == with) return null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        (mailbox.Visibility, mailbox.Team) = (with.With, with.Team);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        var inside = await db.Set<Intake>().Where(x => x.Mailbox == id && x.Interaction != null).Select(x => x.Interaction!.Value).Distinct().ToListAsync(ct);
        await new SettleAudience(db, clock).RunAsync(inside, by, ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}

/// <summary>Says who sees what is a member's own in one conversation, whatever their mailbox says. What others brought into it stays as they say, and private notes stay private.</summary>
public sealed class ShareConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Shares it with these and with nobody else; as the mailboxes say when null.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Sharing? with, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (with is { } wanted && await wanted.CheckAsync(db, ct) is { } wrong) return wrong;
        if (!await db.IsPartlyOwnedAsync(id, by, ct)) return Refusal.Conflict("conversation.others", "Nothing in this conversation came by your mailbox or your hand. Ask one of those whose it is.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var said = await db.Set<ConversationSharing>().SingleOrDefaultAsync(s => s.Conversation == id && s.Owner == by.Id, ct);
        var before = said?.Sharing;
        if (with is not { } now) db.RemoveRange(said is null ? [] : [said]);
        else if (said is not null) (said.Visibility, said.Team) = (now.With, now.Team);
        else db.Add(new ConversationSharing { Conversation = id, Owner = by.Id, Visibility = now.With, Team = now.Team });
        db.Note("shared", $"conversations/{id}", new { before, after = with });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        var inside = await db.Set<Interaction>().Where(i => i.Conversation == conversation.Id).Select(i => i.Id).ToListAsync(ct);
        await new SettleAudience(db, clock).RunAsync(inside, by, ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}

/// <summary>What can be said of sharing.</summary>
public static class Sharings
{
    /// <summary>Refused when it names a team that is not there, or none where one is meant.</summary>
    internal static async Task<Refusal?> CheckAsync(this Sharing with, RapportDb db, CancellationToken ct)
    {
        if (!Enum.IsDefined(with.With)) return Refusal.Invalid("visibility.unknown", "Say with whom: owner, participants, team or everyone.", "with");
        if (with.With != Visibility.Team) return with.Team is null ? null : Refusal.Invalid("visibility.team", "Only what is shared with a team names one.", "team");
        return with.Team is { } team && await db.TeamAsync(team, ct) is not null ? null : Refusal.Invalid("visibility.team", "Choose the team that shall see it.", "team");
    }

    /// <summary>Whether something in a conversation is the actor's to share: it came by their mailbox, or they recorded it.</summary>
    internal static async Task<bool> IsPartlyOwnedAsync(this RapportDb db, ConversationId id, Actor by, CancellationToken ct) =>
        await db.Set<Interaction>().AnyAsync(i => i.Conversation == id && (i.Intake == null && i.Member == by.Id && !i.Private || db.Set<Intake>().Any(x => x.Interaction == i.Id && db.Set<Mailbox>().Any(m => m.Id == x.Mailbox && m.Owner == by.Id))), ct);
}
