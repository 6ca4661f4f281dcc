using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>What a member sees of a conversation, and why.</summary>
/// <param name="Reads">How many of its messages they may read.</param>
/// <param name="Outlines">Of how many others they see the subject and the people.</param>
/// <param name="Because">Why, a sentence each.</param>
public sealed record Sight(MemberId Member, string Name, int Reads, int Outlines, IReadOnlyList<string> Because);

/// <summary>Who sees a conversation.</summary>
/// <param name="Count">How many messages of it the one who asks may read; what others see is said of these.</param>
/// <param name="Mine">With whom the one who asks shares what is theirs in it; null while their mailbox says.</param>
/// <param name="MayShare">Something in it is theirs to share.</param>
public sealed record ConversationSight(int Count, IReadOnlyList<Sight> Members, Sharing? Mine, bool MayShare);

/// <summary>Answers "why can they see this?" (A2, V11), from the same facts that decide it.</summary>
public sealed class WhoSees(RapportDb db)
{
    private const int MostMessages = 2_000;

    private sealed record Said(InteractionId Id, IntakeId? Intake, MemberId? Member, ReaderId? OnlyFor, bool Outlined, bool Private);

    private sealed record Source(InteractionId Interaction, MemberId Owner, string Mailbox, Sharing Sharing);

    /// <summary>Everybody who signs in and sees something of it; null when the one who asks may not read it.</summary>
    public async Task<ConversationSight?> OfAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        if (!await db.ConversationsFor(by).AnyAsync(c => c.Id == id, ct)) return null;
        var said = await db.InteractionsFor(by).AsNoTracking().Where(i => i.Conversation == id).OrderByDescending(i => i.Id).Take(MostMessages)
            .Select(i => new Said(i.Id, i.Intake, i.Member, i.OnlyFor, i.Outlined, i.Private)).ToListAsync(ct);
        var (shared, boxes) = (await SharedAsync(id, ct), await BoxesAsync([.. said.Select(s => s.Id)], ct));
        var members = await db.MembersHereAsync(ct);
        var names = members.ToDictionary(m => m.Id, m => m.Name);
        var teams = await db.TeamsAsync(ct);
        var tookPart = await TookPartAsync([.. said.Where(s => s.Outlined).Select(s => s.Id)], ct);

        var seen = members.ToDictionary(m => m.Id, _ => (Reads: 0, Outlines: 0, Because: new HashSet<string>()));
        foreach (var one in said)
        {
            var grants = boxes[one.Id].DefaultIfEmpty(new(one.Id, one.Member ?? default, "", new(one.Private ? Visibility.Owner : Visibility.Everyone))).SelectMany(Grants).ToLookup(g => g.Member, g => g.Why);
            foreach (var member in members)
            {
                var (reads, outlines, because) = seen[member.Id];
                because.UnionWith(grants[member.Id]);
                if (grants[member.Id].Any()) reads++;
                else if (one.Outlined) outlines++;
                seen[member.Id] = (reads, outlines, because);
            }

            IEnumerable<(MemberId Member, string Why)> Grants(Source source)
            {
                var own = !one.Private && shared.TryGetValue(source.Owner, out var said) ? said : (Sharing?)null;
                var (owner, sharing) = (names.GetValueOrDefault(source.Owner, "Somebody"), own ?? source.Sharing);
                var what = source.Owner == Mailbox.Nobody && source.Mailbox.Length > 0 ? $"It came into {source.Mailbox}, which is shared" : own is not null ? $"{owner} shares this conversation" : source.Mailbox.Length == 0 ? $"{owner} recorded it" : $"{owner} shares the mailbox {source.Mailbox}";
                yield return (source.Owner, source.Mailbox.Length == 0 ? "Recorded it." : $"It came into their mailbox {source.Mailbox}.");
                var team = teams.Find(t => t.Id == sharing.Team);
                var others = sharing.With switch
                {
                    Visibility.Everyone => members.Select(m => (m.Id, source.Mailbox.Length == 0 && own is null ? $"{what} for everyone." : $"{what} with everyone.")),
                    Visibility.Team => (team?.Members ?? []).Select(m => (m.Id, $"{what} with the team {team!.Name}.")),
                    Visibility.Participants => tookPart[one.Id].Select(m => (m, "Took part.")),
                    Visibility.Owner => [],
                };
                foreach (var other in others.Where(o => o.Item1 != source.Owner)) yield return other;
            }
        }
        var rows = members.Select(m => (Member: m, Sight: seen[m.Id])).Where(m => m.Sight.Reads + m.Sight.Outlines > 0).OrderByDescending(m => m.Sight.Reads)
            .Select(m => new Sight(m.Member.Id, m.Member.Name, m.Sight.Reads, m.Sight.Outlines, [.. m.Sight.Because])).ToList();
        return new(said.Count, rows, shared.TryGetValue(by.Id, out var mine) ? mine : null, await db.IsPartlyOwnedAsync(id, by, ct));
    }

    private async Task<Dictionary<MemberId, Sharing>> SharedAsync(ConversationId id, CancellationToken ct) =>
        await db.Set<ConversationSharing>().AsNoTracking().Where(s => s.Conversation == id).ToDictionaryAsync(s => s.Owner, s => s.Sharing, ct);

    private async Task<ILookup<InteractionId, Source>> BoxesAsync(List<InteractionId?> ids, CancellationToken ct) =>
        (await (from x in db.Set<Intake>()
                where EF.Parameter(ids).Contains(x.Interaction)
                join m in db.Set<Mailbox>() on x.Mailbox equals m.Id
                select new Source(x.Interaction!.Value, m.Owner, m.Name, new(m.Visibility, m.Team))).ToListAsync(ct)).ToLookup(s => s.Interaction);

    private async Task<ILookup<InteractionId, MemberId>> TookPartAsync(List<InteractionId> ids, CancellationToken ct) =>
        (await (from p in db.Set<Participant>()
                where EF.Parameter(ids).Contains(p.Interaction)
                join who in db.Persons() on p.Party equals who.Id
                where who.Member != null
                select new { p.Interaction, Member = who.Member!.Value }).Distinct().ToListAsync(ct)).ToLookup(p => p.Interaction, p => p.Member);
}
