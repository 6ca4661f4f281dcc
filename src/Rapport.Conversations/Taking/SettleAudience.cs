using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Works out anew who may read what and which team it belongs to, after somebody changed with whom they share. Says it from the start: from the mailboxes a mail lies in, what is said of its conversation, and who took part.</summary>
internal sealed class SettleAudience(RapportDb db, TimeProvider clock)
{
    private const int AtOnce = 500;

    private sealed record Source(InteractionId Interaction, MemberId Owner, Sharing Sharing);

    /// <summary>Of these interactions and the conversations they are in. Saves, in the caller's transaction.</summary>
    public async Task RunAsync(IReadOnlyList<InteractionId> interactions, Actor by, CancellationToken ct)
    {
        var conversations = new HashSet<ConversationId>();
        foreach (var some in interactions.Chunk(AtOnce))
        {
            conversations.UnionWith(await InteractionsAsync(some, ct));
            await SaveAsync(by, ct);
        }
        foreach (var some in conversations.Chunk(AtOnce)) await ConversationsAsync(some, by, ct);
    }

    /// <summary>Of conversations, from what is in them. Saves, in the caller's transaction.</summary>
    public async Task ConversationsAsync(IReadOnlyList<ConversationId> ids, Actor by, CancellationToken ct)
    {
        if (await NotesAsync(ids, ct)) await SaveAsync(by, ct);
        var inside = (await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Conversation)).Select(i => new { i.Conversation, i.Id, i.OnlyFor, i.Outlined }).ToListAsync(ct)).ToLookup(i => i.Conversation);
        var narrow = inside.SelectMany(g => g).Where(i => i.OnlyFor is not null).Select(i => i.Id).ToList();
        var readers = (await db.Set<InteractionViewer>().AsNoTracking().Where(v => EF.Parameter(narrow).Contains(v.Interaction)).ToListAsync(ct)).ToLookup(v => v.Interaction, v => v.Reader);
        var viewers = (await db.Set<ConversationViewer>().Where(v => EF.Parameter(ids).Contains(v.Conversation)).ToListAsync(ct)).ToLookup(v => v.Conversation);
        var conversations = await db.Set<Conversation>().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct);
        var teams = await TeamsAsync(ids, ct);
        var moved = new List<Conversation>();
        foreach (var conversation in conversations)
        {
            var all = inside[conversation.Id].Select(i => Audience.Of(i.OnlyFor, readers[i.Id], i.Outlined)).ToList();
            if (all.Count == 0) continue;
            var whole = all.Aggregate((a, b) => a.With(b));
            TellFormer(conversation, viewers[conversation.Id].Select(v => v.Reader), whole);
            var team = teams[conversation.Id].Select(t => (TeamId?)t).FirstOrDefault();
            if (team != conversation.Team) moved.Add(conversation);
            conversation.Team = team;
            (conversation.OnlyFor, conversation.Outlined) = (whole.First, whole.Outlined || inside[conversation.Id].Any(i => i.Outlined));
            conversation.Mixed = all.Exists(a => !a.IsSameAs(all[0]));
            var wanted = whole.Others.ToHashSet();
            db.RemoveRange(viewers[conversation.Id].Where(v => !wanted.Remove(v.Reader)));
            db.AddRange(wanted.Select(r => new ConversationViewer { Conversation = conversation.Id, Reader = r }));
        }
        // Another team may keep other hours.
        await new SetClocks(db, clock).AnewAsync(moved, ct);
        await db.SaveOrThrowAsync(by, ct);
        var admission = new Admission(db);
        await admission.LoadAsync(conversations, ct);
        foreach (var conversation in conversations.Where(c => c.MergedInto is null)) db.Index(await admission.DocumentAsync(conversation, ct));
        await SaveAsync(by, ct);
    }

    // Whoever may no longer see it must hear that their pages are wrong, and is not among those who hear of it from now on.
    private void TellFormer(Conversation conversation, IEnumerable<ReaderId> viewers, Audience now)
    {
        var before = Audience.Of(conversation.OnlyFor, viewers, conversation.Outlined);
        if (before.IsSameAs(now)) return;
        if (before.Only is null || before.Outlined) db.ChangedForAll();
        else foreach (var reader in before.Only) db.Changed(reader.Value);
    }

    // A note is for whoever sees something else in its conversation; a private one is its writer's.
    private async Task<bool> NotesAsync(IReadOnlyList<ConversationId> ids, CancellationToken ct)
    {
        var notes = (await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Conversation) && i.Channel == Channel.Note && !i.Private).ToListAsync(ct)).ToLookup(i => i.Conversation);
        var changed = false;
        foreach (var some in notes)
        {
            var others = await db.Set<Interaction>().AsNoTracking().Where(i => i.Conversation == some.Key && i.Channel != Channel.Note).Select(i => new { i.Id, i.OnlyFor, i.Outlined }).ToListAsync(ct);
            if (others.Count == 0) continue;
            var (narrow, noted) = (others.Where(o => o.OnlyFor is not null).Select(o => o.Id).ToList(), some.Select(i => i.Id).ToList());
            var viewers = (await db.Set<InteractionViewer>().Where(v => EF.Parameter(narrow).Contains(v.Interaction) || EF.Parameter(noted).Contains(v.Interaction)).ToListAsync(ct)).ToLookup(v => v.Interaction);
            var audience = others.Select(o => Audience.Of(o.OnlyFor, viewers[o.Id].Select(v => v.Reader), o.Outlined)).Aggregate((a, b) => a.With(b));
            foreach (var note in some)
            {
                (note.OnlyFor, note.Outlined, changed) = (audience.First, audience.Outlined, true);
                var wanted = audience.Others.ToHashSet();
                db.RemoveRange(viewers[note.Id].Where(v => !wanted.Remove(v.Reader)));
                db.AddRange(wanted.Select(r => new InteractionViewer { Interaction = note.Id, Reader = r }));
            }
        }
        return changed;
    }

    // Whose mailbox it came into first.
    private async Task<ILookup<ConversationId, TeamId>> TeamsAsync(IReadOnlyList<ConversationId> ids, CancellationToken ct) =>
        (await (from i in db.Set<Interaction>()
                where EF.Parameter(ids).Contains(i.Conversation)
                join x in db.Set<Intake>() on i.Id equals x.Interaction
                join m in db.Set<Mailbox>() on x.Mailbox equals m.Id
                where m.Team != null
                orderby x.Id
                select new { i.Conversation, Team = m.Team!.Value }).ToListAsync(ct)).ToLookup(t => t.Conversation, t => t.Team);

    private async Task<HashSet<ConversationId>> InteractionsAsync(InteractionId[] ids, CancellationToken ct)
    {
        var interactions = await db.Set<Interaction>().Where(i => EF.Parameter(ids).Contains(i.Id)).ToListAsync(ct);
        var conversations = interactions.Select(i => i.Conversation).ToHashSet();
        var wanted = ids.Select(i => (InteractionId?)i).ToList();
        var boxes = (await (from x in db.Set<Intake>()
                            where EF.Parameter(wanted).Contains(x.Interaction)
                            join m in db.Set<Mailbox>() on x.Mailbox equals m.Id
                            orderby x.Id
                            select new Source(x.Interaction!.Value, m.Owner, new(m.Visibility, m.Team))).ToListAsync(ct)).ToLookup(s => s.Interaction);
        var said = await db.Set<ConversationSharing>().AsNoTracking().Where(s => EF.Parameter(conversations).Contains(s.Conversation)).ToDictionaryAsync(s => (s.Conversation, s.Owner), s => s.Sharing, ct);
        var tookPart = (await (from p in db.Set<Participant>()
                               where EF.Parameter(ids).Contains(p.Interaction)
                               join who in db.Persons() on p.Party equals who.Id
                               where who.Member != null
                               select new { p.Interaction, Member = who.Member!.Value }).Distinct().ToListAsync(ct)).ToLookup(p => p.Interaction, p => p.Member);
        var viewers = (await db.Set<InteractionViewer>().Where(v => EF.Parameter(ids).Contains(v.Interaction)).ToListAsync(ct)).ToLookup(v => v.Interaction);
        foreach (var interaction in interactions)
        {
            var sources = boxes[interaction.Id].DefaultIfEmpty(Recorded(interaction));
            var audience = sources.Select(s => Audience.Of(s.Owner, !interaction.Private && said.TryGetValue((interaction.Conversation, s.Owner), out var own) ? own : s.Sharing, tookPart[interaction.Id])).Aggregate((a, b) => a.With(b));
            (interaction.OnlyFor, interaction.Outlined) = (audience.First, audience.Outlined);
            var others = audience.Others.ToHashSet();
            db.RemoveRange(viewers[interaction.Id].Where(v => !others.Remove(v.Reader)));
            db.AddRange(others.Select(r => new InteractionViewer { Interaction = interaction.Id, Reader = r }));
        }
        return conversations;
    }

    // What somebody wrote down is for everyone, unless they keep it for themselves.
    private static Source Recorded(Interaction interaction) => new(interaction.Id, interaction.Member ?? default, new(interaction.Private ? Visibility.Owner : Visibility.Everyone));

    private async Task SaveAsync(Actor by, CancellationToken ct)
    {
        await db.SaveOrThrowAsync(by, ct);
        db.ChangeTracker.Clear();
    }
}
