using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Updates;

/// <summary>Somebody whom a notice would concern.</summary>
/// <param name="Recipient">Who, and how they are told.</param>
/// <param name="Reason">Why it concerns them.</param>
public sealed record Concerned(Recipient Recipient, string Reason);

/// <summary>Whom a notice would reach, before it is sent.</summary>
/// <param name="Told">How many can be told.</param>
/// <param name="Not">How many cannot.</param>
/// <param name="First">The first of those who can be told.</param>
/// <param name="FirstNot">The first of those who cannot, with why.</param>
/// <param name="More">There are more than were counted.</param>
public sealed record Reach(int Told, int Not, IReadOnlyList<Concerned> First, IReadOnlyList<Concerned> FirstNot, bool More);

/// <summary>Shows whom a notice would concern, with the reason for each and who cannot be told, and how the mail to one of them reads. Changes nothing.</summary>
public sealed class PreviewNotice(RapportDb db, WhomItConcerns whom, WhoCanBeTold can)
{
    private const int AtOnce = 500, MostCounted = 5_000, MostShown = 200;

    /// <summary>Whom it would reach; refused when the audience is nobody or too many one by one.</summary>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="kind">What it is about: from some kinds one may unsubscribe.</param>
    /// <param name="ct">Stops it.</param>
    public Task<Result<Reach>> RunAsync(Audience audience, NoticeKind kind, CancellationToken ct) => RunAsync(audience, kind, all: true, ct);

    /// <summary>The same, or only until somebody is found who can be told.</summary>
    internal async Task<Result<Reach>> RunAsync(Audience audience, NoticeKind kind, bool all, CancellationToken ct)
    {
        if (await whom.WrongAsync(audience, ct) is { } wrong) return wrong;
        var (told, not, first, firstNot) = (0, 0, new List<Concerned>(), new List<Concerned>());
        var chosen = await whom.ChosenAsync(audience.People, ct);
        foreach (var some in chosen.Keys.Chunk(AtOnce)) await TakeAsync(some, id => chosen[id]);
        var reason = await whom.ReasonAsync(audience, ct);
        var held = await whom.FilteredAsync(audience, ct);
        PartyId? last = null;
        for (var more = audience.HasFilter; more && told + not < MostCounted && (all || told == 0);)
        {
            var behind = last is { } from ? held.Where(p => p.Id > from) : held;
            var ids = await behind.OrderBy(p => p.Id).Select(p => p.Id).Take(AtOnce).ToListAsync(ct);
            await TakeAsync([.. ids.Where(id => !chosen.ContainsKey(id))], _ => reason);
            more = ids.Count == AtOnce;
            if (more) last = ids[^1];
            else last = null;
        }
        return new Reach(told, not, first, firstNot, last is not null);

        async Task TakeAsync(IReadOnlyList<PartyId> ids, Func<PartyId, string> why)
        {
            foreach (var recipient in await can.OfAsync(ids, kind, ct))
            {
                if (recipient.NotTold is null) told++;
                else not++;
                var shown = recipient.NotTold is null ? first : firstNot;
                if (shown.Count < MostShown) shown.Add(new(recipient, why(recipient.Party)));
            }
        }
    }

    /// <summary>How the mail to one of them reads: its subject and its words.</summary>
    internal async Task<(string Subject, string Text)> MailAsync(Notice notice, Recipient to, CancellationToken ct)
    {
        var us = await db.InstallationAsync(ct);
        var word = NoticeWords.First(notice, notice.Owner, "", new());
        return (NoticeMail.Subject(notice, word.Kind), NoticeMail.Text(notice, word, to, us!.Name, us.TimeZone, notice.MayBeUnsubscribed ? $"{notice.Site}/unsubscribe/…" : null));
    }
}
