using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>A provider as an administrator describes it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ClientId">What Rapport is called there.</param>
/// <param name="Secret">The secret that it gave Rapport; left out, the one that is kept stays, and where there is none none is sent.</param>
/// <param name="AuthorizeAddress">Where people give permission.</param>
/// <param name="TokenAddress">Where tokens are had.</param>
/// <param name="Scopes">What permission is asked for, separated by spaces.</param>
/// <param name="ReadingServer">Where its mailboxes are read, like tls://imap.example.com:993; left out, the usual names at each address's domain are tried.</param>
/// <param name="SendingServer">Where its mailboxes send, like starttls://smtp.example.com:587.</param>
public sealed record NewMailProvider(string? Name, string? ClientId, string? Secret, string? AuthorizeAddress, string? TokenAddress, string? Scopes, string? ReadingServer = null, string? SendingServer = null)
{
    // A secret must not come out by a log line.
    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}

/// <summary>Sets up, changes and removes the providers at which people sign in for their mailboxes.</summary>
public sealed class KeepMailProvider(RapportDb db, MailSecrets secrets, TimeProvider clock)
{
    /// <summary>A new one.</summary>
    public async Task<Result<MailProviderId>> MakeAsync(NewMailProvider given, Actor by, CancellationToken ct)
    {
        if (Check(given, by) is { } wrong) return wrong;
        var provider = new MailProvider { Id = Ids.New<MailProviderId>(clock) };
        Write(provider, given);
        db.Add(provider);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : provider.Id;
    }

    /// <summary>Changes one. What people permitted is for this program at this address: when either becomes another, they sign in again.</summary>
    public async Task<Refusal?> ChangeAsync(MailProviderId id, NewMailProvider given, Actor by, CancellationToken ct)
    {
        if (Check(given, by) is { } wrong) return wrong;
        if (await db.MailProviderAsync(id, ct) is not { } provider) return Refusal.Missing("provider");
        var another = provider.TokenAddress != given.TokenAddress!.Trim() || provider.ClientId != given.ClientId!.Trim();
        if (another && provider.Secret.Length > 0 && string.IsNullOrEmpty(given.Secret)) return Refusal.Invalid("provider.secret", "Write the secret again: it is not taken along to another client id or another address.", "secret");
        Write(provider, given);
        if (another) db.RemoveRange(await db.Set<MailGrant>().Where(g => g.Provider == id).ToListAsync(ct));
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Removes one at which no mailbox signs in.</summary>
    public async Task<Refusal?> RemoveAsync(MailProviderId id, Actor by, CancellationToken ct)
    {
        if (Forbidden(by) is { } no) return no;
        if (await db.MailProviderAsync(id, ct) is not { } provider) return Refusal.Missing("provider");
        var boxes = await db.Set<MailServer>().Where(s => s.Provider == id).Select(s => s.Mailbox).Distinct().CountAsync(ct);
        if (boxes > 0) return Refusal.Conflict("provider.used", $"{(boxes == 1 ? "A mailbox signs" : $"{boxes} mailboxes sign")} in at {provider.Name}. Disconnect {(boxes == 1 ? "it" : "them")} first, or let {(boxes == 1 ? "it" : "them")} sign in another way.");
        db.Remove(provider);
        return await db.SaveAsync(by, ct);
    }

    private void Write(MailProvider provider, NewMailProvider given)
    {
        (provider.Name, provider.ClientId, provider.AuthorizeAddress, provider.TokenAddress) = (given.Name!.Trim(), given.ClientId!.Trim(), given.AuthorizeAddress!.Trim(), given.TokenAddress!.Trim());
        provider.Scopes = string.Join(' ', given.Scopes!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        (provider.ReadingServer, provider.SendingServer) = (NewMailServer.Parse(given.ReadingServer)?.Written, NewMailServer.Parse(given.SendingServer)?.Written);
        if (!string.IsNullOrEmpty(given.Secret)) provider.Secret = secrets.Seal(given.Secret);
    }

    private static Refusal? Forbidden(Actor by) => by.May(Roles.Administrator) ? null : Refusal.Forbidden("provider.administrator", "Where people sign in for their mailboxes is set up by administrators.");

    private static Refusal? Check(NewMailProvider given, Actor by) =>
        Forbidden(by)
        ?? (IsLine(given.Name, MailProvider.LongestName) ? null : Refusal.Invalid("provider.name", $"Say what it is called, in at most {MailProvider.LongestName} characters.", "name"))
        ?? (IsLine(given.ClientId, MailProvider.LongestClientId) ? null : Refusal.Invalid("provider.client", "Write the client id that Rapport was given there.", "clientId"))
        ?? (string.IsNullOrEmpty(given.Secret) || IsLine(given.Secret, MailProvider.LongestSecret) ? null : Refusal.Invalid("provider.secret", $"A secret has at most {MailProvider.LongestSecret} characters, all in one line.", "secret"))
        ?? CheckAddress(given.AuthorizeAddress, "authorizeAddress") ?? CheckAddress(given.TokenAddress, "tokenAddress")
        ?? (given.Scopes?.Trim() is { Length: > 0 and <= MailProvider.LongestScopes } ? null : Refusal.Invalid("provider.scopes", "Write what permission is asked for: the scopes, separated by spaces.", "scopes"))
        ?? CheckServer(given.ReadingServer, MailUse.Reading, "readingServer") ?? CheckServer(given.SendingServer, MailUse.Sending, "sendingServer");

    private static bool IsLine(string? text, int longest) => text?.Trim() is { Length: > 0 } line && line.Length <= longest && !line.Any(char.IsControl);

    private static Refusal? CheckAddress(string? text, string field)
    {
        if (text?.Trim() is not { Length: > 0 and <= MailProvider.LongestAddress } written || !Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return Refusal.Invalid("provider.address", "Write the whole address, like https://sign-in.example.com/oauth2/token.", field);
        return address.Scheme == "https" || address.IsLoopback ? null : Refusal.Invalid("provider.address", "Over http everybody on the way reads what opens the mailboxes. Write an address that begins with https://.", field);
    }

    private static Refusal? CheckServer(string? text, MailUse use, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return NewMailServer.Parse(text) is { } server && (server with { User = "x" }).Check(use) is null ? null : Refusal.Invalid("provider.server", $"Write the server like {(use == MailUse.Reading ? "tls://imap.example.com:993" : "starttls://smtp.example.com:587")}, or leave it empty.", field);
    }
}
