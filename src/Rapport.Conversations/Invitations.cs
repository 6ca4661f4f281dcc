using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>Answers invitations that came by mail.</summary>
public sealed class AnswerInvitation(RapportDb db, TimeProvider clock)
{
    /// <summary>The file that says whether the actor comes, to be sent to whoever invites. It must have been one of their addresses that was invited.</summary>
    public async Task<Result<string>> WriteAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct)
    {
        if (!await db.InteractionsFor(by).AnyAsync(i => i.Id == id, ct)) return Refusal.Missing("interaction");
        if (!(await new Invitations(db).OfAsync([id], ct)).TryGetValue(id, out var meeting)) return Refusal.Missing("invitation");
        var own = await db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Email && db.Persons().Any(p => p.Id == c.Party && p.Member == by.Id)).Select(c => c.Value).ToListAsync(ct);
        var me = meeting.People.FirstOrDefault(p => EmailAddresses.Key(p.Address) is { } address && own.Contains(address));
        return me is null ? Refusal.Conflict("invitation.others", "None of your addresses was invited.") : InvitationAnswer.Write(meeting, new(me.Name.Length > 0 ? me.Name : by.Name, me.Address), answer, clock.GetUtcNow());
    }
}

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
