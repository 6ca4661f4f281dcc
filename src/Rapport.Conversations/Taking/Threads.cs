using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A conversation while mails are placed into it.</summary>
internal sealed class Thread(Conversation conversation)
{
    public Conversation Conversation { get; } = conversation;
    /// <summary>Everybody in it, with the organisations they belonged to.</summary>
    public HashSet<PartyId> Parties { get; } = [];
    /// <summary>Those of them who wrote, ours left out, with the organisations they belong to.</summary>
    public HashSet<PartyId> Writers { get; } = [];
    /// <summary>Its human interactions.</summary>
    public List<Said> Said { get; } = [];
    /// <summary>Interactions of this batch.</summary>
    public List<Interaction> New { get; } = [];
    public bool IsNew { get; init; }
    public bool Touched { get; set; }
    /// <summary>The thread it was found to be a part of.</summary>
    public Thread? Into { get; set; }

    /// <summary>It is with some of them, and none of these is among those.</summary>
    public bool IsOfOthersThan(IReadOnlySet<PartyId> them) => them.Count > 0 && !them.Overlaps(Parties) && (Writers.Count > 0 || Said.Exists(s => s.With.Count > 0));
}

/// <summary>Finds where a mail belongs (V3, V4). Any order of arrival gives the same conversations, since what is only mentioned is remembered and meets what mentions it when it comes.</summary>
internal sealed class Threads(RapportDb db)
{
    private const int MostReferences = 40;

    private readonly Dictionary<string, List<(string ContentHash, InteractionId Interaction, Thread Thread)>> seen = [];
    private readonly Dictionary<string, List<(MentionedId Row, Thread Thread)>> mentioned = [];
    private readonly Dictionary<ConversationId, Thread> threads = [];

    /// <summary>Who may read them.</summary>
    public Admission Admission { get; } = new(db);

    public IEnumerable<Thread> All => threads.Values.Where(t => t.Into is null);

    /// <summary>The ids a mail answers or refers to, the likeliest first: the mail it reports on, the one whose reply address it was sent to, In-Reply-To, then References from last to first, then our marks in its text and in its subject.</summary>
    public static IEnumerable<string> Candidates(ReadMail mail) => Mentions(mail).Concat(mail.MarkedInText).Concat(mail.MarkedInSubject).Distinct().Where(id => id != Stored(mail.MessageId));

    // Without marks in words, which are of mails that are here already.
    private static IEnumerable<string> Mentions(ReadMail mail) =>
        new[] { mail.About, mail.Answers }.OfType<string>().Concat(mail.InReplyTo).Concat(mail.References.Reverse().Take(MostReferences)).Concat(mail.References.Take(1)).Select(Stored).Distinct().Where(id => id != Stored(mail.MessageId));

    /// <summary>As it is kept: ids over the limit by their end, which differs.</summary>
    public static string Stored(string id) => id.Length > 400 ? id[^400..] : id;

    /// <summary>Loads what these mails may belong to, and a conversation besides.</summary>
    public async Task LoadAsync(IReadOnlyList<ReadMail> mails, ConversationId? also, CancellationToken ct)
    {
        var ids = mails.SelectMany(m => Candidates(m).Append(Stored(m.MessageId))).Distinct().ToList();
        var seenRows = await (from m in db.Set<MessageIdRow>()
                              where EF.Parameter(ids).Contains(m.MessageId)
                              join i in db.Set<Interaction>() on m.Interaction equals i.Id
                              select new { m.MessageId, m.ContentHash, m.Interaction, i.Conversation }).ToListAsync(ct);
        var mentionedRows = await db.Set<MentionedId>().Where(m => EF.Parameter(ids).Contains(m.MessageId)).ToListAsync(ct);
        // A conversation that became a part of another one by hand keeps what it mentioned, for when that is undone.
        var now = mentionedRows.Count == 0 ? [] : await db.NowAsync([.. mentionedRows.Select(r => r.Conversation)], ct);
        await LoadThreadsAsync([.. seenRows.Select(r => r.Conversation).Concat(now.Values).Concat(also is { } one ? [one] : []).Distinct()], ct);
        foreach (var row in seenRows) Add(seen, row.MessageId, (row.ContentHash, row.Interaction, threads[row.Conversation]));
        foreach (var row in mentionedRows) Add(mentioned, row.MessageId, (row, threads[now[row.Conversation]]));
    }

    /// <summary>The interaction that the same mail is already, by its id and what is in it, or by its id alone; <paramref name="sameId"/> says that another mail bears its id.</summary>
    public (InteractionId Interaction, Thread Thread)? Same(ReadMail mail, bool whateverIsInIt, out bool sameId)
    {
        sameId = false;
        if (!seen.TryGetValue(Stored(mail.MessageId), out var rows)) return null;
        sameId = true;
        var same = rows.Find(r => whateverIsInIt || r.ContentHash == mail.ContentHash);
        return same.Thread is null ? null : (same.Interaction, Now(same.Thread));
    }

