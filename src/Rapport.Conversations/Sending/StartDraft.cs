using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>A mailbox that a member may write from.</summary>
public sealed record WritingMailbox(MailboxId Id, string Name, string Address);

/// <summary>A mail before its first word: to whom, from where, about what.</summary>
/// <param name="Words">What is known of it.</param>
/// <param name="Files">Files that came with what it passes on, and go along.</param>
public sealed record DraftStart(DraftWords Words, IReadOnlyList<WrittenFile> Files);

/// <summary>Fills in what is known before somebody writes: the recipients, the subject, the mailbox.</summary>
public sealed class StartDraft(RapportDb db, ChannelsOptions options, TimeProvider clock)
{
    private const long Large = 1024 * 1024;

    /// <summary>The mailboxes that the actor may write from and that can send, by name.</summary>
    public async Task<IReadOnlyList<WritingMailbox>> MailboxesAsync(Actor by, CancellationToken ct)
    {
        var (folder, mine, me) = (!string.IsNullOrEmpty(options.DeliverTo), db.MailboxesToWriteFrom(by), by.Id);
        return await (from m in mine
                      join c in db.Set<MailboxConnection>() on m.Id equals c.Mailbox
                      where folder || c.Servers.Any(s => s.Use == MailUse.Sending)
                      orderby m.Owner == me descending, m.Name
                      select new WritingMailbox(m.Id, m.Name, c.Address)).ToListAsync(ct);
    }

    /// <summary>An id for a mail that is about to be written.</summary>
    public DraftId NewId() => Ids.New<DraftId>(clock);

    /// <summary>Begins from a message; null when it is not the actor's to read.</summary>
    public async Task<DraftStart?> FromAsync(InteractionId id, DraftKind kind, Actor by, CancellationToken ct)
    {
        if (await AnsweredMail.FindAsync(db, id, by, clock, ct) is not { } answered) return null;
        var boxes = await MailboxesAsync(by, ct);
        var came = await db.Set<Intake>().Where(i => i.Interaction == id).Select(i => i.Mailbox).ToListAsync(ct);
        var forward = kind == DraftKind.Forward;
        var (to, cc) = forward ? ([], []) : answered.Recipients(kind == DraftKind.AnswerToAll, await OwnAsync(by, ct));
        var words = new DraftWords(kind, answered.Interaction.Conversation, id, (boxes.FirstOrDefault(b => came.Contains(b.Id)) ?? (boxes is [var first, ..] ? first : null))?.Id, RecipientText.Write(to), RecipientText.Write(cc), "", answered.Subject(forward), "")
        {
            Seen = await ConversationSeen.OfAsync(db, answered.Interaction.Conversation, by, ct),
        };
        return new(words, forward ? answered.Files() : []);
    }

    /// <summary>The files of a message that go along when it is passed on; none when it is not the actor's to read.</summary>
    public async Task<IReadOnlyList<WrittenFile>> FilesAsync(InteractionId id, Actor by, CancellationToken ct) => await AnsweredMail.FindAsync(db, id, by, clock, ct) is { } passedOn ? passedOn.Files() : [];

    /// <summary>Whether reading a mail for its answer would keep a page waiting.</summary>
    public Task<bool> IsLargeAsync(InteractionId id, CancellationToken ct) => (from i in db.Set<Interaction>() where i.Id == id join n in db.Set<Intake>() on i.Intake equals n.Id join b in db.Set<Kernel.Blobs.Blob>() on n.Raw equals b.Hash select b.Size > Large).FirstOrDefaultAsync(ct);

    /// <summary>The message of a conversation that an answer is to: what they wait for, else the newest mail of theirs, else the newest; null when there is no mail in it.</summary>
    public async Task<InteractionId?> AnsweredAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        var mails = db.InteractionsFor(by).Where(i => i.Conversation == id && i.Channel == Channel.Email);
        var waits = await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.WaitingFor).SingleOrDefaultAsync(ct);
        return await mails.OrderByDescending(i => i.Id == waits).ThenByDescending(i => i.Direction == Direction.Inbound && i.Voice != Voice.Automatic).ThenByDescending(i => i.Id).Select(i => (InteractionId?)i.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>Begins with nothing but whom it goes to.</summary>
    public async Task<DraftStart> ToAsync(PartyId? party, string? to, ConversationId? conversation, Actor by, CancellationToken ct)
    {
        var boxes = await MailboxesAsync(by, ct);
        if (string.IsNullOrWhiteSpace(to) && party is { } id) to = await AddressOfAsync(id, ct);
        if (conversation is { } known && !await db.ConversationsFor(by).AnyAsync(c => c.Id == known, ct)) conversation = null;
        var subject = conversation is null ? "" : await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => c.Subject).SingleAsync(ct);
        var words = new DraftWords(DraftKind.Mail, conversation, null, boxes is [var first, ..] ? first.Id : null, to ?? "", "", "", subject, "")
        {
            Seen = conversation is { } inside ? await ConversationSeen.OfAsync(db, inside, by, ct) : null,
        };
        return new(words, []);
    }

    // What the actor reads anyway, and every mailbox that is nobody's own. A colleague's is a person whom the others wrote to.
    private async Task<HashSet<string>> OwnAsync(Actor by, CancellationToken ct)
    {
        var mine = db.MailboxesToWriteFrom(by).Select(m => m.Id);
        var addresses = await (from c in db.Set<MailboxConnection>() join m in db.Set<Mailbox>() on c.Mailbox equals m.Id where m.Owner == Mailbox.Nobody || mine.Contains(m.Id) select c.Address).ToListAsync(ct);
        return [.. addresses, await db.Set<Member>().Where(m => m.Id == by.Id).Select(m => m.EmailKey).SingleOrDefaultAsync(ct) ?? ""];
    }

    private async Task<string?> AddressOfAsync(PartyId party, CancellationToken ct)
    {
        var found = await (from c in db.Set<ContactPoint>()
                           where c.Party == party && c.Kind == ContactKind.Email && !c.DoNotUse
                           join p in db.Parties() on c.Party equals p.Id
                           orderby c.Preferred descending, c.Id
                           select new { p.Name, c.Given }).FirstOrDefaultAsync(ct);
        return found is null ? null : RecipientText.Write([new Correspondent(found.Name, found.Given)]);
    }
}
