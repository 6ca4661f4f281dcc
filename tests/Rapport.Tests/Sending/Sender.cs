using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>A member who sends from mailboxes of theirs, as the program does by this machine's clock.</summary>
internal sealed class Sender(MailNode node, Actor by) : IAsyncDisposable
{
    private static int boxes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public MailNode Node => node;

    public static async Task<Sender> StartAsync(DatabaseAddress address, Actor by, params (string, string)[] settings) => new(await MailNode.StartAsync(address, settings: settings), by);

    /// <summary>By a clock that a test puts forward.</summary>
    public static async Task<Sender> StartAsync(DatabaseAddress address, Actor by, TimeProvider clock) => new(await MailNode.StartAsync(address, clock: clock), by);

    /// <summary>A mailbox that sends by this server; it is read by another, or by none that answers.</summary>
    public async Task<MailboxId> ConnectAsync(NewMailServer sending, NewMailServer? reading = null)
    {
        var name = $"out{Interlocked.Increment(ref boxes)}";
        return await node.ConnectAsync(by, name, new($"{name}@harbourline.example", reading ?? new("127.0.0.1", 9, MailSecurity.None, "ada", Dovecot.Password), sending, Everything: true));
    }

    public async Task<InteractionId> SendAsync(MailboxId from, string to, string subject = "The second crane", string text = "It comes in week 50.", params WrittenFile[] files)
    {
        var sent = await node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(from, to, subject, text) { Files = files }, by, Ct));
        Assert.True(sent.Succeeded(out var mail, out var refusal), refusal?.Message);
        return mail.Interaction;
    }

    public Task<List<Dispatch>> RowsAsync(InteractionId mail) => node.InDatabaseAsync(db => db.Set<Dispatch>().AsNoTracking().Where(d => d.Interaction == mail).OrderBy(d => d.Recipient).ToListAsync(Ct));

    /// <summary>The only row of a mail, once it is in this state.</summary>
    public async Task<Dispatch> UntilAsync(InteractionId mail, DispatchState state, int seconds = 60)
    {
        Dispatch? row = null;
        await Waiting.UntilAsync(async () => (row = (await RowsAsync(mail))[0]).State == state, $"it is {state}", seconds);
        return row!;
    }

    public Task UntilAsync(InteractionId mail, Func<List<Dispatch>, bool> isSo, string what, int seconds = 60) => Waiting.UntilAsync(async () => isSo(await RowsAsync(mail)), what, seconds);

    /// <summary>What was put off is due now.</summary>
    public Task HurryAsync(InteractionId mail) => node.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail && d.State == DispatchState.Queued).ExecuteUpdateAsync(s => s.SetProperty(d => d.DueAt, DateTimeOffset.UnixEpoch), Ct));

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
