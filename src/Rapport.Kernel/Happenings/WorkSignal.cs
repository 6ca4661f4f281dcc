namespace Rapport.Kernel.Happenings;

/// <summary>Wakes this process's worker when there is something to do, so that nobody waits for the next round.</summary>
public sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    /// <summary>Wakes the worker; many calls before it wakes count as one.</summary>
    public void Wake()
    {
        try
        {
            if (waiting.CurrentCount == 0) waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread was as quick: it is awake, which is all that was wanted.
        }
    }

    /// <summary>Waits for the next <see cref="Wake"/> or the time, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(waiting.WaitAsync(stop.Token), Task.Delay(longest, clock, stop.Token));
        await stop.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => waiting.Dispose();
}
