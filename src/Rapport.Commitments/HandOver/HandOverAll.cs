using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>What somebody owes who left, or is away for long, and who takes it.</summary>
/// <param name="Of">Whose promises.</param>
/// <param name="To">Who takes which.</param>
/// <param name="Words">What those are told to whom something was promised; nobody is told anything when it is empty.</param>
public sealed record Succession(MemberId Of, IReadOnlyDictionary<CommitmentId, MemberId> To, string? Words);

/// <summary>What became of it.</summary>
/// <param name="Count">So many promises have another owner.</param>
/// <param name="Told">So many were told by mail.</param>
/// <param name="ToCall">Whom no mail reaches: call them.</param>
public sealed record SuccessionDone(int Count, int Told, IReadOnlyList<string> ToCall);

/// <summary>Hands over everything a member owes at once, and tells those to whom it was promised who answers for it now (K1, P2). All of it happens, or nothing.</summary>
public sealed class HandOverAll(RapportDb db, ReachRecipient reach, SayToEach say, QueueMail queue, TimeProvider clock)
{
    /// <summary>At most so many at once, and as many mails as go out in one transaction.</summary>
    public const int MostAtOnce = 200;

    /// <summary>The longest words to them.</summary>
    public const int LongestWords = 4_000;

    /// <summary>Hands it over.</summary>
    /// <param name="wanted">What to whom.</param>
    /// <param name="site">Where people outside find us.</param>
    /// <param name="by">A manager.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<SuccessionDone>> RunAsync(Succession wanted, string site, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Manager)) return Refusal.Forbidden("commitment.reassign", "Only a manager may give it to somebody without asking them. Offer it instead.");
        if (wanted.To.Count is 0 or > MostAtOnce) return Refusal.Invalid("hand-over.none", $"Choose who takes it: at least one promise, and at most {MostAtOnce} at once.", "to");
        if (wanted.Words?.Length > LongestWords) return Refusal.Invalid("hand-over.words-long", $"Keep it to {LongestWords} characters.", "words");
        foreach (var member in wanted.To.Values.Distinct())
            if (member == wanted.Of || await db.MayOwnAsync(member, ct) is not null) return Refusal.Invalid("commitment.owner", "One of them cannot take it. Choose members who are here and may do more than read.", "to");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = wanted.To.Keys.ToList();
        var promises = await db.CommitmentsFor(by).Where(c => EF.Parameter(ids).Contains(c.Id)).OrderBy(c => c.DueEnd).ThenBy(c => c.Id).ToListAsync(ct);
        if (promises.Count < ids.Count || promises.Exists(c => c.Owner != wanted.Of || !c.IsOpen)) return Refusal.Conflict("changed.meanwhile", "Some of these were settled or handed over in the meantime. Look at it again.");
        var now = clock.GetUtcNow();
        foreach (var promise in promises)
        {
            if (promise.Reassign(wanted.To[promise.Id]) is { } refusal) return refusal;
            await db.TellAsync(promise, CommitmentDeed.Reassigned, by, now, null, promise.Owner, null, ct);
        }
        var (told, toCall) = (0, (IReadOnlyList<string>)[]);
        if (!string.IsNullOrWhiteSpace(wanted.Words))
        {
            if (!(await TellAsync([.. promises.Where(p => p.Side == Side.OursToThem)], wanted.Words.Trim(), site, by, now, ct)).Succeeded(out var telling, out var silent)) return silent;
            (told, toCall) = telling;
        }
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        await transaction.CommitAsync(ct);
        if (told > 0) queue.Wake();
        return new SuccessionDone(promises.Count, told, toCall);
    }

    // One mail to each, with everything that was promised to them.
    private async Task<Result<(int Told, IReadOnlyList<string> ToCall)>> TellAsync(List<Commitment> promises, string words, string site, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (promises.Count == 0) return (0, (IReadOnlyList<string>)[]);
        if (await reach.FromAsync(null, by, ct) is not { } from) return Refusal.Conflict("commitment.no-mailbox", "There is no mailbox that you may write from. Connect one under Settings, Mailboxes, or tell them nothing here.");
        var us = (await db.InstallationAsync(ct))!;
        var others = await db.AlsoToAsync(promises.ConvertAll(p => p.Id), ct);
        var made = promises.SelectMany(p => others[p.Id].Select(o => o.Id).Prepend(p.With).Select(to => (To: to, Promise: p))).ToList();
        var (parties, members) = (made.Select(m => m.To).Distinct().ToList(), await db.NamesOfAsync(promises.Select(p => p.Owner), ct));
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var (mails, toCall, links) = (new List<MailToEach>(), new List<string>(), await db.WantsLinksInMailAsync(ct));
        foreach (var theirs in made.GroupBy(m => m.To, m => m.Promise))
        {
            if (await reach.AddressAsync(theirs.Key, ct) is not { } address) { toCall.Add(names[theirs.Key]); continue; }
            var lines = theirs.Select(p => $"- {p.Words.ReplaceLineEndings(" ")}{(p.DueWords.Length > 0 ? $" ({p.DueWords})" : "")}: {members.GetValueOrDefault(p.Owner, us.Name)}{(links ? $"\n  {site}{new RecipientLink(us).PathOf(p.Id, theirs.Key, now)}" : "")}");
            mails.Add(new(new(names[theirs.Key], address), "Who answers for what we promised you", $"Hello {names[theirs.Key]},\n\n{words}\n\nWhat we promised you stands. From now on these answer for it:\n\n{string.Join("\n\n", lines)}\n") { Owner = theirs.First().Owner });
        }
        foreach (var some in mails.Chunk(SayToEach.AtOnce)) await say.RunAsync(from, some, by, ct);
        return (mails.Count, toCall);
    }
}
