using Rapport.Kernel.Database;

namespace Rapport.Kernel.Jobs;

/// <summary>Gives signs of life for what this node holds, three in each lease, until it is done with it.</summary>
public static class KeepLease
{
    /// <summary>Returns once it is over.</summary>
    /// <param name="lease">How long a holder is believed to live without a sign.</param>
    /// <param name="keep">Gives one; false when another node has it.</param>
    /// <param name="lost">Cancelled then, so that the work stops.</param>
    /// <param name="address">The database, to tell its troubles from faults of ours.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="over">Cancelled when the work is done.</param>
    public static async Task RunAsync(TimeSpan lease, Func<CancellationToken, Task<bool>> keep, CancellationTokenSource lost, DatabaseAddress address, TimeProvider clock, CancellationToken over)
    {
        ArgumentNullException.ThrowIfNull(keep);
        ArgumentNullException.ThrowIfNull(lost);
        while (true)
        {
            await Task.Delay(lease / 3, clock, over).ContinueWith(_ => { }, TaskScheduler.Default);
            if (over.IsCancellationRequested) return;
            try
            {
                if (!await keep(over)) await lost.CancelAsync();
            }
            catch (Exception failure) when (over.IsCancellationRequested || DatabaseTrouble.Of(failure, address) is not null)
            {
                // While the database is away nobody else can take it either.
            }
        }
    }
}
