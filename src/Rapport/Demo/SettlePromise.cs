using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Demo;

/// <summary>One promise of the play, from its words to its end.</summary>
internal sealed class SettlePromise(DemoWorld world, DemoNames names, DemoPromise promise, DateTimeOffset now, CancellationToken ct)
{
    private CommitmentId id;
    private Actor owner = null!;

    // Every fourth of whom something was kept says so; one of them says otherwise.
    private const int Asked = 4;

    /// <summary>Whether it is one that whom it was made to may have judged by now.</summary>
    public static bool MayBeJudged(DemoPromise promise, DateTimeOffset now) => promise.Side == DemoSide.Ours && promise.Outcomes.Any(o => o.Kind is DemoOutcomeKind.Kept && JudgedAt(o) < now);

    public IEnumerable<DemoDeeds.Deed> Deeds(bool disagrees)
    {
        yield return new(promise.SaidAt, MakeAsync);
        foreach (var outcome in promise.Outcomes)
        {
            yield return new(outcome.At, s => FollowAsync(s, outcome));
            if (outcome.Kind != DemoOutcomeKind.Kept || !MayBeJudged(promise, now)) continue;
            if (disagrees) yield return new(JudgedAt(outcome), s => JudgeAsync(s, Verdict.Partly, "The first half came as you said. The rest is still missing."));
            else if (promise.Key.Sum(c => c) % Asked == 0) yield return new(JudgedAt(outcome), s => JudgeAsync(s, Verdict.Kept, null));
        }
    }

    private static DateTimeOffset JudgedAt(DemoOutcome outcome) => outcome.At.AddHours(20);

    private async Task JudgeAsync(IServiceProvider services, Verdict verdict, string? words)
    {
        if ((await services.GetRequiredService<ShowPromise>().LinksAsync(id, owner, ct)) is { Count: > 0 } links) await services.GetRequiredService<JudgeCommitment>().RunAsync(links[0].Path.Split('/')[^1], verdict, words, ct).OrFailAsync();
    }

    private async Task MakeAsync(IServiceProvider services)
    {
        var ours = promise.Side == DemoSide.Ours;
        owner = names.Members[ours ? promise.Promiser : promise.Recipient];
        var with = await names.PersonAsync(services, ours ? promise.Recipient : promise.Promiser, ct) ?? throw new InvalidOperationException($"{promise.Key} is with nobody.");
        id = await services.GetRequiredService<MakeCommitment>().RunAsync(
            new(ours ? Side.OursToThem : Side.TheirsToUs, promise.Words, with, DueAt(promise.Due, promise.DuePhrase), names.Said[promise.SaidIn], Weight: Weight()), owner, ct).OrFailAsync();
    }

    private async Task FollowAsync(IServiceProvider services, DemoOutcome outcome)
    {
        var settle = services.GetRequiredService<SettleCommitment>();
        switch (outcome.Kind)
        {
            case DemoOutcomeKind.Kept or DemoOutcomeKind.KeptLate:
                await settle.KeepAsync(id, outcome.Event is { } key ? new(names.Said[key], null) : Proof.OnMyWord, owner, ct).OrFailAsync();
                if (outcome.Kind == DemoOutcomeKind.KeptLate && Cause() is { } late) await services.GetRequiredService<ExplainCommitment>().RunAsync(id, late, null, owner, ct);
                break;
            case DemoOutcomeKind.Broken:
                await settle.BreakAsync(id, null, owner, ct, Cause()).OrFailAsync();
                break;
            case DemoOutcomeKind.Released:
                await settle.ReleaseAsync(id, null, owner, ct).OrFailAsync();
                break;
            case DemoOutcomeKind.Renegotiated:
                id = (await services.GetRequiredService<RenegotiateCommitment>().RunAsync(id, DueAt(outcome.NewDue!.Value, outcome.NewDuePhrase ?? ""), null, owner, ct).OrFailAsync()).Standing;
                break;
            case DemoOutcomeKind.HandedOver:
                var (hand, to) = (services.GetRequiredService<HandOverCommitment>(), names.Members[outcome.To!]);
                await hand.OfferAsync(id, to.Id, null, owner, ct).OrFailAsync();
                await hand.AcceptAsync(id, to, ct).OrFailAsync();
                owner = to;
                break;
        }
    }

    // Much hangs on one in five of them, and little on another.
    private Weight Weight() => (promise.Key.Sum(c => c) % 5) switch { 0 => Commitments.Weight.Serious, 1 => Commitments.Weight.Small, _ => Commitments.Weight.Normal };

    // Of what was late or broken most is explained, and not always: as in life.
    private BreakCause? Cause() => (promise.Key.Sum(c => c) % 9) switch { 0 or 1 or 2 => BreakCause.TookLonger, 3 or 4 => BreakCause.WaitedForOthers, 5 => BreakCause.TooMuch, 6 => BreakCause.WaitedForThem, 7 => BreakCause.Forgotten, _ => null };

    // Said for a day, it runs from our opening to the moment that was meant.
    private Due DueAt(DateTimeOffset end, string words)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(world.Hours.Zone);
        var opens = LocalTime.In(zone, TimeZoneInfo.ConvertTime(end, zone).Date + world.Hours.Opens.ToTimeSpan());
        return new(opens < end ? opens : end, end, DuePrecision.Day, words);
    }
}
