using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Kernel.Database;

namespace Rapport.Demo;

/// <summary>What the promises that stand this morning take: steps, what they wait for, who helps, and who is told when one is late.</summary>
internal sealed class SettlePlans(DemoNames names, string star, DemoDeeds deeds, DateTimeOffset now)
{
    // What is to be done for each of the first; what was said for two hours later is done or late by now.
    private static readonly (string Words, string Due, bool Done)[][] Plans =
    [
        [("Ask the workshop for the measurements", "in two hours", true), ("Draw the second sheet", "tomorrow", false), ("Let a colleague read it through", "", false)],
        [("Find the order in the archive", "in two hours", true), ("Compare it with what was delivered", "in two hours", false)],
        [("Agree the time with the driver", "tomorrow", false), ("Tell the gate who comes", "", false)],
    ];

    private readonly Actor me = names.Members[star];

    public async Task RunAsync(CancellationToken ct)
    {
        var planned = now.AddHours(-30);
        var (mine, theirs) = (new List<Commitment>(), new List<Commitment>());
        await deeds.AloneAsync(async services =>
        {
            var open = await services.GetRequiredService<RapportDb>().Set<Commitment>().AsNoTracking().Where(c => c.State == CommitmentState.Open && c.DueEnd > now && c.SaidAt < planned).OrderBy(c => c.DueEnd).ThenBy(c => c.Id).ToListAsync(ct);
            (mine, theirs) = ([.. open.Where(c => c.Side == Side.OursToThem && c.Owner == me.Id)], [.. open.Where(c => c.Side == Side.TheirsToUs)]);
        });
        var colleagues = names.Members.Values.DistinctBy(m => m.Id).Where(m => m.Id != me.Id).OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
        await deeds.RunAsync(planned, mine.Take(2 * Plans.Length).SelectMany((promise, i) => Plan(promise, i, theirs, colleagues, ct)), ct);
    }

    private IEnumerable<Func<IServiceProvider, Task>> Plan(Commitment promise, int number, List<Commitment> theirs, List<Actor> colleagues, CancellationToken ct)
    {
        if (number < Plans.Length)
            foreach (var (place, step) in Plans[number].Index())
            {
                yield return s => s.GetRequiredService<PlanCommitment>().AddStepAsync(promise.Id, step.Words, step.Due, me, ct).OrFailAsync();
                if (step.Done) yield return s => s.GetRequiredService<PlanCommitment>().DoStepAsync(promise.Id, place + 1, true, me, ct).OrFailAsync();
            }
        // What their side owes us first, as a rule somebody of the same customer.
        if (number % 2 == 0 && (theirs.Find(t => t.Customer == promise.Customer) ?? theirs.ElementAtOrDefault(number)) is { } first)
            yield return s => s.GetRequiredService<PlanCommitment>().DependAsync(promise.Id, first.Id, me, ct).OrFailAsync();
        if (number is 0 or 3) yield return s => s.GetRequiredService<SayWhoHelps>().RunAsync(promise.Id, colleagues[number % colleagues.Count].Id, true, me, ct).OrFailAsync();
        if (number is 1 or 4) yield return s => s.GetRequiredService<NameForEscalation>().RunAsync(promise.Id, colleagues[^1].Id, me, ct).OrFailAsync();
    }
}
