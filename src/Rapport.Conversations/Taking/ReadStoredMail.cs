using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Conversations;

/// <summary>Reads what is stored and not yet read: threads it, matches its people, writes it. A batch is a transaction, so a kill between two loses nothing.</summary>
public sealed partial class ReadStoredMail(IServiceScopeFactory scopes, DatabaseAddress address, ILogger<ReadStoredMail> log)
{
    private const int AtOnce = 250;

    /// <summary>Reads everything that waits in a mailbox.</summary>
    public async Task<MailTaken> RunAsync(MailboxId mailbox, Actor by, CancellationToken ct)
    {
        var taken = new MailTaken();
        while (await NextAsync(mailbox, AtOnce, by, ct) is { } batch) taken += batch;
        return taken;
    }

    private async Task<MailTaken?> NextAsync(MailboxId mailbox, int most, Actor by, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<MailBatch>().RunAsync(mailbox, most, by, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && most > 1 && IsTheMails(failure))
        {
            LogOneByOne(failure, mailbox);
            return await OneByOneAsync(mailbox, by, ct);
        }
    }

    // One mail of the batch breaks what is beyond us: it is set aside, the ones behind it go on (V1).
    private async Task<MailTaken?> OneByOneAsync(MailboxId mailbox, Actor by, CancellationToken ct)
    {
        var taken = new MailTaken();
        for (var i = 0; i < AtOnce; i++)
        {
            try
            {
                if (await NextAsync(mailbox, 1, by, ct) is not { } one) return i == 0 ? null : taken;
                taken += one;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && IsTheMails(failure))
            {
                await using var scope = scopes.CreateAsyncScope();
                await SetAsideAsync(scope.ServiceProvider.GetRequiredService<RapportDb>(), mailbox, failure, by, ct);
                taken += new MailTaken() with { Unreadable = 1 };
            }
        }
        return taken;
    }

    private static async Task SetAsideAsync(RapportDb db, MailboxId mailbox, Exception failure, Actor by, CancellationToken ct)
    {
        var intake = await db.Set<Intake>().Where(i => i.Mailbox == mailbox && i.State == IntakeState.Stored).OrderBy(i => i.Id).FirstAsync(ct);
        (intake.State, intake.Problem) = (IntakeState.Unreadable, $"Rapport could not take this mail in ({(failure is AggregateException several ? several.GetBaseException() : failure).GetType().Name}). It is kept as it came; please report it.");
        await db.SaveOrThrowAsync(by, ct);
    }

    // Whatever nobody foresaw is the mail's, or it would come again with each try and keep all others out. A full disk, a database that is away or that had two writers in each other's way is nobody's mail's fault.
    private bool IsTheMails(Exception failure) => failure switch
    {
        // Several are read at once, and each may fail.
        AggregateException several => several.Flatten().InnerExceptions.All(IsTheMails),
        OperationCanceledException or OutOfMemoryException => false,
        _ => DatabaseTrouble.Of(failure, address) is null && failure.GetBaseException() is not (DbException { IsTransient: true } or OutOfMemoryException),
    };

    [LoggerMessage(LogLevel.Warning, "A batch of mails in mailbox {Mailbox} could not be read; trying them one by one")]
    private partial void LogOneByOne(Exception failure, MailboxId mailbox);
}

/// <summary>Reads what an interrupted run left stored and unread.</summary>
internal sealed class ReadLeftMail(RapportDb db, ReadStoredMail read, TimeProvider clock) : IJob
{
    // Long enough for whoever stored it to read it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Patience;
        var left = await db.Set<Intake>().Where(i => i.State == IntakeState.Stored && i.ReceivedAt < before).Select(i => i.Mailbox).Distinct().ToListAsync(ct);
        foreach (var mailbox in left) await read.RunAsync(mailbox, Actor.Rapport, ct);
    }
}
