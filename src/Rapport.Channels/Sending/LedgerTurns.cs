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
internal sealed class LedgerTurns(DispatchLedger ledger, IServiceScopeFactory scopes, MailboxId mailbox)
{
    private readonly DueErrands due = new(mailbox);
    private readonly Lock gate = new();
    private List<LedgerTurn> waiting = [];
    private bool writing;

    /// <summary>Writes down what came of an errand and takes the next one in hands; null when there is none now.</summary>
    public Task<Errand?> NextAsync((Errand, HandedOver)? done, bool more)
    {
        var turn = new LedgerTurn(done, more);
        lock (gate)
        {
            waiting.Add(turn);
            if (!writing) _ = Task.Run(WriteAllAsync, CancellationToken.None);
            writing = true;
        }
        return turn.Next.Task;
    }

    private async Task WriteAllAsync()
    {
        var turns = Take();
        while (turns.Count > 0)
        {
            // One context for as long as lines wait and all is well: making one takes longer than what is asked of it.
            await using var scope = scopes.CreateAsyncScope();
            var (db, well) = (scope.ServiceProvider.GetRequiredService<RapportDb>(), true);
            for (; well && turns.Count > 0; turns = Take()) well = await WriteAsync(db, turns);
        }
    }

    private List<LedgerTurn> Take()
    {
        lock (gate)
        {
            (var turns, waiting) = (waiting, []);
            writing = turns.Count > 0;
            return turns;
        }
    }

    // Whether the context is still to be trusted.
    private async Task<bool> WriteAsync(RapportDb db, List<LedgerTurn> turns)
    {
        try
        {
            var next = await ledger.NextAsync(db, mailbox, turns, due, CancellationToken.None);
            for (var i = 0; i < turns.Count; i++) turns[i].Next.SetResult(next[i]);
            return true;
        }
        catch (Exception) when (turns.Count > 1)
        {
            // What one of them cannot write down is no other one's trouble.
            foreach (var turn in turns)
            {
                await using var scope = scopes.CreateAsyncScope();
                await WriteAsync(scope.ServiceProvider.GetRequiredService<RapportDb>(), [turn]);
            }
        }
        catch (Exception failure)
        {
            turns[0].Next.SetException(failure);
        }
        return false;
    }
}
