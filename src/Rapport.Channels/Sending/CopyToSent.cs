using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Puts what was sent into the Sent folder of its mailbox, where other programs see it. Knows no way to send, and looks there first, so that nothing lies there twice.</summary>
internal sealed partial class CopyToSent(IServiceScopeFactory scopes, EnterMailServer enter, OpenMailDoor doors, TimeProvider clock, ILogger<CopyToSent> log)
{
    private const int AtOnce = 50, MostAttempts = 12;

    /// <summary>Does it for what is due in a mailbox. What goes wrong keeps nothing from being sent.</summary>
    public async Task RunAsync(MailboxId mailbox, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var now = clock.GetUtcNow();
        var due = await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.Mailbox == mailbox && m.Copy == SentCopy.Wanted && m.CopyDueAt <= now).OrderBy(m => m.CopyDueAt).Take(AtOnce).ToListAsync(ct);
        if (due.Count == 0) return;
        try
        {
            if (await db.ConnectionAsync(mailbox, ct) is not { } connection) return;
            await using var line = await enter.ImapAsync(await doors.RunAsync(connection.Reading, ct), ct);
            var folder = await line.SentAsync(ct) ?? throw new MailTroubleException(new(MailTroubleKind.ServerSays, "The server has no folder for sent mail. Make one that is called Sent."));
            foreach (var mail in due) await CopyAsync(db, line, folder, mail, ct);
        }
        catch (MailTroubleException failure)
        {
            LogTrouble(mailbox, failure.Trouble.Kind);
            foreach (var mail in due) await PutOffAsync(db, mail, failure.Trouble.Sentence, ct);
        }
    }

    private static async Task CopyAsync(RapportDb db, ImapLine line, ImapFolder folder, OutgoingMail mail, CancellationToken ct)
    {
        await line.OpenAsync(folder, ct);
        var there = await line.AskAsync(64 * 1024, token => folder.SearchAsync(SearchQuery.HeaderContains("Message-ID", mail.MessageId), token), ct);
        if (there.Count == 0 && await db.OpenBlobAsync(mail.Raw, ct) is { } raw)
        {
            using var message = await MimeMessage.LoadAsync(new MemoryStream(raw), ct);
            await line.AskAsync(raw.Length, token => folder.AppendAsync(new AppendRequest(message, MessageFlags.Seen, message.Date), token), ct);
        }
        await Row(db, mail).ExecuteUpdateAsync(s => s.SetProperty(m => m.Copy, SentCopy.Done).SetProperty(m => m.CopySaid, (string?)null), ct);
    }

    private async Task PutOffAsync(RapportDb db, OutgoingMail mail, string said, CancellationToken ct)
    {
        var due = clock.GetUtcNow() + Dispatch.BackOff(mail.CopyAttempts + 1, Random.Shared.NextDouble());
        var state = mail.CopyAttempts + 1 >= MostAttempts ? SentCopy.Failed : SentCopy.Wanted;
        await Row(db, mail).ExecuteUpdateAsync(s => s.SetProperty(m => m.Copy, state).SetProperty(m => m.CopyDueAt, due).SetProperty(m => m.CopyAttempts, mail.CopyAttempts + 1).SetProperty(m => m.CopySaid, said), ct);
    }

    private static IQueryable<OutgoingMail> Row(RapportDb db, OutgoingMail mail) => db.Set<OutgoingMail>().Where(m => m.Interaction == mail.Interaction && m.Copy == SentCopy.Wanted);

    [LoggerMessage(LogLevel.Warning, "Copies for the Sent folder of mailbox {Mailbox} wait ({Trouble})")]
    private partial void LogTrouble(MailboxId mailbox, MailTroubleKind trouble);
}
