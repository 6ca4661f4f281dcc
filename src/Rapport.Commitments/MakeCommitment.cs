using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Commitments;

/// <summary>A commitment as somebody writes it down.</summary>
/// <param name="Side">Who promised whom.</param>
/// <param name="Words">Exactly what was said.</param>
/// <param name="With">The person (or organisation) of theirs it was made to, or who made it.</param>
/// <param name="Due">By when; null while nobody said.</param>
/// <param name="SaidIn">The interaction in which it was said.</param>
/// <param name="Owner">Who is accountable; whoever writes it down when null.</param>
/// <param name="Weight">How much hangs on it.</param>
/// <param name="Kind">What kind of thing is promised; read from the words when null.</param>
public sealed record NewCommitment(Side Side, string Words, PartyId With, Due? Due, InteractionId? SaidIn = null, MemberId? Owner = null, Weight Weight = Weight.Normal, PromiseKind? Kind = null)
{
    /// <summary>Whom else of theirs it was made to (K1).</summary>
    public IReadOnlyList<PartyId> AlsoTo { get; init; } = [];
}

/// <summary>Writes a commitment down. With another owner than the writer, it is offered to them: nobody is made accountable without accepting.</summary>
public sealed partial class MakeCommitment(RapportDb db, TimeProvider clock, ILogger<MakeCommitment> log)
{
    /// <summary>Beside the first, something is promised to so many others at most.</summary>
    public const int MostOthers = 20;

    /// <summary>The new commitment's id, or why there is none.</summary>
    public async Task<Result<CommitmentId>> RunAsync(NewCommitment of, Actor by, CancellationToken ct)
    {
        var added = await AddAsync(of, by, ct);
        if (!added.Succeeded(out var commitment, out var refusal)) return refusal;
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        LogMade(commitment.Id, by.Id);
        return commitment.Id;
    }

    /// <summary>Adds it to what the caller saves, together with what it was said in.</summary>
    /// <param name="of">What was promised.</param>
    /// <param name="by">Who writes it down.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="id">Its id, where the caller must know it again; a new one when null.</param>
    internal async Task<Result<Commitment>> AddAsync(NewCommitment of, Actor by, CancellationToken ct, CommitmentId? id = null)
    {
        if (string.IsNullOrWhiteSpace(of.Words)) return Refusal.Invalid("commitment.words-missing", "Write what was promised, in the words that were used.", "words");
        if (of.Words.Trim().Length > Commitment.LongestWords) return Refusal.Invalid("commitment.words-long", $"Keep it to {Commitment.LongestWords} characters: one promise, in the words that were used.", "words");
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == of.With, ct) is not { } party) return Refusal.Missing("party");
        var others = of.AlsoTo.Where(p => p != of.With).Distinct().ToList();
        if (others.Count > MostOthers) return Refusal.Invalid("commitment.others-many", $"Beside the first, something is promised to at most {MostOthers} others. Name those it is really for.", "alsoTo");
        if (others.Count > 0 && of.Side == Side.TheirsToUs) return Refusal.Invalid("commitment.others-theirs", "One of them promises it. Write down one for each who does.", "alsoTo");
        if (await db.Parties().CountAsync(p => EF.Parameter(others).Contains(p.Id), ct) < others.Count) return Refusal.Missing("party");
        var said = of.SaidIn is { } where ? await db.InteractionsFor(by).SingleOrDefaultAsync(i => i.Id == where, ct) : null;
        if (of.SaidIn is not null && said is null) return Refusal.Missing("interaction");

        if (of.Owner is { } asked && asked != by.Id && await db.MayOwnAsync(asked, ct) is { } nobody) return nobody;

        var now = clock.GetUtcNow();
        var commitment = Commitment.Make(id ?? Ids.New<CommitmentId>(clock), of, await CustomerOfAsync(party, ct), by.Id, said?.At ?? now, said is null ? null : SaidSpan.Find(said.Text, of.Words));
        db.Add(commitment);
        db.AddRange(others.Select(p => new AlsoPromised { Commitment = commitment.Id, To = p }));
        await db.TellAsync(commitment, CommitmentDeed.Made, by, now, null, null, of.SaidIn, ct);
        if (of.Owner is { } owner && owner != by.Id)
        {
            commitment.Offer(owner);
            db.Add(new CommitmentEvent { Commitment = commitment.Id, Place = 2, Deed = CommitmentDeed.Offered, At = now, By = by.Id, To = owner, DueEnd = commitment.DueEnd });
        }
        db.Index(commitment.Document(party.Name));
        db.Happened(new CommitmentMade(commitment.Id), by);
        return commitment;
    }

    // Of several places the one that matters most to us; a person by themselves is their own customer.
    private async Task<PartyId> CustomerOfAsync(Party party, CancellationToken ct) => party is Organization ? party.Id
        : await (await db.PresentPlacesAsync(clock, ct)).Where(a => a.Person == party.Id).Join(db.Parties(), a => a.Organization, o => o.Id, (a, o) => o)
            .OrderBy(o => o.Rank).ThenBy(o => o.Id).Select(o => (PartyId?)o.Id).FirstOrDefaultAsync(ct) ?? party.Id;

    [LoggerMessage(LogLevel.Information, "Commitment {Commitment} made by {Member}")]
    private partial void LogMade(CommitmentId commitment, MemberId member);
}

internal static class CommitmentDocuments
{
    /// <summary>How Find finds it: by its words and by whom it is with.</summary>
    public static SearchDocument Document(this Commitment commitment, string with) =>
        new(new(SearchKind.Commitment, commitment.Id.Value), commitment.Words, commitment.Side == Side.OursToThem ? $"promised to {with}" : $"promised by {with}", []);
}
