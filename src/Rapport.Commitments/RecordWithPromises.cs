using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>A promise as somebody notes it while recording a call: the words, by when, and whose it is.</summary>
public sealed record NotedPromise(string Words, string? Due, Side Side);

/// <summary>Records a call, a visit or a note together with what was promised in it: all of it is kept, or nothing.</summary>
public sealed class RecordWithPromises(RapportDb db, TimeProvider clock, RecordInteraction record, MakeCommitment make, ReadDue read)
{
    /// <summary>What was recorded. A refusal of a promise names its field as <c>promises[0].due</c>.</summary>
    /// <param name="given">What was said.</param>
    /// <param name="with">Whom the promises are with; the first of the participants as a rule.</param>
    /// <param name="promises">What was promised.</param>
    /// <param name="by">Who records it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Recorded>> RunAsync(NewInteraction given, PartyId? with, IReadOnlyList<NotedPromise> promises, Actor by, CancellationToken ct)
    {
        if (promises.Count > 0 && with is null) return Refusal.Invalid("participants.empty", "Say with whom it was: a promise is made to somebody.", "with");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (!(await record.RunAsync(given, by, ct)).Succeeded(out var recorded, out var refusal)) return refusal;
        // What we promise, we promise to all of theirs who were there.
        var others = promises.Count == 0 ? [] : await db.Parties().Where(p => EF.Parameter(given.Participants).Contains(p.Id) && p.Id != with && p.Who != Who.OneOfUs && p.Who != Who.Robot).OrderBy(p => p.Id).Take(MakeCommitment.MostOthers).Select(p => p.Id).ToListAsync(ct);
        for (var i = 0; i < promises.Count; i++)
        {
            var promise = promises[i];
            if (!(await read.RunAsync(promise.Due, promise.Side, with, given.At ?? clock.GetUtcNow(), ct)).Accept().Succeeded(out var due, out var vague)) return In(i, vague);
            var added = await make.AddAsync(new(promise.Side, promise.Words, with!.Value, due, recorded.Interaction) { AlsoTo = promise.Side == Side.OursToThem ? others : [] }, by, ct);
            if (added.Refusal is { } wrong) return In(i, wrong);
        }
        if (promises.Count > 0 && await db.SaveAsync(by, ct) is { } conflict) return conflict;
        await all.CommitAsync(ct);
        return recorded;
    }

    private static Refusal In(int promise, Refusal refusal) => refusal with { Field = $"promises[{promise}].{refusal.Field}" };
}
