using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Demo;

/// <summary>One promise of the play, from its words to its end.</summary>
internal sealed class SettlePromise(DemoWorld world, DemoNames names, DemoPromise promise, CancellationToken ct)
{
    private CommitmentId id;
    private Actor owner = null!;

    public IEnumerable<DemoDeeds.Deed> Deeds() =>
        promise.Outcomes.Select(o => new DemoDeeds.Deed(o.At, s => FollowAsync(s, o))).Prepend(new(promise.SaidAt, MakeAsync));

    private async Task MakeAsync(IServiceProvider services)
    {
        var ours = promise.Side == DemoSide.Ours;
        owner = names.Members[ours ? promise.Promiser : promise.Recipient];
        var with = await names.PersonAsync(services, ours ? promise.Recipient : promise.Promiser, ct) ?? throw new InvalidOperationException($"{promise.Key} is with nobody.");
        id = await services.GetRequiredService<MakeCommitment>().RunAsync(
            new(ours ? Side.OursToThem : Side.TheirsToUs, promise.Words, with, DueAt(promise.Due, promise.DuePhrase), names.Said[promise.SaidIn]), owner, ct).OrFailAsync();
    }

    private async Task FollowAsync(IServiceProvider services, DemoOutcome outcome)
    {
        var settle = services.GetRequiredService<SettleCommitment>();
        switch (outcome.Kind)
        {
            case DemoOutcomeKind.Kept or DemoOutcomeKind.KeptLate:
                await settle.KeepAsync(id, outcome.Event is { } key ? new(names.Said[key], null) : Proof.OnMyWord, owner, ct).OrFailAsync();
                break;
            case DemoOutcomeKind.Broken:
                await settle.BreakAsync(id, null, owner, ct).OrFailAsync();
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

    // Said for a day, it runs from our opening to the moment that was meant.
    private Due DueAt(DateTimeOffset end, string words)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(world.Hours.Zone);
        var opens = LocalTime.In(zone, TimeZoneInfo.ConvertTime(end, zone).Date + world.Hours.Opens.ToTimeSpan());
        return new(opens < end ? opens : end, end, DuePrecision.Day, words);
    }
}
