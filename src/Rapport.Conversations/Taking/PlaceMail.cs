using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>That a mail is written here, by a member, into a conversation or a new one.</summary>
internal sealed record WrittenHere(ConversationId? Into, Known? Author, MemberId? Member, DateTimeOffset At)
{
    /// <summary>Who answers for a new conversation; whoever wrote when null.</summary>
    public MemberId? Owner { get; init; }
}

internal static class WritingMembers
{
    /// <summary>A member as the person they are; null while nobody said which.</summary>
    public static async Task<Known?> KnownMemberAsync(this RapportDb db, Actor by, CancellationToken ct) =>
        await db.Persons().AsNoTracking().Where(p => p.Member == by.Id).FirstOrDefaultAsync(ct) is { } me ? new() { Id = me.Id, Name = me.Name, Who = Who.OneOfUs, Member = by.Id } : null;
}

/// <summary>Puts the mails of a batch where they belong, as records that the batch then saves.</summary>
internal sealed class PlaceMail(RapportDb db, TimeProvider clock, Mailbox box, OurMarks? marks)
{
    /// <summary>Why the answer of a stranger is in a conversation of its own.</summary>
    public const string Stranger = "New, because its sender takes no part in the conversation that it answers.";

    /// <summary>Why what we wrote to others is in a conversation of its own.</summary>
    public const string Others = "New, because it goes to others than the conversation that it refers to.";

    private readonly Correspondents people = new(db, clock);
    private readonly Threads threads = new(db);
    private readonly MomentIds moments = new(db);
    private readonly MailAttachments attachments = new(db);
    private readonly Contacts contacts = new(db);
    private readonly AddressesReported reported = new(db, box, clock);
    private readonly DispatchEvidence evidence = new(db, marks, clock);
    private readonly List<InteractionId> taken = [];
    private HashSet<MemberId> gone = [];
    private int opened;

    /// <summary>Who said their name in this batch; known when it is finished.</summary>
    public IReadOnlyCollection<PartyId> Introduced { get; private set; } = [];

    public async Task LoadAsync(IReadOnlyList<(Intake Intake, ReadMail Mail)> batch, CancellationToken ct, ConversationId? also = null)
    {
        var mails = batch.Select(b => b.Mail).ToList();
        await moments.LoadAsync(batch.Select(b => (When(b.Intake, b.Mail), b.Mail.MessageId)), ct);
        await people.LoadAsync(mails.SelectMany(m => m.To.Concat(m.Cc).Take(500).Concat(m.ReplyTo.Take(1)).Concat(m.From is null ? [] : [m.From])), ct);
        await threads.LoadAsync(mails, also, ct);
        gone = [.. await db.Set<Member>().Where(m => m.LeftAt != null).Select(m => m.Id).ToListAsync(ct)];
    }

    /// <summary>False when the same mail was here already.</summary>
    public async Task<bool> TakeAsync(Intake intake, ReadMail mail, CancellationToken ct, WrittenHere? written = null)
    {
        if (written is null) evidence.Take(mail, intake.Sent);
        if (written is null && (intake.Sent || intake.Import is not null && people.IsOurs(mail.From))) reported.Sent(mail);
        // What lies in the Sent folder under an id of ours is what we sent, whatever the server did to it.
        if (threads.Same(mail, intake.Sent && marks?.Made(mail.MessageId) == true, out var sameId) is { } same)
        {
            (intake.State, intake.Interaction) = (IntakeState.Duplicate, same.Interaction);
            await WidenAsync(same.Interaction, same.Thread, ct);
            return false;
        }

        people.Import = intake.Import;
        var facts = new MailFacts(mail, written?.At ?? When(intake, mail), people, new(intake.Sent, written is null && intake.Import is null), written?.Author);
        var parts = facts.Parts().ToList();
        if (written is null && mail.From is { } sender) people.Hear(sender);
        var (home, related, strangers, because) = await threads.PlaceAsync(mail, facts.Sender(), facts.FromOurs, [.. parts.Select(p => p.Party)], facts.Them(), ct);
        if (written?.Into is { } into) (home, related, because) = (threads.Of(into), null, null);
        var thread = home ?? Open(facts, related, written);
        thread.Conversation.Team ??= box.Team;
        if (home is null && related is not null) because = facts.FromOurs ? Others : Stranger;
        foreach (var stranger in strangers) await RelateAsync(stranger, thread, ct);
        var interaction = await WriteAsync(facts, intake, thread, because, written, threads.Admission.Of(thread.Conversation, box, parts.Select(p => p.Known?.Member).OfType<MemberId>()), ct);
        foreach (var part in parts) Take(interaction, thread, facts, part.Known, part.Party, part.Part);
        threads.Remember(mail, interaction.Id, thread);
        (intake.State, intake.Interaction) = (IntakeState.Read, interaction.Id);
        intake.Problem = MailBatch.Sentence(mail.Problems.Concat(sameId ? ["Another mail with the same Message-ID has another content; both are kept."] : []));
        return true;
    }

