using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>What becomes of a task: the promise it makes, or why it makes none.</summary>
/// <param name="Row">The task.</param>
/// <param name="Id">Its promise's id, which is the same for the same task.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Why">In a sentence.</param>
/// <param name="Promise">The promise, where it makes one.</param>
/// <param name="Flawed">Some of it cannot be used.</param>
internal sealed record PlannedTask(TaskRow Row, CommitmentId Id, RowFate Fate, string Why, NewCommitment? Promise = null, bool Flawed = false);

/// <summary>Decides what becomes of tasks. The same task is the same promise, whenever and by whom it is imported again.</summary>
internal sealed class PlanTasks(RapportDb db, PickParty pick, ReadDue read, TimeProvider clock)
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(3_650);

    private readonly Dictionary<string, Result<Picked>> picked = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<CommitmentId> seen = [];

    public async Task<PlannedTask> RunAsync(TaskRow row, Actor by, CancellationToken ct)
    {
        var id = new CommitmentId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"task\n{row.Key}")).AsSpan(0, 16), bigEndian: true));
        if (row.Problem is { } problem) return Failed(problem);
        if (row.IsDone) return new(row, id, RowFate.Skipped, "It is done already.");
        if (row.Words.Length == 0) return Failed("It does not say what is to be done.");
        if (row.Words.Length > Commitment.LongestWords) return Failed($"It is longer than {Commitment.LongestWords} characters: one promise, in few words.");
        if (!seen.Add(id)) return new(row, id, RowFate.Skipped, "It stands in an earlier row.");
        if (await db.Set<Commitment>().AnyAsync(c => c.Id == id, ct)) return new(row, id, RowFate.Skipped, "It is here already.");
        if (row.With.Length == 0) return Failed("It does not say for whom it is. Put a name or an address into a column “Customer”, or as the contact of a to-do.");
        if (!(await WithAsync(row.With, by, ct)).Succeeded(out var with, out var nobody)) return Failed(nobody.Message);

        var (due, flaw) = await DueAsync(row, with.Party!.Value, ct);
        var (owner, unknown) = await OwnerAsync(row.For, ct);
        var flaws = string.Join(' ', new[] { flaw, unknown }.OfType<string>());
        var whose = owner is { } other && other.Id != by.Id ? $", offered to {other.Name}" : "";
        return new(row, id, RowFate.Created, $"A promise to {with.Name}{whose}. {flaws}".Trim(), new NewCommitment(Side.OursToThem, row.Words, with.Party.Value, due, Owner: owner?.Id), flaws.Length > 0);

        PlannedTask Failed(string why) => new(row, id, RowFate.Failed, why);
    }

    private async Task<Result<Picked>> WithAsync(string words, Actor by, CancellationToken ct) =>
        picked.TryGetValue(words, out var known) ? known : picked[words] = await pick.NamedAsync(words, "with", by, ct);

    // What has passed cannot be kept in time any more: it comes in without a date, to be agreed anew, and is not counted as broken.
    private async Task<(Due? Due, string? Flaw)> DueAsync(TaskRow row, PartyId with, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (row.DueAt is { } at) return at > now ? (new Due(at, at, DuePrecision.Minute, row.Due), null) : (null, Passed());
        var understood = await read.RunAsync(row.Due, Side.OursToThem, with, null, ct);
        if (understood.Accept().Succeeded(out var due, out var refusal)) return due is { } date && date.End <= now ? (null, Passed()) : (due, null);
        // Read as of long ago, what is past is a date.
        return (null, await read.RunAsync(row.Due, Side.OursToThem, with, now - LongAgo, ct) is { Due: { } then } && then.End <= now ? Passed() : $"Its date is left out: {refusal.Message}");

        string Passed() => $"Its date has passed ({row.Due}): agree a new one.";
    }

    private async Task<(Member? Owner, string? Flaw)> OwnerAsync(string words, CancellationToken ct)
    {
        if (words.Length == 0) return (null, null);
        var member = words.Contains('@') ? await db.MemberAsync(words, ct) : (await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null && m.Name == words).Take(2).ToListAsync(ct)) is [var one] ? one : null;
        return member is not null && await db.MayOwnAsync(member.Id, ct) is null ? (member, null) : (null, $"Nobody here is “{words}”, so it is yours.");
    }
}
