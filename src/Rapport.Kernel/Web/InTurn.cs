namespace Rapport.Kernel.Web;

/// <summary>
/// One request has one database context, which does one thing at a time; but the parts of a page start loading side by side.
/// Each part that reads the database does so in its turn.
/// </summary>
public sealed class InTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Runs the reading when those of the other parts are done.</summary>
    public async Task RunAsync(Func<Task> read)
    {
        await turn.WaitAsync();
        try
        {
            await read();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
