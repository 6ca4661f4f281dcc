using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Sends what is due from a mailbox, over as many lines as there is work for, until nothing is.</summary>
internal sealed class SendFromMailbox(DispatchLedger ledger, OpenWayOut open, CopyToSent copies, IServiceScopeFactory scopes, DatabaseAddress address, ChannelsOptions options, TimeProvider clock)
{
    // Opening a line costs more than some mails on one that is open.
    private const int MailsForALine = 5;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20), Again = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends until nothing is due or it is stopped; then what is in hands is finished, and nothing more taken.</summary>
    /// <exception cref="MailTroubleException">The server cannot be used; what waits goes on waiting.</exception>
    public async Task RunAsync(SendingSession session, CancellationToken ct)
    {
        var (mailbox, news) = (session.Mailbox, new DispatchNews(scopes, address, clock));
        foreach (var doubted in await ledger.DoubtAsync(mailbox, ct)) await news.AddAsync(doubted);
        try
        {
            await SendAsync(session, news, ct);
        }
        finally
        {
            await news.TellAsync();
        }
        await copies.RunAsync(mailbox, ct);
    }

    private async Task SendAsync(SendingSession session, DispatchNews news, CancellationToken ct)
    {
        var (due, limit) = await ledger.DueAsync(session.Mailbox, options.SendingLines * MailsForALine, ct);
        if (due > 0) await SendAsync(session, due, news, ct);
        if (limit is { } most) session.NotBefore = await ledger.NextAllowedAsync(session.Mailbox, most, ct);
    }

    private async Task SendAsync(SendingSession session, int due, DispatchNews news, CancellationToken ct)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var turns = new LedgerTurns(ledger, scopes, session.Mailbox);
        // Where one is not let in, more knock in vain: they are opened when it is.
        var first = await open.RunAsync(session.Mailbox, ct);
        await Task.WhenAll(Enumerable.Range(0, (due + MailsForALine - 1) / MailsForALine).Select(line => OverOneLineAsync(session, line == 0 ? first : null, turns, news, broken)));
    }

    private async Task OverOneLineAsync(SendingSession session, IWayOut? opened, LedgerTurns turns, DispatchNews news, CancellationTokenSource stop)
    {
        try
        {
            await using var line = opened ?? await AnotherAsync(session.Mailbox, stop.Token);
            (Errand, HandedOver Outcome)? done = null;
            while (line is not null && await NextAsync(turns, done, news, stop.Token) is { } errand)
            {
                var outcome = await FinishAsync(line, errand, stop.Token);
                if (outcome.Answers.Values.Any(a => a.Kind == AnswerKind.Taken)) session.Delivered = true;
                done = (errand, outcome);
                if (outcome.Trouble is not { } trouble) continue;
                await NextAsync(turns, done, news, new CancellationToken(canceled: true));
                throw new MailTroubleException(trouble);
            }
        }
        catch
        {
            // The other lines finish what they have in hands.
            await stop.CancelAsync();
            throw;
        }
    }

    // A server may let in fewer than we would like (421): then it is sent over those that are open.
    private async Task<IWayOut?> AnotherAsync(MailboxId mailbox, CancellationToken ct)
    {
        try
        {
            return await open.RunAsync(mailbox, ct);
        }
        catch (MailTroubleException)
        {
            return null;
        }
    }

    // What is in hands is not dropped because the program is told to stop.
    private static async Task<HandedOver> FinishAsync(IWayOut line, Errand errand, CancellationToken stop)
    {
        using var late = new CancellationTokenSource();
        await using var stopping = stop.Register(() => late.CancelAfter(Grace));
        return await line.HandOverAsync(errand, late.Token);
    }

    // While the database is away the outcome is kept here and told again: forgotten, it would be in doubt for ever.
    private async Task<Errand?> NextAsync(LedgerTurns turns, (Errand, HandedOver)? done, DispatchNews news, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var next = await turns.NextAsync(done, !stop.IsCancellationRequested);
                if (done is { Item1.Interaction: var moved }) await news.AddAsync(moved);
                return next;
            }
            catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null && done is not null && (!stop.IsCancellationRequested || clock.GetElapsedTime(started) < Grace))
            {
                await Task.Delay(Again, clock, CancellationToken.None);
            }
        }
    }
}
