using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>The meetings that messages tell of, read from the calendars that came with them.</summary>
internal sealed class Invitations(RapportDb db)
{
    private const int Most = 20;

    public async Task<Dictionary<InteractionId, Invitation>> OfAsync(IReadOnlyCollection<InteractionId> messages, CancellationToken ct)
    {
        var files = await db.Set<Attachment>().AsNoTracking()
            .Where(a => EF.Parameter(messages).Contains(a.Interaction) && (a.Type == "text/calendar" || a.Type == "application/ics") && a.Size <= InvitationReader.Largest)
            .OrderByDescending(a => a.Interaction).ThenBy(a => a.Position).Select(a => new { a.Interaction, a.Blob }).Take(2 * Most).ToListAsync(ct);
        var found = new Dictionary<InteractionId, Invitation>();
        if (files.Count == 0) return found;
        var zone = (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc;
        foreach (var file in files.DistinctBy(f => f.Interaction).Take(Most))
            if (await db.OpenBlobAsync(file.Blob, ct) is { } bytes && InvitationReader.Read(bytes, zone) is { } meeting) found[file.Interaction] = meeting;
        return found;
    }
}
