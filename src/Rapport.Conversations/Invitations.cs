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
    /// <param name="id">The message that invites.</param>
    /// <param name="answer">Whether they come.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="seen">What they have seen of the conversation; what there is by now when null.</param>
    public async Task<Result<MailSent>> SendAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct, ConversationSeen? seen = null)
    {
        // Before the invitation is read, so that what comes in while it is read is not answered over (V10).
        seen ??= await ConversationSeen.OfAsync(db, await db.InteractionsFor(by).Where(i => i.Id == id).Select(i => i.Conversation).SingleOrDefaultAsync(ct), by, ct);
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
        return await send.RunAsync(new(from, RecipientText.Write([read.Meeting.Organizer!]), subject.Length > Conversation.LongestSubject ? subject[..Conversation.LongestSubject] : subject, $"{read.Me.Name} {said} to “{what}”.") { Answers = id, Quote = false, Calendar = read.File, Seen = seen }, by, ct);
    }

    private async Task<Result<(Invitation Meeting, Correspondent Me, string File)>> ReadAsync(InteractionId id, Attendance answer, Actor by, CancellationToken ct)
    {
        if (!await db.InteractionsFor(by).AnyAsync(i => i.Id == id, ct)) return Refusal.Missing("interaction");
        if (!(await new Invitations(db).OfAsync([id], ct)).TryGetValue(id, out var meeting)) return Refusal.Missing("invitation");
        if (Invitations.Me(meeting, await new Invitations(db).OwnAsync(by, ct)) is not { } invited) return Refusal.Conflict("invitation.others", "None of your addresses was invited.");
        if (await new Invitations(db).OutdatedAsync(id, meeting, by, ct) is { } outdated) return outdated;
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

    /// <summary>Those by which the actor was asked to come, with what keeps them from answering by now.</summary>
    public async Task<Dictionary<InteractionId, Refusal?>> AskedAsync(IReadOnlyCollection<KeyValuePair<InteractionId, Invitation>> meetings, Actor by, CancellationToken ct)
    {
        var (asked, own) = (new Dictionary<InteractionId, Refusal?>(), meetings.Count > 0 ? await OwnAsync(by, ct) : []);
        foreach (var (id, meeting) in meetings)
            if (meeting is { Method: InvitationMethod.Request, Organizer: not null } && Me(meeting, own) is not null) asked[id] = await OutdatedAsync(id, meeting, by, ct);
        return asked;
    }

    /// <summary>Refuses to answer what whoever invites has changed or called off since (RFC 5546, 2.1.4 and 2.1.5), there or in another mail of theirs: what calls off often answers no mail.</summary>
    public async Task<Refusal?> OutdatedAsync(InteractionId id, Invitation meeting, Actor by, CancellationToken ct)
    {
        if (await db.InteractionsFor(by).Where(i => i.Id == id).Select(i => new { i.Conversation, i.Author }).SingleOrDefaultAsync(ct) is not { } asked) return null;
        var calendars = db.Set<Attachment>().Where(a => a.Type == "text/calendar" || a.Type == "application/ics");
        var others = await db.InteractionsFor(by).Where(i => i.Conversation == asked.Conversation && i.Id != id && calendars.Any(a => a.Interaction == i.Id)).OrderByDescending(i => i.Id).Select(i => i.Id).Take(Most).ToListAsync(ct);
        if (asked.Author is { } author)
            others.AddRange(await db.InteractionsFor(by).Where(i => i.Conversation != asked.Conversation && db.Set<Participant>().Any(p => p.Party == author && p.Interaction == i.Id && p.Part == Part.From && p.Interaction > id) && calendars.Any(a => a.Interaction == i.Id)).OrderByDescending(i => i.Id).Select(i => i.Id).Take(Most).ToListAsync(ct));
        var newer = (await OfAsync(others, ct)).Where(o => o.Value.Uid == meeting.Uid && (o.Value.Instance is null || o.Value.Instance == meeting.Instance) && EmailAddresses.Key(o.Value.Organizer?.Address) == EmailAddresses.Key(meeting.Organizer?.Address)).ToList();
        if (newer.Exists(o => o.Value.Method == InvitationMethod.Cancel && (o.Value.Sequence > meeting.Sequence || o.Value.Sequence == meeting.Sequence && id < o.Key))) return Refusal.Conflict("invitation.cancelled", "This meeting was called off since.");
        return newer.Exists(o => o.Value.Method == InvitationMethod.Request && o.Value.Sequence > meeting.Sequence) ? Refusal.Conflict("invitation.changed", "This meeting was changed since. Answer the newer invitation.") : null;
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
