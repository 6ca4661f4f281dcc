using MailKit;
using MailKit.Net.Imap;

namespace Rapport.Channels;

/// <summary>A line to an IMAP server on which we are signed in. Everything asked there has a limit in time and in bytes; what goes wrong is a <see cref="MailTroubleException"/>.</summary>
internal sealed class ImapLine(ImapClient client, MeteredStream stream, MailDoor at, TimeProvider clock) : IAsyncDisposable
{
    private const long Talk = 256 * 1024;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private ImapFolder? inbox;

    // How people's programs call it, where the server does not say which one it is (RFC 6154).
    private static readonly HashSet<string> SentNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Sent", "Sent Items", "Sent Messages", "Sent Mail", "Gesendet", "Gesendete Elemente", "Gesendete Objekte", "Envoyés", "Éléments envoyés", "Messages envoyés", "Enviados", "Elementos enviados",
        "Itens enviados", "Inviati", "Inviata", "Posta inviata", "Verzonden", "Verzonden items", "Wysłane", "Elementy wysłane", "Skickat", "Skickade", "Sendt", "Sendte elementer", "Lähetetyt", "Odeslané", "Отправленные", "已发送", "送信済み",
    };

    /// <summary>The server says by itself when mail arrives (RFC 2177).</summary>
    public bool Idles => client.Capabilities.HasFlag(ImapCapabilities.Idle);

    /// <summary>Where mail arrives. Known from the first look on: of a line that is gone MailKit tells it no more, and before signing in not yet.</summary>
    public ImapFolder Inbox => inbox ??= (ImapFolder)client.Inbox;

    /// <summary>Where what was sent lies: as the server says, else by its name; null where there is none.</summary>
    public Task<ImapFolder?> SentAsync(CancellationToken ct) => AskAsync(8 * 1024 * 1024, async token =>
    {
        var said = client.Capabilities.HasFlag(ImapCapabilities.SpecialUse) || client.Capabilities.HasFlag(ImapCapabilities.XList) ? client.GetFolder(SpecialFolder.Sent) : null;
        if (said is not null) return (ImapFolder)said;
        // A server may have no space for folders of one's own (RFC 2342, 5).
        if (client.PersonalNamespaces.FirstOrDefault() is not { } own) return null;
        var all = await client.GetFoldersAsync(own, StatusItems.None, subscribedOnly: false, token);
        return (ImapFolder?)all.FirstOrDefault(f => SentNames.Contains(f.Name) && !f.Attributes.HasFlag(FolderAttributes.NoSelect) && !f.Attributes.HasFlag(FolderAttributes.NonExistent));
    }, ct);

    /// <summary>Opens a folder to read only, so that nothing on the server changes. What arrived there is counted anew.</summary>
    public async Task OpenAsync(ImapFolder folder, CancellationToken ct)
    {
        if (!folder.IsOpen) await AskAsync(Talk, token => folder.OpenAsync(FolderAccess.ReadOnly, token), ct);
    }

    /// <summary>Asks something by which at most so many bytes come, and waits the longer the more they are.</summary>
    public async Task<T> AskAsync<T>(long bytes, Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        stream.Allow(bytes + Talk);
        // A line of 64 kbit/s still gets through.
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(120 + bytes / 8_000.0), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MailTrouble.Of(failure, at) is { } trouble)
        {
            throw new MailTroubleException(trouble, failure);
        }
    }

    /// <summary>Waits in the open folder until the server says something, it is called back, or so much time has passed.</summary>
    public async Task IdleAsync(TimeSpan longest, CancellationToken back, CancellationToken ct)
    {
        using var over = new CancellationTokenSource(longest, clock);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(over.Token, back);
        stream.Patience = longest + Silence;
        try
        {
            stream.Allow(Talk);
            await client.IdleAsync(done.Token, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MailTrouble.Of(failure, at) is { } trouble)
        {
            throw new MailTroubleException(trouble, failure);
        }
        finally
        {
            stream.Patience = Silence;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            if (client.IsConnected) await client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException || MailTrouble.Of(failure, at) is not null)
        {
            // It is gone already, which is all that was wanted.
        }
        client.Dispose();
    }
}
