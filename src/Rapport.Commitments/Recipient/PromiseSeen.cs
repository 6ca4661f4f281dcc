using Microsoft.EntityFrameworkCore;
using Rapport.Commitments.Dates;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>A line of a promise's story as the one it was made to sees it: what was done and by whom, never what we wrote to each other about it.</summary>
public sealed record SeenStep(CommitmentDeed Deed, DateTimeOffset At, string By, string? To, DateTimeOffset? DueEnd, Verdict? Verdict, string? Words)
{
    /// <summary>For whom they stood in; null when they acted for themselves.</summary>
    public string? StoodInFor { get; init; }
}

/// <summary>A promise as the one it was made to sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="RecipientName">Their name.</param>
/// <param name="Us">Who we are.</param>
/// <param name="Words">What was promised.</param>
/// <param name="DueEnd">By when; null when nobody said.</param>
/// <param name="Precision">How fine that was said.</param>
/// <param name="DueWords">By when, as it was said.</param>
/// <param name="Zone">Their clock.</param>
/// <param name="Hands">Who has answered for it, the one who does now at the end.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IsLate">It should have been done by now.</param>
/// <param name="Verdict">What they said of it.</param>
/// <param name="MayJudge">They are asked.</param>
/// <param name="MayDoubt">They can say that it was not kept: it is due.</param>
/// <param name="Story">What happened.</param>
public sealed record PromiseSeen(
    CommitmentId Id, PartyId Recipient, string RecipientName, string Us, string Words, DateTimeOffset? DueEnd, DuePrecision? Precision, string DueWords, TimeZoneInfo Zone, IReadOnlyList<string> Hands,
    CommitmentState State, bool IsLate, Verdict? Verdict, bool MayJudge, bool MayDoubt, IReadOnlyList<SeenStep> Story)
{
    /// <summary>By when, on their clock; null when nobody said.</summary>
    public string? Due => DueEnd is { } due ? OnTheirClock(due) : null;

    /// <summary>A moment as fine as the promise was made.</summary>
    public string OnTheirClock(DateTimeOffset moment) => Precision is DuePrecision.Minute or DuePrecision.Hour ? ClockWords.At(moment, Zone) : ClockWords.Day(moment, Zone);
}

/// <summary>The link of one of those whom something was promised to.</summary>
public sealed record LinkOf(PartyId Party, string Name, string Path);

/// <summary>Shows a promise to whom it was made, by the link they were given. Changes nothing.</summary>
public sealed class ShowPromise(RapportDb db, ReadDue due, TimeProvider clock)
{
    // What the other side may see: handing over and asking around stay ours until somebody took it.
    private static readonly CommitmentDeed[] Shown =
        [CommitmentDeed.Made, CommitmentDeed.Renegotiated, CommitmentDeed.Kept, CommitmentDeed.Broken, CommitmentDeed.Released, CommitmentDeed.Replaced, CommitmentDeed.Accepted, CommitmentDeed.Reassigned, CommitmentDeed.Reopened, CommitmentDeed.Judged, CommitmentDeed.MailTakenBack];

    /// <summary>The promise; null when the link was not made here or has ended.</summary>
    public async Task<PromiseSeen?> FindAsync(string token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.InstallationAsync(ct) is not { } us || new RecipientLink(us).Read(token, now) is not var (id, recipient)) return null;
        if (await db.Set<Commitment>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && (c.With == recipient || db.Set<AlsoPromised>().Any(a => a.Commitment == id && a.To == recipient)) && c.Side == Side.OursToThem, ct) is not { } promise) return null;
        var story = await db.Set<CommitmentEvent>().AsNoTracking().Where(e => e.Commitment == id).OrderBy(e => e.Place).ToListAsync(ct);
        var members = await db.NamesOfAsync(story.SelectMany(e => new[] { e.By, e.To ?? default, e.StoodInFor ?? default }).Append(promise.Owner), ct);
        var named = story.Select(e => e.Recipient).OfType<PartyId>().Append(recipient).Distinct().ToList();
        var theirs = await db.Set<Party>().Where(p => EF.Parameter(named).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var name = theirs[recipient];
        string Called(MemberId member) => member == default ? us.Name : members.GetValueOrDefault(member, us.Name);
        return new(
            id, recipient, name, us.Name, promise.Words, promise.DueEnd, promise.DuePrecision, promise.DueWords, await due.ClockOfAsync(recipient, ct), Hands(promise, story, Called), promise.State, promise.IsLate(now), promise.Verdict,
            promise.State is not (CommitmentState.Released or CommitmentState.Replaced or CommitmentState.Proposed), promise.MayBeDoubted(now),
            [.. story.Where(e => Shown.Contains(e.Deed)).Select(e => new SeenStep(e.Deed, e.At, e.Recipient is { } who ? theirs.GetValueOrDefault(who, name) : Called(e.By), e.To is { } to ? Called(to) : null, e.DueEnd, e.Verdict, e.Recipient is null ? null : e.Note) { StoodInFor = e.StoodInFor is { } absent ? Called(absent) : null })]);
    }

    /// <summary>Where each whom it was promised to sees it, the first of them on top; none when there is no such promise of ours.</summary>
    public async Task<IReadOnlyList<LinkOf>> LinksAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        var first = await db.CommitmentsFor(by).Where(c => c.Id == id && c.Side == Side.OursToThem).Join(db.Set<Party>(), c => c.With, p => p.Id, (c, p) => new { p.Id, p.Name }).SingleOrDefaultAsync(ct);
        if (first is null || await db.InstallationAsync(ct) is not { } us) return [];
        var others = (await db.AlsoToAsync([id], ct))[id];
        return [.. others.Prepend(new(first.Id, first.Name)).Select(to => new LinkOf(to.Id, to.Name, new RecipientLink(us).PathOf(id, to.Id, clock.GetUtcNow())))];
    }

    private static List<string> Hands(Commitment promise, List<CommitmentEvent> story, Func<MemberId, string> called)
    {
        var hands = story.Where(e => e.Deed is CommitmentDeed.Made or CommitmentDeed.Accepted or CommitmentDeed.Reassigned).Select(e => called(e.To ?? e.StoodInFor ?? e.By)).ToList();
        if (hands.Count == 0 || hands[^1] != called(promise.Owner)) hands.Add(called(promise.Owner));
        return hands;
    }
}
