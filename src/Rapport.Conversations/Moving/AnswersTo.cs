using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>Which mails of a conversation hang on others by answering them. Read from the mails themselves, where it stands.</summary>
internal sealed class AnswersTo(RapportDb db, TimeProvider clock)
{
    private const int MostMails = 300;

    /// <summary>Of the later mails that the actor may read, those that answer one of these messages or an answer to it.</summary>
    public async Task<List<InteractionId>> FindAsync(IReadOnlyCollection<InteractionId> messages, ConversationId conversation, Actor by, CancellationToken ct)
    {
        var first = messages.Min();
        var answered = await AnsweredAsync(conversation, db.InteractionsFor(by).Where(i => i.Id > first), ct);
        return Grow(messages, answered, (one, taken) => taken.Contains(answered[one]));
    }

    /// <summary>Of the mails that came in since a moment, those that are here only because these messages are: they answer one of them, or are answered by one.</summary>
    public async Task<List<InteractionId>> SinceAsync(IReadOnlyCollection<InteractionId> messages, ConversationId conversation, DateTimeOffset since, CancellationToken ct)
    {
        var came = await AnsweredAsync(conversation, db.Set<Interaction>().Where(i => db.Set<Intake>().Any(x => x.Id == i.Intake && x.ReceivedAt >= since)), ct);
        if (came.Count == 0) return [];
        var theirs = await AnsweredAsync(conversation, db.Set<Interaction>().Where(i => EF.Parameter(messages).Contains(i.Id)), ct);
        return Grow(messages, came, (one, taken) => taken.Contains(came[one]) || taken.Any(t => came.GetValueOrDefault(t) == one || theirs.GetValueOrDefault(t) == one));
    }

    // Each mail with the one here that it answers; the default id when it answers none.
    private async Task<Dictionary<InteractionId, InteractionId>> AnsweredAsync(ConversationId conversation, IQueryable<Interaction> among, CancellationToken ct)
    {
        var mails = await (from i in among
                           where i.Conversation == conversation && i.Intake != null
                           join x in db.Set<Intake>() on i.Intake equals x.Id
                           orderby i.Id
                           select new { i.Id, x.Raw }).Take(MostMails).ToListAsync(ct);
        if (mails.Count == 0) return [];
        var here = (await db.Set<Interaction>().Where(i => i.Conversation == conversation && i.MessageId != null).Select(i => new { i.Id, i.MessageId }).ToListAsync(ct)).ToLookup(i => i.MessageId!, i => i.Id);
        var marks = await db.InstallationAsync(ct) is { } us ? new OurMarks(us, await db.Set<MailboxConnection>().Select(c => c.Address).ToListAsync(ct)) : null;
        var answered = new Dictionary<InteractionId, InteractionId>();
        foreach (var mail in mails)
            if (await db.OpenBlobAsync(mail.Raw, ct) is { } raw)
                answered[mail.Id] = Threads.Candidates(Checked(MailReader.Read(raw, clock.GetUtcNow()), marks)).SelectMany(c => here[c]).FirstOrDefault(i => i != mail.Id);
        return answered;
    }

    private static ReadMail Checked(ReadMail mail, OurMarks? marks) => marks?.Check(mail, out _) ?? mail;

    // Clocks differ: an answer can seem to be older than what it answers, so look again until nothing more comes along.
    private static List<InteractionId> Grow(IReadOnlyCollection<InteractionId> messages, Dictionary<InteractionId, InteractionId> mails, Func<InteractionId, HashSet<InteractionId>, bool> hangs)
    {
        var taken = messages.ToHashSet();
        while (mails.Keys.Where(m => !taken.Contains(m) && hangs(m, taken)).ToList() is { Count: > 0 } more) taken.UnionWith(more);
        return [.. taken.Except(messages).Order()];
    }
}
