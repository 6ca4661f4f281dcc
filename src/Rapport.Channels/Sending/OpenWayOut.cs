using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Opens the way out of a mailbox: the folder where one is set, else the mailbox's own server.</summary>
internal sealed class OpenWayOut(IServiceScopeFactory scopes, EnterMailServer enter, OpenMailDoor doors, ChannelsOptions options)
{
    /// <summary>Opens it, before anything is in hands.</summary>
    /// <exception cref="MailTroubleException">There is none now.</exception>
    public async Task<IWayOut> RunAsync(MailboxId mailbox, CancellationToken ct)
    {
        if (options.DeliverTo is { Length: > 0 } folder) return new FolderWayOut(folder);
        await using var scope = scopes.CreateAsyncScope();
        var connection = await scope.ServiceProvider.GetRequiredService<RapportDb>().ConnectionAsync(mailbox, ct);
        if (connection?.Sending is not { } server) throw new MailTroubleException(new(MailTroubleKind.Refused, "No server for sending is set. Write one in the mailbox's settings; what was written waits here."));
        return await enter.SmtpAsync(await doors.RunAsync(server, ct), ct);
    }
}
