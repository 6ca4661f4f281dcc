using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Channels;

/// <summary>Reads a connected mailbox for as long as its server and its holder let it: its inbox and its Sent folder, what is there and then what arrives.</summary>
public sealed class ReadMailbox(IServiceScopeFactory scopes, EnterMailServer enter, OpenMailDoor doors, HoldMailboxes hold, ChannelsOptions options, TimeProvider clock)
{
    /// <summary>Reads until it is stopped, or has to begin on another line. What is stored waits for <paramref name="read"/>, which is called after each piece.</summary>
    /// <exception cref="MailTroubleException">The server cannot be used.</exception>
    public async Task RunAsync(MailboxConnection box, MailboxCare care, Func<CancellationToken, Task> read, CancellationToken ct)
    {
        await using var line = await enter.ImapAsync(await doors.RunAsync(box.Reading, ct), ct);
        var inbox = new FolderReader(line, line.Inbox, FolderRole.Inbox, box, care, scopes, options, clock);
        var sent = await line.SentAsync(ct) is { } folder ? new FolderReader(line, folder, FolderRole.Sent, box, care, scopes, options, clock) : null;
        // A session that broke may have left some stored and unread.
        await read(ct);
        using var news = new News(line);
        var (poll, sentAt) = (TimeSpan.FromSeconds(options.PollSeconds), DateTimeOffset.MinValue);
        while (true)
        {
            var more = false;
            if (sent is not null && clock.GetUtcNow() - sentAt >= poll && !care.LeavesSent(clock.GetUtcNow()))
            {
                if (await TakeSentAsync(sent, line, care, ct) is not { } left) return;
                if (!(more = left)) sentAt = clock.GetUtcNow();
            }
            news.Begin();
            // Last before waiting, so that the inbox stays open and nothing arrives unseen in between.
            more |= await inbox.TakeSomeAsync(ct);
            // Only now is what was wrong over: a server may let us in and give nothing.
            await hold.ContactedAsync(box.Mailbox, care.SentTrouble, ct);
            if (more) await read(ct);
            else await news.WaitAsync(poll, clock, ct);
        }
    }

    // Null when the line is of no more use: then what arrives is read on another one, which leaves the Sent folder alone for a while.
    private async Task<bool?> TakeSentAsync(FolderReader sent, ImapLine line, MailboxCare care, CancellationToken ct)
    {
        try
        {
            var more = await sent.TakeSomeAsync(ct);
            care.SentWorked();
            return more;
        }
        catch (MailTroubleException failure)
        {
            care.SentBroke(failure.Trouble, clock.GetUtcNow());
            // A folder that is refused has closed the one before it (RFC 9051, 6.3.2), and MailKit takes that one to be open still.
            return failure.Trouble.Kind != MailTroubleKind.ServerSays || line.Inbox.IsOpen ? null : false;
        }
    }

    /// <summary>That something arrived in the open inbox, whether the server says so while it is asked something else or while we wait for it.</summary>
    private sealed class News : IDisposable
    {
        private readonly ImapLine line;
        private CancellationTokenSource arrived = new();
        private int count;

        public News(ImapLine line)
        {
            this.line = line;
            line.Inbox.CountChanged += Count;
        }

        public void Begin()
        {
            if (!arrived.IsCancellationRequested) return;
            arrived.Dispose();
            arrived = new();
        }

        public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
        {
            if (arrived.IsCancellationRequested) return;
            if (line.Idles) await line.IdleAsync(longest, arrived.Token, ct);
            else await Task.Delay(longest, clock, ct);
        }

        private void Count(object? sender, EventArgs e)
        {
            if (line.Inbox.Count > count) arrived.Cancel();
            count = line.Inbox.Count;
        }

        public void Dispose()
        {
            line.Inbox.CountChanged -= Count;
            arrived.Dispose();
        }
    }
}
