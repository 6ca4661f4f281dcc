using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Tests.Sending;

namespace Rapport.Tests.Mailboxes;

/// <summary>Mailboxes that are entered by signing in at a provider, on real mail servers that ask that provider whether to let us in.</summary>
public sealed class ProviderTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private static int users;

    private StandInProvider provider = null!;

    public async ValueTask InitializeAsync() => provider = await StandInProvider.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Fact]
    public async Task It_is_set_up_on_pages_signed_in_to_read_sent_from_taken_back_and_signed_in_to_again()
    {
        var port = Dovecot.FreePort();
        await using var dovecot = await provider.DovecotAsync(port);
        await using var postfix = await Postfix.StartAsync($"smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:{port}\nsmtpd_relay_restrictions = permit_sasl_authenticated, reject\nsmtpd_recipient_restrictions = permit_sasl_authenticated, reject");
        var ada = await Rapport.ActorAsync(Roles.Owner);
        await using var sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), ada);
        var (node, (user, address)) = (sender.Node, Somebody());
        using var browser = new HttpClient(new KeepsCookies()) { BaseAddress = node.Address };
        await browser.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(Roles.Owner)), ("Input.Password", SignedInClients.Password));

        var given = provider.AsGiven("Lighthouse", dovecot, postfix.Port);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync("/settings/mailboxes/providers/new", "provider", ("Input.Name", given.Name!), ("Input.ClientId", given.ClientId!), ("Input.Secret", given.Secret!), ("Input.AuthorizeAddress", given.AuthorizeAddress!),
            ("Input.TokenAddress", given.TokenAddress!), ("Input.Scopes", given.Scopes!), ("Input.ReadingServer", given.ReadingServer!), ("Input.SendingServer", given.SendingServer!))).StatusCode);
        var lighthouse = await node.InDatabaseAsync(db => db.Set<MailProvider>().Where(p => p.Name == "Lighthouse").Select(p => p.Id).SingleAsync(Ct));
        await dovecot.DeliverAsync(address, ReceiveMailTests.Mails($"before-{user}", 2, address));

        var connected = await browser.SubmitAsync("/settings/mailboxes/connect", "connect", ("Input.Address", address), ("Input.SignIn", lighthouse.ToString()), ("Input.Depth", "everything"), ("Input.Do", "connect"));
        Assert.True(connected.StatusCode == HttpStatusCode.Found, await connected.Content.ReadAsStringAsync(Ct));
        var page = connected.Headers.Location!.OriginalString;
        var box = new MailboxId(Guid.Parse(page.Split('/')[^1]));
        Assert.Contains("Nobody has signed in at Lighthouse", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.Contains("Nobody has signed in at Lighthouse", await browser.GetStringAsync("/", Ct), StringComparison.Ordinal);

        var said = await SignInAsync(browser, page);
        Assert.Contains("Reading works", said, StringComparison.Ordinal);
        Assert.Contains("Sending works", said, StringComparison.Ordinal);
        await node.UntilSeenAsync($"before-{user}-", 2);
        await sender.UntilAsync(await sender.SendAsync(box, "lena@customer.example"), DispatchState.HandedOver);
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 1), "it is delivered");

        provider.TakeBack();
        await dovecot.StopAsync();
        await dovecot.StartAsync();
        await node.UntilAsync(box, s => s.SignIn is { Needed: true } && s.Trouble == MailTroubleKind.SignInAgain, "somebody has to sign in again", 120);
        var asked = provider.Refreshes;
        await dovecot.DeliverAsync(address, ReceiveMailTests.Mails($"after-{user}", 2, address));
        var waits = await sender.SendAsync(box, "lena@customer.example");
        await Waiting.UntilAsync(() => node.InDatabaseAsync(db => db.Set<Outbox>().AnyAsync(o => o.Mailbox == box && o.Trouble == MailTroubleKind.SignInAgain, Ct)), "sending waits");
        Assert.Equal(DispatchState.Queued, (await sender.RowsAsync(waits))[0].State);
        foreach (var path in new[] { page, "/" }) Assert.Contains("Lighthouse no longer lets Rapport into this mailbox", await browser.GetStringAsync(path, Ct), StringComparison.Ordinal);
        Assert.Equal(asked, provider.Refreshes);

        Assert.Contains("Reading works", await SignInAsync(browser, page), StringComparison.Ordinal);
        await node.UntilSeenAsync($"after-{user}-", 2);
        await sender.UntilAsync(waits, DispatchState.HandedOver);
        Assert.Equal((2, 0), (await node.SeenAsync($"before-{user}-"), provider.Replays));
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_once_when_it_is_refused_and_no_refresh_token_is_used_twice()
    {
        await using var dovecot = await provider.DovecotAsync();
        var (browser, page, box) = await ConnectAsync("Renewed", dovecot);
        Assert.Contains("Reading works", await SignInAsync(browser, page), StringComparison.Ordinal);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(57));
        Assert.Null((await TryAsync(box)).Trouble);
        Assert.Equal(0, provider.Refreshes);

        Rapport.Clock.Advance(TimeSpan.FromMinutes(2));
        var all = Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TryAsync(box)));
        await TickAsync(all);
        Assert.All(await all, tried => Assert.Null(tried.Trouble));
        Assert.Equal((1, 0), (provider.Refreshes, provider.Replays));

        provider.ForgetAccess();
        Assert.Null((await TryAsync(box)).Trouble);
        Assert.Equal((2, 0), (provider.Refreshes, provider.Replays));

        // A server that wants none of our tokens is not asked for ever.
        provider.Instead = Answer(200, """{"access_token":"of-nobody","expires_in":"7200"}""");
        provider.ForgetAccess();
        Assert.Equal(MailTroubleKind.SignInRefused, (await TryAsync(box)).Trouble!.Kind);
        Assert.Equal(3, provider.Refreshes);
    }

    [Fact]
    public async Task What_a_provider_answers_wrongly_or_never_is_said_and_asked_again_and_only_what_it_ends_is_over()
    {
        await using var dovecot = await provider.DovecotAsync();
        var (browser, page, box) = await ConnectAsync("Wrong", dovecot);
        await SignInAsync(browser, page);
        foreach (var (answer, kind, words) in new (Func<Microsoft.AspNetCore.Http.HttpContext, Task>, MailTroubleKind, string)[]
        {
            (Answer(500, "boom"), MailTroubleKind.ServerSays, "status 500"),
            (Answer(200, "<html>sign in</html>"), MailTroubleKind.ServerSays, "status 200"),
            (Answer(302, ""), MailTroubleKind.ServerSays, "status 302"),
            (Answer(200, """{"access_token":"two\r\nlines"}"""), MailTroubleKind.ServerSays, "gives no key"),
            (Answer(401, """{"error":"invalid_client","error_description":"Who are you?"}"""), MailTroubleKind.SignInRefused, "Who are you?"),
            (Answer(400, """{"error":"invalid_scope"}"""), MailTroubleKind.ServerSays, "invalid_scope"),
            (Answer(200, new string('x', 1_000_000)), MailTroubleKind.Timeout, "does not answer as it should"),
            (http => Task.Delay(Timeout.Infinite, http.RequestAborted), MailTroubleKind.Timeout, "does not answer as it should"),
        })
        {
            provider.Instead = answer;
            Rapport.Clock.Advance(TimeSpan.FromMinutes(59));
            var trying = TryAsync(box);
            await TickAsync(trying);
            Assert.Equal((kind, true), ((await trying).Trouble!.Kind, (await trying).Trouble!.Sentence.Contains(words, StringComparison.Ordinal)));
        }
        provider.Instead = null;
        Assert.Null((await TryAsync(box)).Trouble);

        provider.TakeBack();
        Assert.Equal(MailTroubleKind.SignInAgain, (await TryAsync(box)).Trouble!.Kind);
        Assert.Contains("Sign in again on the mailbox&#x27;s page", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_brings_a_code_into_anothers_browser_and_what_comes_back_without_one_is_said()
    {
        await using var dovecot = await provider.DovecotAsync();
        var (browser, page, box) = await ConnectAsync("Careful", dovecot);
        var back = await BackAsync(browser, page);
        Assert.Equal("S256 consent code", $"{provider.Asked!["code_challenge_method"]} {provider.Asked["prompt"]} {provider.Asked["response_type"]}");
        var other = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        Assert.Contains("begun in another browser", await ToldAsync(other, back), StringComparison.Ordinal);
        Assert.Contains("begun in another browser", await ToldAsync(browser, back.Replace("state=", "state=x", StringComparison.Ordinal)), StringComparison.Ordinal);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("too long ago", await ToldAsync(browser, back), StringComparison.Ordinal);

        back = await BackAsync(browser, page);
        Assert.Contains("Reading works", await ToldAsync(browser, back), StringComparison.Ordinal);
        Assert.Contains("does not take the code any more", await ToldAsync(browser, back), StringComparison.Ordinal);
        provider.Denies = "access_denied";
        Assert.Contains("No permission was given", await SignInAsync(browser, page), StringComparison.Ordinal);
        (provider.Denies, provider.Short) = (null, true);
        Assert.Contains("no refresh token", await SignInAsync(browser, page), StringComparison.Ordinal);
        Assert.Null((await TryAsync(box)).Trouble);
    }

    [Fact]
    public async Task What_was_permitted_is_sealed_and_not_taken_along_to_another_server_user_or_program()
    {
        await using var dovecot = await provider.DovecotAsync();
        var (browser, page, box) = await ConnectAsync("Sealed", dovecot);
        await SignInAsync(browser, page);
        Assert.True(await IsGrantedAsync(box));
        var stored = await Rapport.InDatabaseAsync(db => db.Set<MailGrant>().AsNoTracking().SingleAsync(g => g.Mailbox == box, Ct));
        var secrets = Rapport.Services.GetRequiredService<MailSecrets>();
        foreach (var token in new[] { stored.AccessToken, stored.RefreshToken }) Assert.NotEqual(token, secrets.Open(token, "x"));
        var at = (await Rapport.InDatabaseAsync(db => db.Set<MailProvider>().AsNoTracking().SingleAsync(p => p.Name == "Sealed", Ct))).Id;
        foreach (var path in new[] { page, $"{page}/edit", $"/settings/mailboxes/providers/{at}", "/api/mail-providers", "/api/mailbox-connections", "/api/journal?size=200" })
        {
            var shown = await browser.GetStringAsync(path, Ct);
            foreach (var secret in new[] { StandInProvider.Secret, stored.AccessToken, stored.RefreshToken, secrets.Open(stored.RefreshToken, "x") }) Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        }
        Assert.Equal("provider.used", (await KeepAsync(k => k.RemoveAsync(at, Ada, Ct)))?.Code);
        Assert.Equal("provider.secret", (await KeepAsync(k => k.ChangeAsync(at, provider.AsGiven("Sealed", dovecot) with { TokenAddress = "https://elsewhere.example/token", Secret = null }, Ada, Ct)))?.Code);
        Assert.Null(await KeepAsync(k => k.ChangeAsync(at, provider.AsGiven("Sealed", dovecot) with { Secret = null, Scopes = "mail more offline_access" }, Ada, Ct)));
        Assert.True(await IsGrantedAsync(box));
        Assert.Null(await KeepAsync(k => k.ChangeAsync(at, provider.AsGiven("Sealed", dovecot) with { ClientId = "another" }, Ada, Ct)));
        Assert.False(await IsGrantedAsync(box));

        Assert.Null(await KeepAsync(k => k.ChangeAsync(at, provider.AsGiven("Sealed", dovecot), Ada, Ct)));
        await SignInAsync(browser, page);
        var state = await Rapport.InScopeAsync(s => s.GetRequiredService<MailboxStates>().FindAsync(box, Ada, Ct));
        var same = state!.AsConnected();
        Assert.Null(await ChangeAsync(same));
        Assert.True(await IsGrantedAsync(box));
        Assert.Null(await ChangeAsync(same with { Reading = same.Reading with { Host = "localhost" } }));
        Assert.False(await IsGrantedAsync(box));

        Task<Refusal?> ChangeAsync(NewConnection given) => Rapport.InScopeAsync(s => s.GetRequiredService<ConnectMailbox>().RunAsync(box, given, Ada, Ct));
    }

    [Theory]
    [InlineData("http://sign-in.example/token", "id", "mail", null, "provider.address")]
    [InlineData("sign-in.example", "id", "mail", null, "provider.address")]
    [InlineData("https://user:password@sign-in.example/token", "id", "mail", null, "provider.address")]
    [InlineData("https://sign-in.example/token", " ", "mail", null, "provider.client")]
    [InlineData("https://sign-in.example/token", "id", " ", null, "provider.scopes")]
    [InlineData("https://sign-in.example/token", "id", "mail", "imap.example.com", "provider.server")]
    [InlineData("https://sign-in.example/token", "id", "mail", "none://imap.example.com", "provider.server")]
    public async Task What_is_no_provider_is_refused_with_what_to_write(string address, string client, string scopes, string? server, string code) =>
        Assert.Equal(code, (await Rapport.InScopeAsync(async s => await s.GetRequiredService<KeepMailProvider>().MakeAsync(new("Refused", client, null, address, address, scopes, server), await Rapport.ActorAsync(Roles.Owner), Ct))).Refusal?.Code);

    [Fact]
    public async Task Members_choose_a_provider_and_only_administrators_set_one_up()
    {
        var member = await Rapport.SignedInAsync(Roles.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/settings/mailboxes/providers", Ct)).StatusCode);
        Assert.Equal("provider.administrator", (await Rapport.InScopeAsync(async s => await s.GetRequiredService<KeepMailProvider>().MakeAsync(KnownProviders.Google with { ClientId = "x" }, await Rapport.ActorAsync(Roles.Member), Ct))).Refusal?.Code);
        foreach (var known in new[] { KnownProviders.Google, KnownProviders.Microsoft })
            Assert.Null((await Rapport.InScopeAsync(async s => await s.GetRequiredService<KeepMailProvider>().MakeAsync(known with { ClientId = "x" }, await Rapport.ActorAsync(Roles.Owner), Ct))).Refusal);
        var page = await member.GetStringAsync("/settings/mailboxes/connect", Ct);
        Assert.Contains("By signing in at Google", page, StringComparison.Ordinal);
        Assert.Contains("By signing in at Microsoft", page, StringComparison.Ordinal);
    }

    private Actor Ada { get; set; } = null!;

    private static (string User, string Address) Somebody()
    {
        var user = $"keeper{Interlocked.Increment(ref users)}";
        return (user, $"{user}@harbourline.example");
    }

    // Connected, and nobody signed in yet; only read.
    private async Task<(HttpClient Browser, string Page, MailboxId Box)> ConnectAsync(string name, Dovecot dovecot)
    {
        Ada = await Rapport.ActorAsync(Roles.Owner);
        var browser = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        var at = (await Rapport.InScopeAsync(s => s.GetRequiredService<KeepMailProvider>().MakeAsync(provider.AsGiven(name, dovecot), Ada, Ct))).Value;
        var (user, address) = Somebody();
        var box = (await Rapport.InScopeAsync(s => s.GetRequiredService<OpenMailbox>().RunAsync(user, Ada, Ct))).Value;
        var given = new NewConnection(address, new("127.0.0.1", dovecot.Port, MailSecurity.None, address, Provider: at), null, Everything: true);
        Assert.Null(await Rapport.InScopeAsync(s => s.GetRequiredService<ConnectMailbox>().RunAsync(box, given, Ada, Ct)));
        return (browser, $"/settings/mailboxes/{box}", box);
    }

    private Task<Refusal?> KeepAsync(Func<KeepMailProvider, Task<Refusal?>> run) => Rapport.InScopeAsync(s => run(s.GetRequiredService<KeepMailProvider>()));

    private Task<bool> IsGrantedAsync(MailboxId box) => Rapport.InDatabaseAsync(db => db.Set<MailGrant>().AnyAsync(g => g.Mailbox == box, Ct));

    // What is kept, tried as the reader would.
    private Task<ServerTried> TryAsync(MailboxId box) => Rapport.InScopeAsync(async s =>
        (await s.GetRequiredService<TryServers>().RunAsync((await s.GetRequiredService<MailboxStates>().FindAsync(box, Actor.Rapport, Ct))!.AsConnected(), box, Actor.Rapport, Ct)).Value!.Reading);

    // The clock stands still unless somebody moves it, and whoever waits for their turn waits by it.
    private async Task TickAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            await Task.WhenAny(until, Task.Delay(20, Ct));
            Rapport.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<string> SignInAsync(HttpClient browser, string page) => await ToldAsync(browser, await BackAsync(browser, page));

    // To the provider, and as far as where it sends the browser.
    private static async Task<string> BackAsync(HttpClient browser, string page)
    {
        var to = (await browser.GetAsync($"{page}/sign-in", Ct)).Headers.Location!;
        using var elsewhere = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        return (await elsewhere.GetAsync(to, Ct)).Headers.Location!.PathAndQuery;
    }

    private static async Task<string> ToldAsync(HttpClient browser, string back)
    {
        var response = await browser.GetAsync(back, Ct);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return await browser.GetStringAsync(response.Headers.Location!.OriginalString, Ct);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Answer(int status, string body) => http =>
    {
        http.Response.StatusCode = status;
        return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, body);
    };
}
