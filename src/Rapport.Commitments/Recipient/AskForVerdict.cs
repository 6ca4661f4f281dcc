using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>Asks the one whom something serious was promised whether it was kept: by one mail with their link, at most one such mail a person a month (K4).</summary>
public sealed class AskForVerdict(RapportDb db, SayToEach say, ReachRecipient reach, QueueMail queue, TimeProvider clock)
{
    /// <summary>So long nobody is asked again, whatever it is about.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromDays(30);

    private sealed record Asking(Commitment Promise, string Name, string Address, MailboxId From);

    /// <summary>Why they cannot be asked now; null when they can.</summary>
    public async Task<Refusal?> MayAsync(CommitmentId id, Actor by, CancellationToken ct) => (await PrepareAsync(id, by, ct)).Refusal;

    /// <summary>Asks.</summary>
    /// <param name="id">About which.</param>
    /// <param name="site">Where people outside find us.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Refusal?> RunAsync(CommitmentId id, string site, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two who ask at once are one mail.
        await db.Dialect.LockJournalAsync(db, ct);
        if (!(await PrepareAsync(id, by, ct)).Succeeded(out var asking, out var refusal)) return refusal;
        var (us, now) = ((await db.InstallationAsync(ct))!, clock.GetUtcNow());
        var promise = asking.Promise;
        var mail = VerdictMail.Of(promise, asking.Name, $"{site}{new RecipientLink(us).PathOf(id, promise.With, now)}");
        var said = await say.RunAsync(asking.From, [new(new(asking.Name, asking.Address), mail.Subject, mail.Text) { Owner = promise.Owner }], by, ct);
        await db.TellAsync(promise, CommitmentDeed.AskedVerdict, by, now, null, null, said[0], ct);
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        await transaction.CommitAsync(ct);
        queue.Wake();
        return null;
    }

    private async Task<Result<Asking>> PrepareAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } promise) return Refusal.Missing("commitment");
        if (promise.Side == Side.TheirsToUs || promise.Weight != Weight.Serious) return Refusal.Conflict("commitment.not-serious", "They are asked only about what is serious and was promised by us.");
        if (promise.Verdict is not null) return Refusal.Conflict("commitment.judged-already", "They have said what they think of it.");
        if (!promise.MayBeDoubted(now)) return Refusal.Conflict("commitment.not-due", "It is neither done nor due: there is nothing to ask yet.");
        var since = now - Pause;
        if (await (from e in db.Set<CommitmentEvent>() where e.Deed == CommitmentDeed.AskedVerdict && e.At > since join c in db.Set<Commitment>() on e.Commitment equals c.Id where c.With == promise.With select e).AnyAsync(ct))
            return Refusal.Conflict("commitment.asked-lately", "They were asked about a promise within the last month already, and nobody is asked more often.");
        if (await reach.AddressAsync(promise.With, ct) is not { } address) return Refusal.Conflict("commitment.no-address", "No mail address of theirs can be used. Ask them in a call, and write down what they say.");
        if (await reach.FromAsync(promise.SaidIn, by, ct) is not { } from) return Refusal.Conflict("commitment.no-mailbox", "There is no mailbox that you may write from. Connect one under Settings, Mailboxes.");
        return new Asking(promise, await db.Parties().Where(p => p.Id == promise.With).Select(p => p.Name).SingleAsync(ct), address, from);
    }
}

/// <summary>The mail that asks.</summary>
internal static class VerdictMail
{
    public static (string Subject, string Text) Of(Commitment promise, string name, string link)
    {
        var when = promise.DueWords.Length > 0 ? $" ({promise.DueWords})" : "";
        var ours = promise.State switch
        {
            CommitmentState.Kept => "We believe that we kept it.",
            CommitmentState.KeptLate => "We did it, and later than we said.",
            CommitmentState.Broken => "We count it as not kept.",
            CommitmentState.Open or CommitmentState.Proposed or CommitmentState.Released or CommitmentState.Replaced => "It is past the time that we named.",
        };
        return ("Did we keep our word?", $"Hello {name},\n\nwe promised you{when}:\n\n    {promise.Words}\n\n{ours} What counts is what you say: kept, partly or not kept. One click, no account:\n\n{link}\n\nYou are asked this at most once a month. If you would rather tell a person, please answer this mail.\n");
    }
}
