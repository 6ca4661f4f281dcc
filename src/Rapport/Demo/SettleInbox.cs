using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Demo;

/// <summary>The inbox of this morning: a team with a mailbox of its own, what came into it, who took what, what was put away, and notes among colleagues.</summary>
internal sealed class SettleInbox(DemoWorld world, DemoNames names, string star, DemoDeeds deeds, DateTimeOffset now)
{
    private static readonly (string Subject, string Text, string? Tag)[] Mails =
    [
        ("Which pallets come first?", "Good morning,\n\nwe have room for four pallets before noon and not for six. Which ones do you send first?", "Delivery"),
        ("Two seals were missing", "Hello,\n\nthe box that came yesterday held eight seals, and we had ordered ten. Could you send the other two this week?", "Complaint"),
        ("Invoice with the old address", "Dear colleagues,\n\nyour invoice of last week still has our old address on it. Could you write it anew? We cannot pay it as it is.", "Invoice"),
        ("A drawing that can be opened", "Hello,\n\nthe drawing you sent does not open here. Could we have it as a PDF?", null),
        ("Who comes on Thursday?", "Good morning,\n\nthe gate wants to know who comes on Thursday. Could you send us the names?", "Visit"),
        ("It runs again", "Hello,\n\nit runs again since this morning. Thank you for staying on the line so long.", null),
        ("Twelve or fourteen bolts?", "Hello,\n\nthe drawing says twelve bolts and the list says fourteen. Which one is right?", null),
        ("May the old motor stay?", "Good morning,\n\nmay the old motor stay with us until the new one runs? We would rather not be without one.", null),
    ];

    private static readonly NewText[] Texts =
    [
        new("Thank you, we look into it", "thanks", null, "Hello {{ person.given_name }},\n\nthank you for writing. I look into it now and tell you today what I found."),
        new("The way to our gate", "gate", null, "Hello {{ person.given_name }},\n\nplease come to the north gate and ring for {{ me.name }}. The weighbridge is on the left; lorries wait behind it."),
        new("Sending something back", "return", "How to send it back", "Hello {{ person.given_name }},\n\nsend it to our store with the number of the delivery on the box. We look at it on the day it comes, and you hear from us."),
    ];

    // The last two wait for long enough for their clocks to press: customers of tier B are answered within a working day.
    private const int Pressing = 2;

    private readonly Actor me = names.Members[star];

    public async Task RunAsync(CancellationToken ct)
    {
        var colleagues = world.People.Where(p => p.IsMember && p.Key != star).Take(3).Select(p => names.Members[p.Key]).ToList();
        var (team, box) = await OpenAsync(colleagues, ct);
        var (mine, theirs) = (me with { Teams = [team.AsReader] }, colleagues[0] with { Teams = [team.AsReader] });
        var taken = await TakeAsync(box, team, ct);
        await deeds.RunAsync(now, Done(taken, mine, theirs, ct), ct);
        await deeds.RunAsync(now, await OwnAsync(theirs, ct), ct);
        await deeds.RunAsync(now, Texts.Select(text => (Func<IServiceProvider, Task>)(s => s.GetRequiredService<SavedTexts>().KeepAsync(null, text, theirs, ct).OrFailAsync())), ct);
    }

    private async Task<(TeamId Team, MailboxId Box)> OpenAsync(List<Actor> colleagues, CancellationToken ct)
    {
        (TeamId Team, MailboxId Box) made = default;
        await deeds.RunAsync(now.AddHours(-8), [async services =>
        {
            made.Team = await services.GetRequiredService<FormTeam>().RunAsync(new("Service desk", [me.Id, .. colleagues.Select(c => c.Id)]), me, ct).OrFailAsync();
            made.Box = await services.GetRequiredService<OpenMailbox>().RunAsync("Service desk", me, ct).OrFailAsync();
        }], ct);
        await deeds.AloneAsync(services => services.GetRequiredService<ShareMailbox>().RunAsync(made.Box, new(Visibility.Team, made.Team), me, ct).OrFailAsync());
        return made;
    }

