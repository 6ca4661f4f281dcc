namespace Rapport.Channels;

/// <summary>A line's turn at the ledger.</summary>
/// <param name="Done">What it had in hands, and what came of it.</param>
/// <param name="More">It takes another one.</param>
internal sealed record LedgerTurn((Errand, HandedOver)? Done, bool More)
{
    public TaskCompletionSource<Errand?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The lines of a mailbox at its ledger: whoever comes while another one's turn is being committed shares the next commit, which costs as much for four as for one. Each still has one mail in hands at most.</summary>
internal sealed class LedgerTurns(DispatchLedger ledger, MailboxId mailbox)
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
        while (true)
        {
            List<LedgerTurn> turns;
            lock (gate)
            {
                (turns, waiting) = (waiting, []);
                if (!(writing = turns.Count > 0)) return;
            }
            await WriteAsync(turns);
        }
    }

    private async Task WriteAsync(List<LedgerTurn> turns)
    {
        try
        {
            var next = await ledger.NextAsync(mailbox, turns, due, CancellationToken.None);
            for (var i = 0; i < turns.Count; i++) turns[i].Next.SetResult(next[i]);
        }
        catch (Exception) when (turns.Count > 1)
        {
            // What one of them cannot write down is no other one's trouble.
            foreach (var turn in turns) await WriteAsync([turn]);
        }
        catch (Exception failure)
        {
            turns[0].Next.SetException(failure);
        }
    }
}