    /// <summary>Where a mail belongs: in which thread, or to which it is related when its sender is a stranger there. <c>Strangers</c> are threads that answer it and yet stay apart.</summary>
    public async Task<(Thread? Home, Thread? Related, List<Thread> Strangers, string? Because)> PlaceAsync(ReadMail mail, IReadOnlyCollection<PartyId> sender, bool senderIsOurs, IReadOnlyCollection<PartyId> parties, IReadOnlySet<PartyId> them, CancellationToken ct)
    {
        Thread? related = null;
        (Thread Thread, string Because)? home = null;
        foreach (var id in Candidates(mail))
        {
            foreach (var (thread, because, isThere) in At(id, mail))
            {
                // What we pass on to one after the other brings them together only where it is itself.
                if (senderIsOurs && !isThere && thread.IsOfOthersThan(them))
                {
                    related ??= thread;
                    continue;
                }
                // A report comes from a mail system, which is at home nowhere.
                if (senderIsOurs || mail.IsReport || sender.Any(thread.Parties.Contains) || OnSameList(thread, mail)) { home = (thread, because); break; }
                related ??= thread;
            }
            if (home is not null) break;
        }
        return await WithAnswersAsync(mail, home, related, parties, ct);
    }

    // What mentioned this mail before it came belongs with it, when somebody who wrote there is one of its people.
    private async Task<(Thread?, Thread?, List<Thread>, string?)> WithAnswersAsync(ReadMail mail, (Thread Thread, string Because)? home, Thread? related, IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var strangers = new List<Thread>();
        if (!mentioned.Remove(Stored(mail.MessageId), out var answers)) return (home?.Thread, related, strangers, home?.Because);
        foreach (var (row, answered) in answers)
        {
            if (db.Entry(row).State != EntityState.Detached) db.Remove(row);
            var thread = Now(answered);
            if (thread == home?.Thread) continue;
            var belongs = thread.Writers.Count == 0 || thread.Writers.Any(w => parties.Contains(w) || home?.Thread.Parties.Contains(w) == true) || OnSameList(thread, mail);
            if (!belongs || home is not null && await db.AreApartAsync(thread.Conversation.Id, home.Value.Thread.Conversation.Id, ct)) strangers.Add(thread);
            else if (home is null) home = (thread, "A mail in this conversation answers it.");
            else await MergeAsync(thread, home.Value.Thread, ct);
        }
        return (home?.Thread, related, strangers, home?.Because);
    }

    /// <summary>Remembers that a mail is in a thread, and which mails it mentioned.</summary>
    public void Remember(ReadMail mail, InteractionId interaction, Thread thread)
    {
        var own = Stored(mail.MessageId);
        Add(seen, own, (mail.ContentHash, interaction, thread));
        db.Add(new MessageIdRow { MessageId = own, ContentHash = mail.ContentHash, Interaction = interaction });
        foreach (var id in Mentions(mail).Where(id => id.Length > 2 && !seen.ContainsKey(id)))
        {
            var there = mentioned.GetValueOrDefault(id);
            if (there is not null && (there.Count >= MentionedId.Most || there.Exists(m => Now(m.Thread) == thread))) continue;
            var row = new MentionedId { MessageId = id, Conversation = thread.Conversation.Id };
            db.Add(row);
            Add(mentioned, id, (row, thread));
        }
    }

    /// <summary>One that was loaded.</summary>
    public Thread Of(ConversationId id) => Now(threads[id]);

    public Thread Open(Conversation conversation)
    {
        var thread = new Thread(conversation) { IsNew = true };
        db.Add(conversation);
        threads.Add(conversation.Id, thread);
        return thread;
    }

    private IEnumerable<(Thread, string, bool IsThere)> At(string id, ReadMail mail)
    {
        var how = mail.Answers == id ? "by the address it was sent to" : mail.InReplyTo.Any(r => Stored(r) == id) ? "In-Reply-To" : mail.References.Any(r => Stored(r) == id) ? "References"
            : mail.MarkedInText.Contains(id) ? "our mark in its text" : mail.MarkedInSubject.Contains(id) ? "our mark in its subject" : "References";
        if (seen.TryGetValue(id, out var rows))
            foreach (var row in rows) yield return (Now(row.Thread), mail.IsReport ? "It reports on a mail in this conversation." : $"It answers a mail in this conversation ({how}).", true);
        if (mentioned.TryGetValue(id, out var others))
            foreach (var row in others) yield return (Now(row.Thread), mail.IsReport ? "It reports on a mail that others in this conversation answered." : $"It answers a mail that others in this conversation answered too ({how}).", false);
    }

    // Whoever is on a list takes part in all that is said there.
    private static bool OnSameList(Thread thread, ReadMail mail) => mail.ListId is not null && thread.Conversation.ListId == mail.ListId;

