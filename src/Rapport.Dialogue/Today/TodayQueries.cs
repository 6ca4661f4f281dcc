using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Updates;
using LocalTime = Rapport.Design.LocalTime;

namespace Rapport.Dialogue;

/// <summary>Makes the front page of a member, from ranges of indexes only.</summary>
public sealed class TodayQueries(RapportDb db, WaitingToday waiting, ConversationQueries conversations, PromisedToday promised, QuietToday quiet, CorrespondentQueries correspondents, Nudges nudges, DispatchQueries dispatches, NoticeQueries notices, ProposalQueries proposals, LocalTime local)
{
    private const int NewShown = 5, ForYouShown = 10, UndeliveredShown = 5, NoticesShown = 5, SpeakAgainShown = 5, ProposedShown = 3, Counted = 100;

    // A mail server that was not heard of for longer is none that one can rely on to say who waits.
    private static readonly TimeSpan MailIsLive = TimeSpan.FromMinutes(15);

    /// <summary>Parties said to be one of these are off Today (C1).</summary>
    internal static readonly Who[] Off = [Who.Supplier, Who.Private, Who.Robot];

    /// <summary>What the member should do now.</summary>
    public async Task<TodayPicture> RunAsync(Actor by, CancellationToken ct)
    {
        var calendars = await db.CalendarsAsync(ct);
        var (lines, count, people, old) = await waiting.RunAsync(calendars, by, ct);
        var due = await notices.DueAsync(by.Id, EndOfToday, NoticesShown, by, ct);
        var promises = await promised.RunAsync(calendars.Ours, await notices.PromisesOfAsync(due, ct), by, ct);
        var silent = await quiet.RunAsync(by, ct);
        var met = (await correspondents.NewCorrespondentsAsync(NewShown, by, ct)).SelectMany(d => d.People).ToList();
        var newCount = met.Count < NewShown ? met.Count : await correspondents.CountAsync(Counted, by, ct);
        var since = local.Now - MailIsLive;
        var live = await db.MailboxesFor(by).AnyAsync(m => db.Set<MailboxConnection>().Any(c => c.Mailbox == m.Id && c.PausedAt == null && c.ContactAt > since), ct);
        var asOf = live ? null : await db.MailboxesFor(by).MaxAsync(m => m.LastTakenAt, ct);
        var untouched = lines.Count + promises.Count + silent.Count + met.Count == 0 && !await db.Parties().AnyAsync(p => p.Who != Who.OneOfUs, ct);
        return new(lines, count, old, promises, silent, met, newCount, asOf, untouched)
        {
            WaitingPeople = people, ForYou = await nudges.OfAsync(ForYouShown, by, ct), SpeakAgain = await conversations.SpeakAgainAsync(by.Id, SpeakAgainShown, by, ct),
            Undelivered = await dispatches.UnsettledAsync(UndeliveredShown, by, ct), Notices = due,
            Proposed = await ProposedAsync(by, ct), StandsInFor = await db.StoodInForAsync(by.Id, local.Now, ct),
        };
    }

    private async Task<(IReadOnlyList<ProposalRow>, int)> ProposedAsync(Actor by, CancellationToken ct)
    {
        var filter = new ProposalFilter(by.Id);
        var first = await proposals.ListAsync(filter, null, ProposedShown, by, ct);
        return (first.Items, first.Next is null ? first.Items.Count : await proposals.CountAsync(filter, Counted, by, ct));
    }

    private DateTimeOffset EndOfToday => Kernel.Calendar.LocalTime.In(local.Zone, local.Today.AddDays(1).ToDateTime(TimeOnly.MinValue));
}
