using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Channels;

namespace Rapport.Tests.Mailboxes;

/// <summary>An identity server on loopback that holds Rapport to the protocol: codes for one use with PKCE, refresh tokens that are replaced at each use and die together when an old one comes again, and a way for mail servers to ask whether a token is good.</summary>
internal sealed class StandInProvider : IAsyncDisposable
{
    public const string ClientId = "rapport-at-stand-in", Secret = "between two tides";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string User, string Challenge, string Callback)> codes = new();
    private readonly ConcurrentDictionary<string, string> refresh = new(), access = new();
    private readonly ConcurrentDictionary<string, string> used = new();

    private StandInProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What people do when they are asked for permission: null to give it, else the error they come back with.</summary>
    public string? Denies { get; set; }
    /// <summary>How long access tokens say that they are good, as it is written.</summary>
    public object Lasts { get; set; } = 3_600;
    /// <summary>It gives no refresh token.</summary>
    public bool Short { get; set; }
    /// <summary>Instead of a token; null for the right answer.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }
    /// <summary>How often a new access token was asked for by a refresh token.</summary>
    public int Refreshes { get; private set; }
    /// <summary>How often one came that had been used.</summary>
    public int Replays { get; private set; }
    /// <summary>With what the last browser came.</summary>
    public IQueryCollection? Asked { get; private set; }

    public static async Task<StandInProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new StandInProvider(app);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapPost("/introspect", (Delegate)provider.IntrospectAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>As an administrator sets it up.</summary>
    public NewMailProvider AsGiven(string name, Dovecot? dovecot = null, int? smtp = null) =>
        new(name, ClientId, Secret, $"{Address}authorize?prompt=consent", $"{Address}token", "mail offline_access", dovecot is null ? null : $"none://127.0.0.1:{dovecot.Port}", smtp is null ? null : $"none://127.0.0.1:{smtp}");

    /// <summary>A mail server that lets in by its tokens, and by nothing else; and that vouches for a Postfix what <paramref name="authPort"/> says.</summary>
    public Task<Dovecot> DovecotAsync(int? authPort = null)
    {
        var file = Path.Combine(Path.GetTempPath(), $"rapport-introspection-{Random()}");
        File.WriteAllText(file, $"introspection_url = {Address}introspect\nintrospection_mode = post\nusername_attribute = user\nactive_attribute = active\nactive_value = true\n");
        var auth = authPort is { } port ? $"service auth {{\n inet_listener {{\n address = 127.0.0.1\n port = {port}\n }}\n}}\n" : "";
        return Dovecot.StartAsync(more: $"auth_mechanisms = plain xoauth2 oauthbearer\npassdb {{\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = {file}\n}}\n{auth}");
    }

    /// <summary>The access tokens that were given are good no more, before their time.</summary>
    public void ForgetAccess() => access.Clear();

    /// <summary>Somebody takes back what they permitted.</summary>
    public void TakeBack()
    {
        access.Clear();
        refresh.Clear();
    }

    private IResult Authorize(HttpContext http)
    {
        Asked = http.Request.Query;
        var callback = Asked["redirect_uri"].ToString();
        if (Denies is { } error) return Results.Redirect(QueryHelpers.AddQueryString(callback, new Dictionary<string, string?> { ["error"] = error, ["state"] = Asked["state"] }));
        var code = Random();
        codes[code] = (Asked["login_hint"]!, Asked["code_challenge"]!, callback);
        return Results.Redirect(QueryHelpers.AddQueryString(callback, new Dictionary<string, string?> { ["code"] = code, ["state"] = Asked["state"] }));
    }

    private async Task TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["grant_type"] == "refresh_token") Refreshes++;
        if (Instead is { } instead) await instead(http);
        else if (form["client_id"] != ClientId || form["client_secret"] != Secret) await ErrorAsync(http, 401, "invalid_client");
        else if (form["grant_type"] == "authorization_code" && codes.TryRemove(form["code"]!, out var code) && code.Callback == form["redirect_uri"] && code.Challenge == WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)))) await GiveAsync(http, code.User);
        else if (form["grant_type"] == "refresh_token" && refresh.TryRemove(form["refresh_token"]!, out var user))
        {
            used[form["refresh_token"]!] = user;
            await GiveAsync(http, user);
        }
        else
        {
            if (used.ContainsKey(form["refresh_token"].ToString()))
            {
                Replays++;
                TakeBack();
            }
            await ErrorAsync(http, 400, "invalid_grant");
        }
    }

    private Task GiveAsync(HttpContext http, string user)
    {
        var (key, next) = (Random(), Random());
        access[key] = user;
        if (!Short) refresh[next] = user;
        return http.Response.WriteAsJsonAsync(new Dictionary<string, object?> { ["access_token"] = key, ["token_type"] = "Bearer", ["expires_in"] = Lasts, ["refresh_token"] = Short ? null : next });
    }

    private static Task ErrorAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error, error_description = $"The stand-in says {error}." });
    }

    private async Task<IResult> IntrospectAsync(HttpContext http)
    {
        var token = (await http.Request.ReadFormAsync())["token"].ToString();
        return access.TryGetValue(token, out var user) ? Results.Json(new { active = true, user }) : Results.Json(new { active = false });
    }

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