    private async Task MergeAsync(Thread from, Thread into, CancellationToken ct)
    {
        var (old, home) = (from.Conversation, into.Conversation);
        foreach (var interaction in from.New) interaction.Conversation = home.Id;
        into.New.AddRange(from.New);
        into.Said.AddRange(from.Said);
        into.Parties.UnionWith(from.Parties);
        into.Writers.UnionWith(from.Writers);
        (from.Into, into.Touched) = (into, true);
        Admission.Merge(old, home);
        home.Absorb(old);
        // What came only now brings back by itself what was put away; robots never do (V6).
        if (!from.IsNew && !old.Automatic) home.StandAs(old);
        if (!from.IsNew) await MoveStoredAsync(old, home, ct);
        if (!from.IsNew) await MoveMarksAsync(old.Id, home.Id, ct);

        foreach (var (id, rows) in mentioned)
            for (var i = 0; i < rows.Count; i++)
                if (rows[i].Row.Conversation == old.Id) Move(id, rows, i, into);
        if (from.IsNew) db.Remove(old);
        else old.MergedInto = home.Id;
    }

    // What members put on it goes along.
    private async Task MoveMarksAsync(ConversationId from, ConversationId into, CancellationToken ct)
    {
        var had = await db.Set<ConversationTag>().Where(t => t.Conversation == from || t.Conversation == into).ToListAsync(ct);
        db.RemoveRange(had.Where(t => t.Conversation == from));
        db.AddRange(had.Where(t => t.Conversation == from && !had.Exists(o => o.Conversation == into && o.Tag == t.Tag)).Select(t => new ConversationTag { Conversation = into, Tag = t.Tag }));
        foreach (var nudge in await db.Set<Nudge>().Where(n => n.Conversation == from).ToListAsync(ct)) nudge.Conversation = into;
    }

    private void Move(string id, List<(MentionedId Row, Thread Thread)> rows, int i, Thread into)
    {
        if (db.Entry(rows[i].Row).State != EntityState.Detached) db.Remove(rows[i].Row);
        var row = new MentionedId { MessageId = id, Conversation = into.Conversation.Id };
        if (!rows.Exists(r => r.Row.Conversation == row.Conversation)) db.Add(row);
        rows[i] = (row, into);
    }

    private async Task MoveStoredAsync(Conversation old, Conversation home, CancellationToken ct)
    {
        // The conversation that it moves to may be new in this very batch; nothing refers to it but by its id.
        await db.Set<Interaction>().Where(i => i.Conversation == old.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Conversation, home.Id), ct);
        var known = await db.Set<MentionedId>().Where(m => m.Conversation == old.Id).ToListAsync(ct);
        foreach (var row in known.Where(r => !mentioned.ContainsKey(r.MessageId)))
        {
            db.Remove(row);
            if (!await db.Set<MentionedId>().AnyAsync(m => m.MessageId == row.MessageId && m.Conversation == home.Id, ct))
                db.Add(new MentionedId { MessageId = row.MessageId, Conversation = home.Id });
        }
        var said = await db.Set<ConversationSharing>().Where(s => s.Conversation == old.Id || s.Conversation == home.Id).ToListAsync(ct);
        foreach (var one in said.Where(s => s.Conversation == old.Id && !said.Exists(t => t.Conversation == home.Id && t.Owner == s.Owner)))
            db.Add(new ConversationSharing { Conversation = home.Id, Owner = one.Owner, Visibility = one.Visibility, Team = one.Team });
    }

    private async Task LoadThreadsAsync(List<ConversationId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        foreach (var conversation in await db.Set<Conversation>().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct)) threads.Add(conversation.Id, new(conversation));
        await Admission.LoadAsync([.. threads.Values.Select(t => t.Conversation)], ct);
        var parties = await (from i in db.Set<Interaction>()
                             where EF.Parameter(ids).Contains(i.Conversation)
                             join p in db.Set<Participant>() on i.Id equals p.Interaction
                             join who in db.Set<Party>() on p.Party equals who.Id
                             select new { i.Conversation, p.Party, From = p.Part == Part.From && who.Who != Who.OneOfUs }).Distinct().ToListAsync(ct);
        foreach (var one in parties)
        {
            threads[one.Conversation].Parties.Add(one.Party);
            if (one.From) threads[one.Conversation].Writers.Add(one.Party);
        }
        var writers = threads.Values.SelectMany(t => t.Writers).Distinct().ToList();
        var places = (await db.Set<Affiliation>().Where(a => EF.Parameter(writers).Contains(a.Person) && a.Organization != OurOrganization.Id).Select(a => new { a.Person, a.Organization }).ToListAsync(ct)).ToLookup(a => a.Person, a => a.Organization);
        foreach (var thread in threads.Values) thread.Writers.UnionWith(thread.Writers.ToList().SelectMany(w => places[w]));
        foreach (var one in await db.SaidInAsync(ids, ct)) threads[one.Key].Said.AddRange(one);
    }

    private static Thread Now(Thread thread)
    {
        while (thread.Into is { } into) thread = into;
        return thread;
    }

    private static void Add<T>(Dictionary<string, List<T>> map, string key, T value)
    {
        if (!map.TryGetValue(key, out var list)) map[key] = list = [];
        list.Add(value);
    }
}
