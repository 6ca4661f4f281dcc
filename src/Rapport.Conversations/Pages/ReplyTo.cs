using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations.Pages;

/// <summary>Whom a reply goes to, until Rapport sends itself: the member's own mail program is opened with the right recipient and subject.</summary>
internal static class ReplyTo
{
    /// <summary>A <c>mailto:</c> to who asked, else to who of theirs spoke last; null when nobody has an address that may be used.</summary>
    public static async Task<string?> FindAsync(RapportDb db, ConversationDetail conversation, CancellationToken ct)
    {
        var theirs = conversation.Messages.Reverse().SelectMany(m => m.Parts.OrderBy(p => p.Part)).Where(p => !p.Ours).Select(p => p.Party);
        List<PartyId> wanted = [.. (conversation.Row.WaitingPerson is { } asker ? theirs.Prepend(asker.Id) : theirs).Distinct().Take(10)];
        if (wanted.Count == 0) return null;
        var addresses = await db.Set<ContactPoint>().Where(c => EF.Parameter(wanted).Contains(c.Party) && c.Kind == ContactKind.Email && !c.DoNotUse)
            .OrderByDescending(c => c.Preferred).ThenBy(c => c.Id).Select(c => new { c.Party, c.Given }).ToListAsync(ct);
        var first = wanted.Select(w => addresses.Find(a => a.Party == w)).FirstOrDefault(a => a is not null);
        return first is null ? null : ConversationWords.MailTo(first.Given, conversation.Row.Subject);
    }
}