    // Nobody has written after we had it; a clock that is fast would put our answer before the question.
    private static DateTimeOffset When(Intake intake, ReadMail mail) => mail.Date is { } written && written < intake.ReceivedAt ? written : intake.ReceivedAt;

    // The answer of a stranger came before what it answers: the reason is the same as if it had come after.
    private async Task RelateAsync(Thread stranger, Thread thread, CancellationToken ct)
    {
        stranger.Conversation.Related ??= thread.Conversation.Id;
        var first = stranger.New.Find(i => i.Id == stranger.Conversation.First) ?? await db.Set<Interaction>().SingleOrDefaultAsync(i => i.Id == stranger.Conversation.First, ct);
        if (first is not null) first.JoinedBecause ??= Stranger;
    }

    // The same mail lay in another mailbox too: whoever reads that one reads it as well.
    private async Task WidenAsync(InteractionId id, Thread thread, CancellationToken ct)
    {
        var interaction = thread.New.Find(i => i.Id == id) ?? await db.Set<Interaction>().SingleAsync(i => i.Id == id, ct);
        if (interaction.OnlyFor is null) return;
        var sharing = threads.Admission.SharingOf(thread.Conversation, box.Owner) ?? box.Sharing;
        List<MemberId> tookPart = sharing.With != Visibility.Participants ? [] : [.. (await (from p in db.Set<Participant>() where p.Interaction == id join who in db.Persons() on p.Party equals who.Id where who.Member != null select who.Member!.Value).Distinct().ToListAsync(ct))];
        var viewers = db.ChangeTracker.Entries<InteractionViewer>().Where(e => e.Entity.Interaction == id).Select(e => e.Entity.Reader).Union(await db.Set<InteractionViewer>().Where(v => v.Interaction == id).Select(v => v.Reader).ToListAsync(ct));
        var before = Audience.Of(interaction.OnlyFor, viewers, interaction.Outlined);
        var after = before.With(Audience.Of(box.Owner, sharing, tookPart));
        if (after.IsSameAs(before)) return;
        (interaction.OnlyFor, interaction.Outlined) = (after.First, after.Outlined);
        db.AddRange(after.Others.Except(before.Only!).Select(r => new InteractionViewer { Interaction = id, Reader = r }));
        threads.Admission.Admit(thread.Conversation, after);
        thread.Conversation.Team ??= box.Team;
        thread.Touched = true;
    }

    /// <summary>What is known only when all are placed: who waits, who was in contact when.</summary>
    public async Task<MailTaken> FinishAsync(Actor by, CancellationToken ct)
    {
        await attachments.FinishAsync(ct);
        await reported.FinishAsync(ct);
        foreach (var (messageId, bounce) in reported.Found) evidence.Take(messageId, bounce);
        await evidence.FinishAsync(ct);
        Introduced = await people.FinishAsync(ct);
        foreach (var thread in threads.All.Where(t => t.Touched))
            if (thread.Conversation.Reckon(thread.Said)) db.NoteAnswered(thread.Conversation.Id, clock.GetUtcNow(), by);
        await new SpokenSince(db).SettleAsync([.. threads.All.Where(t => t.Touched && t.Conversation.WaitingPerson is not null).Select(t => (t.Conversation, t.Said))], ct);
        await new SetClocks(db, clock).RunAsync(threads.All.Where(t => t.Touched).Select(t => t.Conversation), ct);
        await contacts.FinishAsync(ct);
        foreach (var thread in threads.All.Where(t => t.Touched && (t.IsNew || db.Entry(t.Conversation).Property(c => c.Subject).IsModified || db.Entry(t.Conversation).Property(c => c.Mixed).IsModified || db.Entry(t.Conversation).Property(c => c.OnlyFor).IsModified)))
            db.Index(await threads.Admission.DocumentAsync(thread.Conversation, ct));
        if (taken.Count > 0) db.Happened(new InteractionsTaken(taken), by);
        return new MailTaken() with { Conversations = opened, People = people.People, Organizations = people.Organizations };
    }

