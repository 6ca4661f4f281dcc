using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>A line's turn at the ledger.</summary>
/// <param name="Done">What it had in hands, and what came of it.</param>
/// <param name="More">It takes another one.</param>
internal sealed record LedgerTurn((Errand, HandedOver)? Done, bool More)
{
    public TaskCompletionSource<Errand?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The lines of a mailbox at its ledger: whoever comes while another one's turn is being committed shares the next commit, which costs as much for four as for one. Each still has one mail in hands at most.</summary>
internal sealed class LedgerTurns(DispatchLedger ledger, IServiceScopeFactory scopes, MailboxId mailbox) : IAsyncDisposable
{
    private readonly DueErrands due = new(mailbox);
    private readonly Lock gate = new();
    private List<LedgerTurn> waiting = [];
    private bool writing;

    // Kept open from turn to turn while all is well: making one takes longer than what is asked of it.
    private AsyncServiceScope? open;

    /// <summary>Writes down what came of an errand and takes the next one in hands; null when there is none now.</summary>
    public async Task<Errand?> NextAsync((Errand, HandedOver)? done, bool more)
    {
        var (turn, free) = (new LedgerTurn(done, more), false);
        lock (gate)
        {
            waiting.Add(turn);
            (free, writing) = (!writing, true);
        }
        // Who comes to a free ledger writes at once, without waiting for another thread; but no line serves the others for long.
        if (free)
        {
            await WriteAsync(Take());
            if (Take() is { Count: > 0 } meanwhile) _ = Task.Run(() => WriteAllAsync(meanwhile), CancellationToken.None);
        }
        return await turn.Next.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (open is { } scope) await scope.DisposeAsync();
        open = null;
    }

    private async Task WriteAllAsync(List<LedgerTurn> turns)
    {
        for (; turns.Count > 0; turns = Take()) await WriteAsync(turns);
    }

    // Nothing taken leaves the ledger free.
    private List<LedgerTurn> Take()
    {
        lock (gate)
        {
            (var turns, waiting) = (waiting, []);
            writing = turns.Count > 0;
            return turns;
        }
    }

    private async Task WriteAsync(List<LedgerTurn> turns)
    {
        try
        {
            open ??= scopes.CreateAsyncScope();
            var next = await ledger.NextAsync(open.Value.ServiceProvider.GetRequiredService<RapportDb>(), mailbox, turns, due, CancellationToken.None);
            for (var i = 0; i < turns.Count; i++) turns[i].Next.SetResult(next[i]);
        }
        catch (Exception failure)
        {
            await DisposeAsync();
            if (turns.Count == 1) turns[0].Next.SetException(failure);
            // What one of them cannot write down is no other one's trouble.
            else foreach (var turn in turns) await WriteAsync([turn]);
        }
    }
}
