using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>Answers invitations that came by mail.</summary>
public sealed class AnswerInvitation(RapportDb db, StartDraft start, SendMail send, TimeProvider clock)
{
    /// <summary>The file that says whether the actor comes, to be sent to whoever invites. It must have been one of their addresses that was invited.</summary>
    public async Task<Result<string>> WriteAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct) =>
        (await ReadAsync(id, answer, by, ct)).Succeeded(out var read, out var refusal) ? read.File : refusal;

    /// <summary>Sends it, with words for people beside what is for calendars, from the mailbox that was invited where there is one.</summary>
    public async Task<Result<MailSent>> SendAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct)
    {
        if (!(await ReadAsync(id, answer, by, ct)).Succeeded(out var read, out var refusal)) return refusal;
        var box = (await start.MailboxesAsync(by, ct)).FirstOrDefault(b => b.Address == EmailAddresses.Key(read.Me.Address))?.Id ?? (await start.FromAsync(id, DraftKind.Answer, by, ct))?.Words.Mailbox;
        if (box is not { } from) return Refusal.Conflict("invitation.mailbox", "There is no mailbox that you may answer from. Connect yours, with a server for sending.");
        var (title, said) = answer switch
        {
            Attendance.Accepted => ("Accepted", "comes"),
            Attendance.Tentative => ("Perhaps", "may come"),
            Attendance.Declined or Attendance.Unanswered => ("Declined", "does not come"),
        };
        var what = read.Meeting.What.Length > 0 ? read.Meeting.What : "the meeting";
        var subject = $"{title}: {what}";
        return await send.RunAsync(new(from, RecipientText.Write([read.Meeting.Organizer!]), subject.Length > Conversation.LongestSubject ? subject[..Conversation.LongestSubject] : subject, $"{read.Me.Name} {said} to “{what}”.") { Answers = id, Quote = false, Calendar = read.File }, by, ct);
    }

    private async Task<Result<(Invitation Meeting, Correspondent Me, string File)>> ReadAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct)
    {
        if (!await db.InteractionsFor(by).AnyAsync(i => i.Id == id, ct)) return Refusal.Missing("interaction");
        if (!(await new Invitations(db).OfAsync([id], ct)).TryGetValue(id, out var meeting)) return Refusal.Missing("invitation");
        if (Invitations.Me(meeting, await new Invitations(db).OwnAsync(by, ct)) is not { } invited) return Refusal.Conflict("invitation.others", "None of your addresses was invited.");
        var me = new Correspondent(invited.Name.Length > 0 ? invited.Name : by.Name, invited.Address);
        return InvitationAnswer.Write(meeting, me, answer, clock.GetUtcNow()).Succeeded(out var file, out var refusal) ? (meeting, me, file) : refusal;
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

    /// <summary>The addresses by which the actor can be invited: their own, and those of mailboxes that they may write from.</summary>
    public async Task<HashSet<string>> OwnAsync(Actor by, CancellationToken ct)
    {
        var boxes = db.MailboxesToWriteFrom(by);
        return [.. await db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Email && db.Persons().Any(p => p.Id == c.Party && p.Member == by.Id)).Select(c => c.Value).ToListAsync(ct),
            .. await db.Set<MailboxConnection>().Where(c => boxes.Any(m => m.Id == c.Mailbox)).Select(c => c.Address).ToListAsync(ct)];
    }

    /// <summary>Who of those invited that is; null when nobody is.</summary>
    public static Invited? Me(Invitation meeting, IReadOnlySet<string> own) => meeting.People.FirstOrDefault(p => EmailAddresses.Key(p.Address) is { } address && own.Contains(address));

    /// <summary>What was answered later in the same conversation, written into what was asked.</summary>
    public static void Answer(Dictionary<InteractionId, Invitation> meetings)
    {
        foreach (var (id, meeting) in meetings.Where(m => m.Value.Method == InvitationMethod.Request).ToList())
        {
            var said = meetings.Where(m => m.Value.Method == InvitationMethod.Reply && m.Value.Uid == meeting.Uid && m.Value.Sequence >= meeting.Sequence && id < m.Key).OrderBy(m => m.Key).SelectMany(m => m.Value.People).ToLookup(p => EmailAddresses.Key(p.Address));
            meetings[id] = meeting with { People = [.. meeting.People.Select(p => said[EmailAddresses.Key(p.Address)].LastOrDefault() is { } answered ? p with { Answer = answered.Answer } : p)] };
        }
    }
}