    private Thread Open(MailFacts facts, Thread? related, WrittenHere? written)
    {
        opened++;
        return threads.Open(new Conversation
        {
            Id = Ids.New<ConversationId>(clock),
            Subject = facts.Subject,
            Related = related?.Conversation.Id,
            Customer = facts.Customer(),
            Owner = new[] { written?.Owner, written?.Member }.Concat(facts.FromOurs ? [facts.Author?.Member] : facts.To.Select(k => k.Member))
                .Append(box.Owner == default || box.Team is not null ? null : box.Owner).FirstOrDefault(m => m is { } one && !gone.Contains(one)),
            ListId = facts.Mail.ListId is { } list ? list[..Math.Min(200, list.Length)] : null,
        });
    }

    private async Task<Interaction> WriteAsync(MailFacts facts, Intake intake, Thread thread, string? because, WrittenHere? written, Audience audience, CancellationToken ct)
    {
        var mail = facts.Mail;
        var interaction = new Interaction
        {
            Id = await moments.NextAsync(facts.At, mail.MessageId, ct),
            Conversation = thread.Conversation.Id,
            Channel = Channel.Email,
            Direction = facts.Direction,
            Voice = facts.Voice,
            At = facts.At,
            Subject = mail.Subject.Length > Conversation.LongestSubject ? mail.Subject[..Conversation.LongestSubject] : mail.Subject,
            Text = facts.Text,
            Author = facts.Author?.Id,
            AuthorName = facts.From is null ? "" : facts.From.Name.Length > 0 ? facts.From.Name : facts.From.Address,
            Member = written?.Member ?? (facts.FromOurs ? facts.Author?.Member : null),
            Asks = facts.Asks,
            Thanks = facts.Thanks,
            HasMore = mail.Quoted.Length > 0 || facts.Text.Length < mail.Reply.Length,
            HasHtml = mail.Html is not null,
            Seal = mail.Seal,
            AttachmentCount = MailAttachments.Count(mail),
            JoinedBecause = because,
            Intake = intake.Id,
            MessageId = Threads.Stored(mail.MessageId),
            OnlyFor = audience.First,
            Outlined = audience.Outlined,
        };
        db.Add(interaction);
        db.AddRange(audience.Others.Select(r => new InteractionViewer { Interaction = interaction.Id, Reader = r }));
        threads.Admission.Admit(thread.Conversation, audience);
        attachments.Add(interaction.Id, mail);
        reported.Take(interaction, mail);
        taken.Add(interaction.Id);
        thread.Conversation.Take(interaction, facts.Subject);
        thread.Touched = true;
        // Where they belong may have become known since it was put away.
        if (thread.Conversation.Customer is not { } with || !facts.FromOurs && with == facts.Author?.Id) thread.Conversation.Customer = facts.Customer();
        thread.New.Add(interaction);
        if (facts is { Voice: Voice.Human, FromOurs: false } && written is null && intake.Import is null) thread.Conversation.Unseen(intake.ReceivedAt);
        if (facts.Voice == Voice.Human) thread.Said.Add(new(interaction.Id, facts.At, facts.Direction, facts.Asks, facts.Thanks, interaction.Author, interaction.Channel)
            {
                Known = intake.Import is null ? Said.KnownAt(facts.At, intake.ReceivedAt) : facts.At,
                With = facts.Them(),
            });
        db.Index(new MessageText(interaction.Id.Value, $"{mail.Subject}\n{interaction.AuthorName}\n{facts.Text}"));
        return interaction;
    }

    private void Take(Interaction interaction, Thread thread, MailFacts facts, Known? known, PartyId party, Part part)
    {
        var counts = facts.Voice == Voice.Human;
        db.Add(new Participant { Party = party, Interaction = interaction.Id, Part = part, Counts = counts });
        thread.Parties.Add(party);
        if (part == Part.From && known is { IsOurs: false }) thread.Writers.UnionWith(facts.Sender());
        if (counts && part != Part.Cc && known is not { IsOurs: true }) contacts.Spoke(party, known?.New, facts.At);
        if (part == Part.From && !facts.FromOurs && known is { Who: Who.Unknown, IsOrganization: false } && facts.Voice != Voice.Automatic) contacts.Wrote(party, known.New, facts.At);
    }
}
