using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Whom messages did not reach. Found by their Message-IDs, so that it does not matter whether the message or its bounce came in first.</summary>
internal sealed class UndeliveredMail(RapportDb db)
{
    public async Task<ILookup<InteractionId, Undelivered>> OfAsync(IReadOnlyCollection<Interaction> messages, Actor by, CancellationToken ct)
    {
        var sent = messages.Where(m => m.Direction is Direction.Outbound or Direction.Internal && m.MessageId is not null).ToLookup(m => m.MessageId!);
        var ids = sent.Select(s => s.Key).ToList();
        var reports = ids.Count == 0 ? [] : await db.Set<AddressReport>().AsNoTracking().Where(r => r.About != null && EF.Parameter(ids).Contains(r.About)).ToListAsync(ct);
        if (reports.Count == 0) return Array.Empty<(InteractionId, Undelivered)>().ToLookup(p => p.Item1, p => p.Item2);

        var told = reports.Select(r => r.Interaction).ToList();
        var visible = (await db.InteractionsFor(by).Where(i => EF.Parameter(told).Contains(i.Id)).Select(i => i.Id).ToListAsync(ct)).ToHashSet();
        // Of one message and one address the newest word counts: delayed yesterday, arrived today.
        var newest = reports.GroupBy(r => (r.About, r.Address)).Select(g => g.MaxBy(r => r.Interaction)!).Where(r => r.IsBounce || r.News is AddressNews.Complaint or AddressNews.Unproven).OrderBy(r => r.Address, StringComparer.Ordinal);
        return newest.SelectMany(r => sent[r.About!].Select(m => (m.Id, new Undelivered(r.Address, r.News, r.Reason, r.Status, r.Diagnostic, r.At, visible.Contains(r.Interaction) && r.Interaction != m.Id ? r.Interaction : null))))
            .ToLookup(p => p.Id, p => p.Item2);
    }
}