    private async Task<List<ConversationId>> TakeAsync(MailboxId box, TeamId team, CancellationToken ct)
    {
        var customers = world.Relationships.Where(r => r.Kind == DemoRelationshipKind.Customer).Select(r => r.Customer).ToHashSet();
        var tierB = world.Relationships.Where(r => r is { Kind: DemoRelationshipKind.Customer, Tier: "B" }).Select(r => r.Customer).ToHashSet();
        var english = world.People.Where(p => !p.IsMember && p.LatinName is null && p.Language.StartsWith("en", StringComparison.Ordinal)).ToList();
        var writers = english.Where(p => customers.Contains(p.Affiliations[^1].Organization)).Take(Mails.Length - Pressing).Concat(english.Where(p => tierB.Contains(p.Affiliations[^1].Organization)).TakeLast(Pressing)).ToList();
        var sent = await SentAsync(ct);
        var mails = writers.Select((writer, i) => new NewMail($"desk-{i}", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"From: {writer.Name} <{writer.Key}>\r\nTo: desk@{world.OurDomains[0]}\r\nSubject: {Mails[i].Subject}\r\nDate: {sent[i].UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <desk-{i}@{writer.Key.Split('@')[1]}>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{Mails[i].Text.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n\r\nKind regards\r\n{writer.Name}\r\n")))).ToList();
        var taken = new List<ConversationId>();
        await deeds.AloneAsync(async services =>
        {
            await services.GetRequiredService<TakeMail>().RunAsync(box, mails, me, ct).OrFailAsync();
            taken = await services.GetRequiredService<RapportDb>().Set<Conversation>().Where(c => c.Team == team && c.MergedInto == null).OrderByDescending(c => c.LastAt).Select(c => c.Id).ToListAsync(ct);
        });
        return taken;
    }

    // One is due within the hour, the other is two hours late.
    private async Task<List<DateTimeOffset>> SentAsync(CancellationToken ct)
    {
        var sent = Enumerable.Range(0, Mails.Length - Pressing).Select(i => now.AddMinutes(-25 - (47 * i))).ToList();
        await deeds.AloneAsync(async services =>
        {
            var calendar = await services.GetRequiredService<RapportDb>().CalendarAsync(ct);
            foreach (var left in new[] { 1, -2 })
                sent.Add(calendar.AddBusinessTime(now, TimeSpan.FromHours(left)) is { } due && calendar.AddWorkingDays(due, -1) is { } asked ? asked : now.AddDays(left - 3));
        });
        return sent;
    }

    private static IEnumerable<Func<IServiceProvider, Task>> Done(List<ConversationId> taken, Actor mine, Actor theirs, CancellationToken ct)
    {
        for (var i = 0; i < taken.Count; i++)
        {
            var (id, place) = (taken[i], i);
            if (Mails[i].Tag is { } tag) yield return s => s.GetRequiredService<TagConversation>().AddAsync(id, tag, theirs, ct).OrFailAsync();
            if (i is 1) yield return s => s.GetRequiredService<AssignConversation>().RunAsync(id, mine.Id, theirs, ct).OrFailAsync();
            if (i is 2) yield return s => s.GetRequiredService<AssignConversation>().RunAsync(id, theirs.Id, theirs, ct).OrFailAsync();
            if (i is 1) yield return s => s.GetRequiredService<WriteNote>().RunAsync(id, $"@{mine.Name} the packing list says ten. I think they lie on our side: could you look into the store before you answer?", theirs, ct).OrFailAsync();
            if (i is 4) yield return s => SnoozeAsync(s, id, "tomorrow", mine, ct);
            if (i is 5) yield return s => s.GetRequiredService<CloseConversation>().RunAsync(id, theirs, ct).OrFailAsync();
        }
    }

    // Of what the one who shows the demo answers for, some waits for a better day, and a colleague knows more about one of them.
    private async Task<List<Func<IServiceProvider, Task>>> OwnAsync(Actor theirs, CancellationToken ct)
    {
        var own = new List<ConversationId>();
        await deeds.AloneAsync(async services => own = await services.GetRequiredService<RapportDb>().ConversationsFor(me)
            .Where(c => c.Owner == me.Id && c.Team == null && c.WaitingSince == null && (c.State == ConversationState.Open || c.State == ConversationState.Waiting) && !c.Automatic && !c.Unsure).OrderByDescending(c => c.LastAt).Take(9).Select(c => c.Id).ToListAsync(ct));
        return
        [
            .. own.Where((_, i) => i is 2 or 7).Select(id => (Func<IServiceProvider, Task>)(s => SnoozeAsync(s, id, "monday", me, ct))),
            .. own.Where((_, i) => i is 4 or 8).Select(id => (Func<IServiceProvider, Task>)(s => s.GetRequiredService<CloseConversation>().RunAsync(id, me, ct).OrFailAsync())),
            .. own.Where((_, i) => i is 1 or 3).Select(id => (Func<IServiceProvider, Task>)(s => s.GetRequiredService<TagConversation>().AddAsync(id, "Delivery", me, ct).OrFailAsync())),
            .. own.Take(1).Select(id => (Func<IServiceProvider, Task>)(s => s.GetRequiredService<WriteNote>().RunAsync(id, $"@{me.Name} they asked me the same on the telephone. I said you would call them.", theirs with { Teams = [] }, ct).OrFailAsync())),
        ];
    }

    private static async Task SnoozeAsync(IServiceProvider services, ConversationId id, string until, Actor by, CancellationToken ct)
    {
        var at = await services.GetRequiredService<ReadSnooze>().RunAsync(until, id, ct).OrFailAsync();
        await services.GetRequiredService<SnoozeConversation>().RunAsync(id, at, by, ct).OrFailAsync();
    }
}
