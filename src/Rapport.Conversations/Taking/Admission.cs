using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Keeps who may read conversations in step with who may read what is in them. Knows the conversations that were loaded or opened.</summary>
internal sealed class Admission(RapportDb db)
{
    private readonly Dictionary<ConversationId, Audience> audiences = [];
    private readonly Dictionary<(ConversationId, MemberId), Sharing> sharings = [];

    public async Task LoadAsync(IReadOnlyCollection<Conversation> conversations, CancellationToken ct)
    {
        var ids = conversations.Select(c => c.Id).ToList();
        if (ids.Count == 0) return;
        var narrow = conversations.Where(c => c.OnlyFor is not null).Select(c => c.Id).ToList();
        var viewers = narrow.Count == 0 ? null : (await db.Set<ConversationViewer>().AsNoTracking().Where(v => EF.Parameter(narrow).Contains(v.Conversation)).ToListAsync(ct)).ToLookup(v => v.Conversation, v => v.Reader);
        foreach (var c in conversations) audiences[c.Id] = Audience.Of(c.OnlyFor, viewers?[c.Id] ?? [], c.Outlined);
        foreach (var s in await db.Set<ConversationSharing>().AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Conversation)).ToListAsync(ct)) sharings[(s.Conversation, s.Owner)] = s.Sharing;
    }

    /// <summary>Who may read a mail of this mailbox in this conversation.</summary>
    public Audience Of(Conversation conversation, Mailbox box, IEnumerable<MemberId> tookPart) => Audience.Of(box.Owner, SharingOf(conversation, box.Owner) ?? box.Sharing, tookPart);

    /// <summary>Who may read a conversation now.</summary>
    public Audience AudienceOf(Conversation conversation) => audiences[conversation.Id];

    /// <summary>With whom a member shares what is theirs in a conversation; null while that is not said.</summary>
    public Sharing? SharingOf(Conversation conversation, MemberId owner) => sharings.TryGetValue((conversation.Id, owner), out var sharing) ? sharing : null;

    /// <summary>Something with this audience comes into a conversation.</summary>
    public void Admit(Conversation conversation, Audience audience)
    {
        if (!audiences.TryGetValue(conversation.Id, out var before))
        {
            (conversation.OnlyFor, conversation.Outlined) = (audience.First, audience.Outlined);
            AddViewers(conversation.Id, audience.Others);
            audiences[conversation.Id] = audience;
            return;
        }
        if (before.IsSameAs(audience)) return;
        conversation.Mixed = true;
        Widen(conversation, before, before.With(audience));
    }

    /// <summary>A conversation becomes a part of another one.</summary>
    public void Merge(Conversation from, Conversation into)
    {
        if (!audiences.TryGetValue(from.Id, out var old) || !audiences.TryGetValue(into.Id, out var before)) return;
        into.Mixed = into.Mixed || from.Mixed || !old.IsSameAs(before);
        Widen(into, before, before.With(old));
    }

    /// <summary>How a conversation is found by its subject, and by whom. Where not everybody reads all of it, by a subject that is for all who find it.</summary>
    public async Task<SearchDocument> DocumentAsync(Conversation conversation, CancellationToken ct)
    {
        var audience = audiences[conversation.Id];
        var open = audience.Only is null || conversation.Outlined;
        var subject = conversation.Mixed ? await SubjectAsync(conversation.Id, open, ct) : conversation.Subject;
        return new(new(SearchKind.Conversation, conversation.Id.Value), subject.Length > 0 ? subject : "(no subject)", "", [], Recency(conversation.LastAt), open ? null : audience.First, open ? null : [.. audience.Others]);
    }

    // Of conversations with the same words the later ones are meant: a step of weight for each quarter of a year.
    private static int Recency(DateTimeOffset lastAt) => Math.Clamp((lastAt.Year - 2010) * 4 + (lastAt.Month - 1) / 3, 0, 127);

    private async Task<string> SubjectAsync(ConversationId id, bool open, CancellationToken ct)
    {
        var tracked = db.ChangeTracker.Entries<Interaction>().Select(e => e.Entity).ToDictionary(i => i.Id);
        var stored = await db.Set<Interaction>().AsNoTracking().Where(i => i.Conversation == id).Select(i => new { i.Id, i.Subject, i.OnlyFor, i.Outlined }).ToListAsync(ct);
        var all = stored.Where(s => !tracked.ContainsKey(s.Id)).Concat(tracked.Values.Where(t => t.Conversation == id).Select(i => new { i.Id, i.Subject, i.OnlyFor, i.Outlined })).OrderBy(i => i.Id.Value);
        var subjects = all.Where(i => !open || i.OnlyFor is null || i.Outlined).Select(i => MailSubject.Base(i.Subject)).Distinct().ToList();
        return open ? subjects.FirstOrDefault(s => s.Length > 0) ?? "" : subjects.Count == 1 ? subjects[0] : "";
    }

    private void Widen(Conversation conversation, Audience before, Audience after)
    {
        conversation.Outlined = after.Outlined;
        if (after.Only is null) conversation.OnlyFor = null;
        else AddViewers(conversation.Id, after.Only.Except(before.Only!));
        audiences[conversation.Id] = after;
    }

    private void AddViewers(ConversationId conversation, IEnumerable<ReaderId> readers) => db.AddRange(readers.Select(r => new ConversationViewer { Conversation = conversation, Reader = r }));
}
