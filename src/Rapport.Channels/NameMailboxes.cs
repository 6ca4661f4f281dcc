using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>Mailboxes by name; those of others only where they are shared.</summary>
internal sealed class NameMailboxes(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var mailboxes = ids.Select(MailboxId.From).ToList();
        return [.. (await db.MailboxesFor(by).Where(m => mailboxes.Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToListAsync(ct)).Select(m => new NamedThing(m.Id.Value, m.Name, $"/settings/mailboxes/{m.Id}"))];
    }
}
