using System.Globalization;
using System.Net;
using System.Text.Json;
using Rapport.Channels.Mail;

namespace Rapport.Channels;

/// <summary>What a provider gave.</summary>
/// <param name="Access">By what servers let us in.</param>
/// <param name="Refresh">By what the next one is had; null when it gave none with this one.</param>
/// <param name="Lasts">How long the first one is good.</param>
internal sealed record Tokens(string Access, string? Refresh, TimeSpan Lasts)
{
    // Tokens must not come out by a log line.
    public override string ToString() => $"tokens for {Lasts}";
}

/// <summary>Asks a provider for tokens (RFC 6749, 4.1.3 and 6). Whatever goes wrong is a <see cref="MailTroubleException"/> with words for people.</summary>
public sealed class AskForTokens(MailSecrets secrets, TimeProvider clock) : IDisposable
{
    private const int LongestToken = 16_000, LongestWords = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Usual = TimeSpan.FromHours(1), Longest = TimeSpan.FromDays(1);

    // An answer that leads elsewhere would take secrets there.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 128 * 1024 };

    /// <summary>For the code that a person's browser brought.</summary>
    internal Task<Tokens> ByCodeAsync(MailProvider at, string code, string verifier, string callback, CancellationToken ct) =>
        AskAsync(at, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", callback), new("code_verifier", verifier)], ct);

    /// <summary>For a refresh token.</summary>
    internal Task<Tokens> ByRefreshAsync(MailProvider at, string refresh, CancellationToken ct) => AskAsync(at, [new("grant_type", "refresh_token"), new("refresh_token", refresh)], ct);

    private async Task<Tokens> AskAsync(MailProvider at, List<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        form.Add(new("client_id", at.ClientId));
        if (at.Secret.Length > 0) form.Add(new("client_secret", secrets.Open(at.Secret, at.Name)));
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var request = new HttpRequestMessage(HttpMethod.Post, at.TokenAddress) { Content = content };
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await http.SendAsync(request, either.Token);
            return Read(at, response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException or IOException)
        {
            throw new MailTroubleException(new(MailTroubleKind.Timeout, $"{at.Name} gives no new key just now: {new Uri(at.TokenAddress).Host} does not answer as it should. It is tried again by itself."), failure);
        }
    }

    private static Tokens Read(MailProvider at, HttpStatusCode status, string body)
    {
        var answer = Parse(body);
        if (status == HttpStatusCode.OK && Text(answer, "access_token") is { } access && IsToken(access)) return new(access, Text(answer, "refresh_token") is { } refresh && IsToken(refresh) ? refresh : null, Lasts(answer));
        throw new MailTroubleException(Trouble(at, status, Text(answer, "error"), Says(Text(answer, "error_description"))));
    }

    // The codes of RFC 6749, 5.2.
    private static MailTrouble Trouble(MailProvider at, HttpStatusCode status, string? error, string says) => error switch
    {
        "invalid_grant" => Ended(at.Name),
        "invalid_client" or "unauthorized_client" => new(MailTroubleKind.SignInRefused, $"{at.Name} does not accept the client id and the secret by which Rapport is known there{says}. An administrator checks them under Settings, Mailboxes, Signing in at providers."),
        not null when (int)status < 500 => new(MailTroubleKind.ServerSays, $"{at.Name} refused to give Rapport a key ({Words(error)}){says}. An administrator checks what is set under Settings, Mailboxes, Signing in at providers."),
        _ => new(MailTroubleKind.ServerSays, $"What answers for {at.Name} gives no key (status {(int)status}). It is tried again by itself."),
    };

    /// <summary>That the permission is over.</summary>
    internal static MailTrouble Ended(string provider) =>
        new(MailTroubleKind.SignInAgain, $"{provider} no longer lets Rapport into this mailbox: the permission was taken back or ran out. Sign in again on the mailbox's page. Nothing is lost meanwhile: what arrives waits on the server, what was written waits here.");

    /// <summary>That nobody gave permission yet.</summary>
    internal static MailTrouble Never(string provider) => new(MailTroubleKind.SignInAgain, $"Nobody has signed in at {provider} for this mailbox yet. Do it once, on the mailbox's page; until then what arrives waits on the server.");

    private static JsonElement Parse(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement answer, string name) => answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // What goes into a line to a mail server may hold nothing that ends it (RFC 6750, 2.1).
    private static bool IsToken(string text) => text.Length is > 0 and <= LongestToken && text.All(c => c is > ' ' and < '\u007f');

    // Some write the number as a text.
    private static TimeSpan Lasts(JsonElement answer)
    {
        if (!answer.TryGetProperty("expires_in", out var value) || !double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds) || seconds <= 0) return Usual;
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }

    private static string Says(string? words) => string.IsNullOrWhiteSpace(words) ? "" : $" (it says: {Words(words)})";

    /// <summary>Words of a provider may be long, or anything at all.</summary>
    internal static string Words(string words) => MailText.OnOneLine(words, LongestWords).TrimEnd('.');

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
