using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>The browser in which somebody signs in, and where in it they come back to.</summary>
public readonly record struct SigningIn(SessionId Session, string Callback);

/// <summary>With what a provider sent somebody back.</summary>
public sealed record SentBack(string? State, string? Code, string? Error, string? Description);

/// <summary>Lets somebody sign in at a provider for a mailbox that they look after: by an authorization code with PKCE (RFC 6749, 7636). What it began with travels along sealed for that member and session, so that nobody brings a code into another's browser.</summary>
public sealed class SignInForMailbox(RapportDb db, MailSecrets secrets, AskForTokens ask, TimeProvider clock, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed, [FromKeyedServices(HandOverMail.Queued)] WorkSignal queued)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private sealed record Begun(Guid Mailbox, Guid Provider, string Verifier, DateTimeOffset At);

    /// <summary>Where the browser goes to.</summary>
    public async Task<Result<string>> BeginAsync(MailboxId id, SigningIn browser, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, by, ct) is null || await db.ConnectionAsync(id, ct) is not { } connection) return Refusal.Missing("connection");
        if (connection.Servers.Find(s => s.Provider is not null) is not { } server || await db.MailProviderAsync(server.Provider!.Value, ct) is not { } provider) return Refusal.Conflict("mailbox-sign-in.password", "This mailbox is entered by a password. Choose where to sign in, in its settings.");
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var begun = new Begun(id.Value, provider.Id.Value, verifier, clock.GetUtcNow());
        return QueryHelpers.AddQueryString(provider.AuthorizeAddress, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = provider.ClientId, ["redirect_uri"] = browser.Callback, ["scope"] = provider.Scopes, ["login_hint"] = server.User,
            ["state"] = secrets.SealFor(by.Id, browser.Session, JsonSerializer.Serialize(begun)), ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Takes the code with which the browser came back; from then on the mailbox is read. Gives the mailbox it is for.</summary>
    public async Task<Result<MailboxId>> FinishAsync(SentBack sent, SigningIn browser, Actor by, CancellationToken ct)
    {
        if (Open(sent.State, browser, by) is not { } begun) return Refusal.Invalid("mailbox-sign-in.state", "That sign-in was begun in another browser, or too long ago. Begin it again on the mailbox's page.");
        var id = new MailboxId(begun.Mailbox);
        if (await db.MailboxAsync(id, by, ct) is null || await db.ConnectionAsync(id, ct) is not { } connection) return Refusal.Missing("connection");
        if (await db.MailProviderAsync(new(begun.Provider), ct) is not { } provider || !connection.Servers.Exists(s => s.Provider == provider.Id)) return Refusal.Conflict("mailbox-sign-in.other", "The mailbox is entered another way by now. Begin again on its page.");
        if (sent.Error is { } error) return Refusal.Conflict("mailbox-sign-in.refused", error == "access_denied" ? $"No permission was given at {provider.Name}. The mailbox cannot be read without." : $"{provider.Name} did not let you sign in ({AskForTokens.Words(error)}). {AskForTokens.Words(sent.Description ?? "")}");
        if (string.IsNullOrEmpty(sent.Code)) return Refusal.Invalid("mailbox-sign-in.code", $"{provider.Name} sent you back without a code. Begin again on the mailbox's page.");
        try
        {
            var given = await ask.ByCodeAsync(provider, sent.Code, begun.Verifier, browser.Callback, ct);
            if (given.Refresh is null) return Refusal.Conflict("mailbox-sign-in.short", $"{provider.Name} gave a permission that soon ends by itself: no refresh token. An administrator adds the scope offline_access, or what else {provider.Name} wants for lasting access, under Settings, Mailboxes, Signing in at providers.");
            return await KeepAsync(connection, provider, given, given.Refresh, by, ct) is { } refusal ? refusal : id;
        }
        catch (MailTroubleException failure)
        {
            return Refusal.Conflict("mailbox-sign-in.failed", failure.Trouble.Kind == MailTroubleKind.SignInAgain ? $"{provider.Name} does not take the code any more with which it sent you here. Begin again on the mailbox's page." : failure.Trouble.Sentence);
        }
    }

    private async Task<Refusal?> KeepAsync(MailboxConnection connection, MailProvider provider, Tokens given, string refresh, Actor by, CancellationToken ct)
    {
        var (id, now) = (connection.Mailbox, clock.GetUtcNow());
        if (await db.Set<MailGrant>().SingleOrDefaultAsync(g => g.Mailbox == id, ct) is not { } grant) db.Add(grant = new MailGrant { Mailbox = id });
        (grant.Provider, grant.GrantedBy, grant.GrantedAt, grant.EndedAt, grant.AskingUntil) = (provider.Id, by.Id, now, null, null);
        (grant.RefreshToken, grant.AccessToken, grant.AccessUntil) = (secrets.Seal(refresh), secrets.Seal(given.Access), now + given.Lasts);
        // Whoever reads it begins anew when its settings are of another version.
        connection.ChangedAt = now;
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await db.TryAgainAsync(id, ct);
        changed.Wake();
        queued.Wake();
        return null;
    }

    private Begun? Open(string? state, SigningIn browser, Actor by) =>
        secrets.OpenFor(by.Id, browser.Session, state) is { } text && JsonSerializer.Deserialize<Begun>(text) is { } begun && clock.GetUtcNow() - begun.At < Patience ? begun : null;
}
