using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>What the lines of a mailbox take in hands next, looked up for many at once. Being looked up takes nothing: only a claim does, and that is made when a line has its hands free, so that a program that is killed leaves no more in doubt than its lines held.</summary>
internal sealed class DueErrands(MailboxId mailbox)
{
    private const int AtOnce = 50;

    private readonly Queue<DueErrand> due = [];

    /// <summary>The next ones as the transaction at hand sees them, at most so many, and one at a time of a mailbox that may send only so many a minute; none when nothing is due. One that was looked up twice is seen again, and cannot be claimed.</summary>
    public async Task<IReadOnlyList<DueErrand>> TakeAsync(RapportDb db, int most, DateTimeOffset now, CancellationToken ct)
    {
        if (most > 0 && due.Count == 0)
            foreach (var errand in await DispatchLedger.LookAsync(db, mailbox, AtOnce, now, ct)) due.Enqueue(errand);
        var taken = new List<DueErrand>(most);
        while (taken.Count < most && (taken.Count == 0 || !taken[0].Limited) && due.TryDequeue(out var next)) taken.Add(next);
        return taken;
    }
}
