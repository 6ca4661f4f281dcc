using System.Collections.Concurrent;

namespace Rapport.Channels;

/// <summary>What the lines of a mailbox take in hands next, looked up for many at once. Being looked up takes nothing: only a claim does, and that is made for one at a time, so that a program that is killed leaves no more in doubt than its lines held.</summary>
internal sealed class DueErrands(DispatchLedger ledger, MailboxId mailbox) : IDisposable
{
    private const int AtOnce = 50;

    private readonly ConcurrentQueue<DueErrand> due = [];
    private readonly SemaphoreSlim looking = new(1, 1);

    /// <summary>The next one; null when nothing is due. One that another line was quicker with is seen again, and cannot be claimed.</summary>
    public async Task<DueErrand?> NextAsync(CancellationToken ct)
    {
        if (due.TryDequeue(out var next)) return next;
        await looking.WaitAsync(ct);
        try
        {
            if (due.TryDequeue(out next)) return next;
            foreach (var errand in await ledger.LookAsync(mailbox, AtOnce, ct)) due.Enqueue(errand);
            return due.TryDequeue(out next) ? next : null;
        }
        finally
        {
            looking.Release();
        }
    }

    public void Dispose() => looking.Dispose();
}
