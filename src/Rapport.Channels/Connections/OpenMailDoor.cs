namespace Rapport.Channels;

/// <summary>Finds what it takes to get into a server of a connected mailbox: the kept password, or a token of where its user signs in.</summary>
public sealed class OpenMailDoor(MailSecrets secrets, AccessTokens tokens)
{
    /// <summary>The way in.</summary>
    /// <exception cref="MailTroubleException">What it takes is not here any more.</exception>
    internal async Task<MailDoor> RunAsync(MailServer server, CancellationToken ct)
    {
        if (server.Provider is not { } from) return secrets.Open(server);
        var (provider, token) = await tokens.RunAsync(server.Mailbox, from, refused: null, ct);
        return new(server.Use, server.Host, server.Port, server.Security, server.User, "", server.TrustedCertificate)
        {
            Token = new(provider.Name, token, async stop => (await tokens.RunAsync(server.Mailbox, from, refused: token, stop)).Token),
        };
    }
}
