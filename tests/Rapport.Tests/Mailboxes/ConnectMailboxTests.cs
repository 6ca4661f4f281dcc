using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Tests.Mailboxes;

/// <summary>Connecting mailboxes: what is tried and said, what is stored, who may, and what never comes out again.</summary>
public sealed class ConnectMailboxTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static int users;

    [Fact]
    public async Task Both_directions_are_tried_and_what_works_is_said()
    {
        await using var dovecot = await Dovecot.StartAsync();
        await using var smtp = FakeSmtp.Serve();
        var tried = await TryAsync(new NewConnection("tried@harbourline.example", dovecot.Reading("tried"), Sending(smtp.Port)));
        Assert.True(tried.Works, tried.Reading.Trouble?.Sentence + tried.Sending?.Trouble?.Sentence);
        Assert.Contains("0 mails in the inbox, what was sent lies in Out of here. New mail is seen at once.", tried.Reading.Said, StringComparison.Ordinal);
        Assert.Contains("lets you in", tried.Sending!.Said, StringComparison.Ordinal);
        Assert.Null(tried.Reading.Server.Password);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<MailboxConnection>().AnyAsync(c => c.Address == "tried@harbourline.example", Ct)), "Trying stored something.");
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_plain_words_with_what_to_do()
    {
        await using var dovecot = await Dovecot.StartAsync();
        await using var refusing = FakeSmtp.Serve(accepts: false);
        await using var web = new FakeServer(async talk => { await talk.SayAsync("HTTP/1.1 400 Bad Request"); });
        await using var old = new FakeImap { Capabilities = "IMAP4 AUTH=PLAIN" }.Serve();
        var nobody = Dovecot.FreePort();

        Assert.Equal((MailTroubleKind.SignInRefused, true), Said(await TryAsync(dovecot.Reading("said", password: "wrong")), "does not accept the user said with this password", "Check both"));
        Assert.Equal((MailTroubleKind.Refused, true), Said(await TryAsync(dovecot.Reading("said") with { Port = nobody }), "nothing listens on its port", "usually 143"));
        Assert.Equal((MailTroubleKind.NameUnknown, true), Said(await TryAsync(dovecot.Reading("said") with { Host = "imap.nowhere.invalid", Security = MailSecurity.Tls }), "No server is called imap.nowhere.invalid", "Check the spelling"));
        Assert.Equal((MailTroubleKind.NoStartTls, true), Said(await TryAsync(dovecot.Reading("said") with { Security = MailSecurity.StartTls }), "offers no STARTTLS", "Choose TLS with port 993"));
        Assert.Equal((MailTroubleKind.Certificate, true), Said(await TryAsync(dovecot.Reading("said") with { Security = MailSecurity.Tls, Port = dovecot.Port }), "does not speak TLS", "Choose STARTTLS"));
        Assert.Equal((MailTroubleKind.NotMail, true), Said(await TryAsync(dovecot.Reading("said") with { Port = web.Port }), "does not speak IMAP", "Check name and port"));
        Assert.Equal((MailTroubleKind.NotMail, true), Said(await TryAsync(dovecot.Reading("said") with { Port = old.Port }), "older IMAP", "newer one"));
        var sending = await TryAsync(new NewConnection("said@harbourline.example", dovecot.Reading("said"), Sending(refusing.Port)));
        Assert.Equal((MailTroubleKind.SignInRefused, true), Said(sending.Sending!, "does not accept the user", "Check both"));
        Assert.Null(sending.Reading.Trouble);
    }

    [Fact]
    public async Task A_relay_that_asks_nobody_who_they_are_is_not_told()
    {
        await using var postfix = await Postfix.StartAsync();
        var tried = await TryAsync(new NewConnection("relayed@harbourline.example", Sending(1), Sending(postfix.Port)));
        Assert.Null(tried.Sending!.Trouble);
        Assert.Contains("takes mail without a password", tried.Sending.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_the_call_and_says_nothing_is_given_up()
    {
        await using var silent = new FakeServer(talk => talk.FallSilentAsync());
        await using var node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
        var tried = await node.WithAsync<TryServers, Result<BothTried>>(d => d.RunAsync(new("silent@harbourline.example", new("127.0.0.1", silent.Port, MailSecurity.None, "x", "y")), null, Actor.Rapport, Ct));
        Assert.Equal((MailTroubleKind.Timeout, true), Said(tried.Value!.Reading, "does not answer", "firewall"));
    }

    [Fact]
    public async Task A_certificate_is_named_with_its_end_and_one_that_is_known_to_be_right_can_be_trusted()
    {
        await using var dovecot = await Dovecot.StartAsync("mail.lighthouse.example", new DateTimeOffset(2031, 5, 4, 0, 0, 0, TimeSpan.Zero));
        var other = await TryAsync(dovecot.Reading("tls", MailSecurity.Tls));
        Assert.Equal((MailTroubleKind.Certificate, true), Said(other, "a certificate for mail.lighthouse.example, valid until 2031-05-04", "write the server's name as its certificate says it"));
        Assert.Equal(dovecot.Print, other.Trouble!.Certificate);

        Assert.NotNull((await TryAsync(dovecot.Reading("tls", MailSecurity.Tls, trusted: dovecot.Print))).Said);
        Assert.NotNull((await TryAsync(dovecot.Reading("tls", MailSecurity.StartTls, trusted: dovecot.Print))).Said);
        Assert.Equal(MailTroubleKind.Certificate, (await TryAsync(dovecot.Reading("tls", MailSecurity.Tls, trusted: new string('A', 64)))).Trouble?.Kind);

        await using var own = await Dovecot.StartAsync("127.0.0.1");
        Assert.Equal((MailTroubleKind.Certificate, true), Said(await TryAsync(own.Reading("tls", MailSecurity.Tls)), "It vouches for itself", "trust this one certificate"));
        await using var over = await Dovecot.StartAsync("127.0.0.1", new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((MailTroubleKind.Certificate, true), Said(await TryAsync(over.Reading("tls", MailSecurity.Tls)), "valid until 2024-01-31. It is over", "renew"));
    }

    [Theory]
    [InlineData("no address", "127.0.0.1", 143, MailSecurity.None, "u", "connection.address")]
    [InlineData("a@harbourline.example", "not a host", 143, MailSecurity.None, "u", "server.host")]
    [InlineData("a@harbourline.example", "imap.example.com", 70_000, MailSecurity.Tls, "u", "server.port")]
    [InlineData("a@harbourline.example", "imap.example.com", 143, MailSecurity.None, "u", "server.security")]
    [InlineData("a@harbourline.example", "imap.example.com", 993, MailSecurity.Tls, "", "server.user")]
    [InlineData("a@harbourline.example", "imap.example.com", 993, MailSecurity.Tls, "u\r\nA1 LOGOUT", "server.user")]
    public async Task What_is_no_address_or_no_server_is_refused_before_anybody_is_asked(string address, string host, int port, MailSecurity security, string user, string code) =>
        Assert.Equal(code, (await Rapport.InScopeAsync(s => s.GetRequiredService<TryServers>().RunAsync(new(address, new(host, port, security, user, "p")), null, Actor.Rapport, Ct))).Refusal?.Code);

    [Fact]
    public void Servers_are_guessed_from_the_domain() =>
        Assert.Equal(["imap.harbourline.example:993", "imap.harbourline.example:143", "mail.harbourline.example:993", "mail.harbourline.example:143"], GuessServers.For("Ada@Harbourline.example", MailUse.Reading).Select(s => s.ToString()));

    [Fact]
    public async Task Passwords_go_in_and_never_come_out()
    {
        const string secret = "under the third stone";
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (id, address) = await OpenAsync(owner, "secrets");
        var body = new { address, reading = new { host = "imap.harbourline.example", user = "keeper", password = secret }, sending = new { host = "smtp.harbourline.example", security = "startTls", user = "keeper", password = secret } };
        var put = await owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", body, Ct);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/settings/mailboxes/{id}", Ct)).StatusCode);
        foreach (var path in new[] { $"/api/mailboxes/{id}/connection", "/api/mailbox-connections", "/api/mailboxes", $"/settings/mailboxes/{id}", $"/settings/mailboxes/{id}/edit", "/settings/mailboxes", "/api/journal?size=200", "/settings/journal" })
            Assert.DoesNotContain(secret, await owner.GetStringAsync(path, Ct), StringComparison.Ordinal);

        var stored = await Rapport.InDatabaseAsync(db => db.Set<MailServer>().AsNoTracking().Where(s => s.User == "keeper").ToListAsync(Ct));
        Assert.Equal(2, stored.Count);
        Assert.All(stored, s => Assert.True(s.Secret.Length > 0 && !s.Secret.Contains(secret, StringComparison.Ordinal)));
        Assert.All(stored, s => Assert.Equal(secret, Rapport.Services.GetRequiredService<MailSecrets>().Open(s).Password));
        var journal = await Rapport.InScopeAsync(s => s.GetRequiredService<JournalQueries>().ListAsync(null, null, null, 50, Ct));
        Assert.Contains(journal, line => line.Subject.StartsWith("mail_servers/", StringComparison.Ordinal));
        Assert.DoesNotContain(journal, line => line.Content?.Contains(stored[0].Secret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_kept_password_is_not_taken_along_to_another_server()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (id, address) = await OpenAsync(owner, "taken-along");
        Assert.True((await PutAsync("imap.harbourline.example", "p")).IsSuccessStatusCode);
        Assert.True((await PutAsync("imap.harbourline.example", null)).IsSuccessStatusCode);
        var other = await PutAsync("imap.elsewhere.example", null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("server.password", await other.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        // Sending may come later and go again.
        var sending = new { host = "smtp.harbourline.example", user = "ada", password = "p" };
        Assert.True((await owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", new { address, reading = new { host = "imap.harbourline.example", user = "ada" }, sending }, Ct)).IsSuccessStatusCode);
        Assert.Contains("smtp.harbourline.example", await owner.GetStringAsync($"/api/mailboxes/{id}/connection", Ct), StringComparison.Ordinal);
        Assert.True((await PutAsync("imap.harbourline.example", null)).IsSuccessStatusCode);
        Assert.DoesNotContain("smtp.harbourline.example", await owner.GetStringAsync($"/api/mailboxes/{id}/connection", Ct), StringComparison.Ordinal);

        Task<HttpResponseMessage> PutAsync(string host, string? password) => owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", new { address, reading = new { host, user = "ada", password } }, Ct);
    }

    [Fact]
    public async Task Its_owner_looks_after_a_mailbox_and_an_administrator_after_one_that_is_nobodys_own()
    {
        var (owner, member) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Member));
        var (own, address) = await OpenAsync(member, "members-own");
        var body = new { address, reading = new { host = "imap.harbourline.example", user = "ben", password = "p" } };
        Assert.True((await member.PutAsJsonAsync($"/api/mailboxes/{own}/connection", body, Ct)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync($"/settings/mailboxes/{own}", Ct)).StatusCode);
        foreach (var path in new[] { $"/api/mailboxes/{own}/connection", $"/settings/mailboxes/{own}", $"/settings/mailboxes/{own}/edit" }) Assert.Equal((path, HttpStatusCode.NotFound), (path, (await owner.GetAsync(path, Ct)).StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PutAsJsonAsync($"/api/mailboxes/{own}/connection", body, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.DeleteAsync($"/api/mailboxes/{own}/connection", Ct)).StatusCode);

        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsJsonAsync("/api/mailboxes", new { name = "Sales", shared = new { with = "everyone" } }, Ct)).StatusCode);
        var opened = await owner.PostAsJsonAsync("/api/mailboxes", new { name = "Sales", shared = new { with = "everyone" } }, Ct);
        var shared = System.Text.Json.JsonElement.Parse(await opened.Content.ReadAsStringAsync(Ct));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shared.GetProperty("owner").ValueKind);
        var sales = shared.GetProperty("id").GetString();
        Assert.True((await owner.PutAsJsonAsync($"/api/mailboxes/{sales}/connection", body with { address = "sales@harbourline.example" }, Ct)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/settings/mailboxes/{sales}", Ct)).StatusCode);
        Assert.Contains("Sales", await member.GetStringAsync("/settings/mailboxes", Ct), StringComparison.Ordinal);

        var foreign = await member.PutAsJsonAsync($"/api/mailboxes/{own}/connection", body with { address = "ben@free.example" }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Contains("ours.administrator", await foreign.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_connects_their_mailbox_on_the_page_without_scripts()
    {
        await using var dovecot = await Dovecot.StartAsync("127.0.0.1");
        await using var smtp = FakeSmtp.Serve();
        var member = await Rapport.SignedInAsync(Roles.Member);
        var port = dovecot.TlsPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] typed =
        [
            ("Input.Address", "page@harbourline.example"), ("Input.Depth", "everything"), ("Input.Reading.Host", "127.0.0.1"), ("Input.Reading.Port", port), ("Input.Reading.Security", "Tls"),
            ("Input.Sending.Host", "127.0.0.1"), ("Input.Sending.Port", smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Input.Sending.Security", "None"),
        ];
        var first = await (await member.SubmitAsync("/settings/mailboxes/connect", "connect", [.. typed, ("Input.Reading.Password", Dovecot.Password), ("Input.Do", "connect")])).Content.ReadAsStringAsync(Ct);
        Assert.Contains("It vouches for itself", first, StringComparison.Ordinal);
        Assert.Contains("Sending works", first, StringComparison.Ordinal);
        Assert.DoesNotContain(Dovecot.Password, first, StringComparison.Ordinal);
        var (print, typedBefore) = (Hidden(first, "Input.Reading.Certificate"), Hidden(first, "Input.Reading.Sealed"));
        Assert.Equal(dovecot.Print, print);

        var second = await member.SubmitAsync("/settings/mailboxes/connect", "connect", [.. typed, ("Input.Reading.Certificate", print), ("Input.Reading.Trust", "true"), ("Input.Reading.Sealed", typedBefore), ("Input.Sending.Sealed", Hidden(first, "Input.Sending.Sealed")), ("Input.Do", "connect")]);
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        var connected = await Rapport.InDatabaseAsync(db => db.Set<MailboxConnection>().AsNoTracking().SingleAsync(c => c.Address == "page@harbourline.example", Ct));
        Assert.Equal((print, "page@harbourline.example", null), (connected.Reading.TrustedCertificate, connected.Sending!.User, connected.ReadFrom));
        Assert.Equal(Dovecot.Password, Rapport.Services.GetRequiredService<MailSecrets>().Open(connected.Sending).Password);
        var page = await member.GetStringAsync(second.Headers.Location!.ToString(), Ct);
        Assert.Contains("about to be read for the first time", page, StringComparison.Ordinal);
        // What one typed is sealed for oneself: somebody else cannot use it.
        Assert.Null(Rapport.Services.GetRequiredService<MailSecrets>().OpenTyped(typedBefore, (await Rapport.ActorAsync(Roles.Owner)).Id));
    }

    [Fact]
    public async Task A_mailbox_that_needs_a_person_is_said_on_today()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (id, address) = await OpenAsync(owner, "needs-a-person");
        Assert.True((await owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", new { address, reading = new { host = "imap.harbourline.example", user = "ada", password = "p" } }, Ct)).IsSuccessStatusCode);
        Assert.DoesNotContain("It refuses Ada.", await owner.GetStringAsync("/", Ct), StringComparison.Ordinal);
        var hold = Rapport.Services.GetRequiredService<HoldMailboxes>();
        Assert.NotNull(await hold.ClaimAsync(IId<MailboxId>.TryParse(id, null, out var box) ? box : default, Ct));
        await hold.ReleaseAsync(box, new(MailTroubleKind.SignInRefused, "It refuses Ada."), Ct);
        foreach (var path in new[] { "/", $"/settings/mailboxes/{id}", "/settings/mailboxes" }) Assert.Contains("It refuses Ada.", await owner.GetStringAsync(path, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("It refuses Ada.", await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_goes_on_where_it_was_by_the_other_port_of_its_server_and_begins_anew_at_another_account()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (id, address) = await OpenAsync(owner, "other-port");
        var box = IId<MailboxId>.TryParse(id, null, out var known) ? known : default;
        async Task<int> ReadAfterAsync(object reading)
        {
            Assert.True((await owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", new { address, reading }, Ct)).IsSuccessStatusCode);
            return await Rapport.InDatabaseAsync(db => db.Set<MailboxFolder>().CountAsync(f => f.Mailbox == box, Ct));
        }
        Assert.Equal(0, await ReadAfterAsync(new { host = "imap.harbourline.example", port = 143, security = "startTls", user = "ada", password = "p" }));
        await Rapport.InDatabaseAsync(db => { db.Add(new MailboxFolder { Mailbox = box, Role = FolderRole.Inbox, Path = "INBOX", Validity = 1 }); return db.SaveChangesAsync(Ct); });
        Assert.Equal(1, await ReadAfterAsync(new { host = "imap.harbourline.example", port = 993, security = "tls", user = "ada", password = "p" }));
        Assert.Equal(0, await ReadAfterAsync(new { host = "imap.harbourline.example", port = 993, security = "tls", user = "ben", password = "p" }));
    }

    [Fact]
    public async Task A_line_that_breaks_is_not_in_trouble_since_the_sent_folder_was()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var (id, address) = await OpenAsync(owner, "sent-then-line");
        Assert.True((await owner.PutAsJsonAsync($"/api/mailboxes/{id}/connection", new { address, reading = new { host = "imap.harbourline.example", user = "ada", password = "p" } }, Ct)).IsSuccessStatusCode);
        var hold = Rapport.Services.GetRequiredService<HoldMailboxes>();
        Assert.NotNull(await hold.ClaimAsync(IId<MailboxId>.TryParse(id, null, out var box) ? box : default, Ct));
        await hold.ContactedAsync(box, new(MailTroubleKind.SentFolder, "Sent is shut."), Ct);
        Rapport.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("Sent is shut.", await owner.GetStringAsync("/", Ct), StringComparison.Ordinal);
        await hold.ReleaseAsync(box, new(MailTroubleKind.Dropped, "The line broke."), Ct);
        Assert.DoesNotContain("The line broke.", await owner.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("The line broke.", await owner.GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    private static NewMailServer Sending(int port) => new("127.0.0.1", port, MailSecurity.None, "tried", "p");

    private static string Hidden(string page, string name) => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, $"name=\"{System.Text.RegularExpressions.Regex.Escape(name)}\" value=\"([^\"]*)\"").Groups[1].Value);

    private static (MailTroubleKind?, bool) Said(ServerTried tried, string what, string todo)
    {
        var sentence = tried.Trouble?.Sentence ?? tried.Said ?? "";
        Assert.Contains(what, sentence, StringComparison.Ordinal);
        return (tried.Trouble?.Kind, sentence.Contains(todo, StringComparison.Ordinal) ? true : throw new InvalidOperationException(sentence));
    }

    private async Task<ServerTried> TryAsync(NewMailServer reading) => (await TryAsync(new NewConnection("tried@harbourline.example", reading))).Reading;

    private async Task<BothTried> TryAsync(NewConnection given)
    {
        var tried = await Rapport.InScopeAsync(s => s.GetRequiredService<TryServers>().RunAsync(given, null, Actor.Rapport, Ct));
        return tried.Value ?? throw new InvalidOperationException(tried.Refusal!.Message);
    }

    private static async Task<(string Id, string Address)> OpenAsync(HttpClient client, string name)
    {
        var opened = await client.PostAsJsonAsync("/api/mailboxes", new { name }, Ct);
        return (System.Text.Json.JsonElement.Parse(await opened.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetString()!, $"{name}.{Interlocked.Increment(ref users)}@harbourline.example");
    }
}
