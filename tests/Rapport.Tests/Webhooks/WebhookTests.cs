using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Tests.Conversations;
using Rapport.Webhooks;

namespace Rapport.Tests.Webhooks;

/// <summary>Other programs are told what happens to conversations: signed, at least once, and nothing private.</summary>
public sealed class WebhookTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task What_happens_to_a_conversation_is_told_once_signed_and_without_a_word_of_it()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        using var program = await ProgramAsync(node);
        var made = await program.PostAsJsonAsync("/api/webhooks", new { name = "Order system", url = listener.Url("/all") }, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (id, secret) = Key(await made.Content.ReadFromJsonAsync<JsonElement>(Ct));
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await Rapport.InDatabaseAsync(db => db.Set<Webhook>().Where(w => w.Id == id).Select(w => w.Secret).SingleAsync(Ct)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Member)).GetAsync("/api/webhooks", Ct)).StatusCode);

        var conversation = await ComeAsync("told");
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(conversation, null, Ada, Ct)));
        Assert.True((await WithAsync<WriteNote, Result<NoteWritten>>(d => d.RunAsync(conversation, "A quince, among ourselves.", owner, Ct))).Succeeded(out _, out _));
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(conversation, Rapport.Clock.GetUtcNow().AddDays(1), owner, Ct)));
        Assert.Null(await WithAsync<ReopenConversation, Refusal?>(d => d.RunAsync(conversation, owner, Ct)));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(conversation, owner, Ct)));
        await node.HearAsync();
        await node.TellAsync();
        await node.TellAsync();
        var heard = listener.At("/all");
        Assert.Equal(["conversation.assigned", "conversation.closed", "conversation.reopened", "conversation.snoozed", "message.received", "note.written"], heard.Select(h => h.Type).Order(StringComparer.Ordinal));
        Assert.All(heard, h => Assert.True(IsSigned(h, secret), h.Signature));
        Assert.All(heard, h => Assert.Equal($"/api/conversations/{conversation}", JsonDocument.Parse(h.Body).RootElement.GetProperty("data").GetProperty("links").GetProperty("conversation").GetString()));
        Assert.DoesNotContain(heard, h => h.Body.Contains("quince", StringComparison.Ordinal) || h.Body.Contains("crane", StringComparison.Ordinal) || h.Body.Contains('@'));
        Assert.Equal(heard.Count, heard.Select(h => h.Id).Distinct().Count());

        // Heard twice, as a listener may be, it is told once; asked for again, it is told under the same id.
        var message = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "told-1").Select(i => i.Id).SingleAsync(Ct));
        await node.WithAsync<HearForEndpoints, bool>(async hear => { await hear.HearAsync(new InteractionsTaken([message]), owner, Ct); return true; });
        await node.TellAsync();
        Assert.Equal(heard.Count, listener.At("/all").Count);
        var rotated = await (await program.PostAsync($"/api/webhooks/{id}/secrets", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var replayed = await (await program.PostAsJsonAsync($"/api/webhooks/{id}/replays", new { since = Rapport.Clock.GetUtcNow().AddHours(-1) }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(heard.Count, replayed.GetProperty("count").GetInt32());
        await node.TellAsync();
        var again = listener.At("/all")[heard.Count..];
        Assert.Equal(heard.Select(h => h.Id).Order(StringComparer.Ordinal), again.Select(h => h.Id).Order(StringComparer.Ordinal));
        Assert.All(again, h => Assert.True(IsSigned(h, secret) && IsSigned(h, Key(rotated).Secret), h.Signature));
        Rapport.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync($"/api/webhooks/{id}/tests", null, Ct)).StatusCode);
        await node.TellAsync();
        var test = listener.At("/all")[^1];
        Assert.Equal(("webhook.test", false, true), (test.Type, IsSigned(test, secret), IsSigned(test, Key(rotated).Secret)));
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync($"/api/webhooks/{id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_tried_for_days_and_turned_off_with_an_alarm_and_keeps_no_other_waiting()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        using var program = await ProgramAsync(node);
        listener.Answers["/hangs"] = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        listener.Answers["/fails"] = http => { http.Response.StatusCode = 503; return http.Response.WriteAsync("on fire"); };
        listener.Answers["/leads"] = http => { http.Response.Redirect("/elsewhere", permanent: false); return Task.CompletedTask; };
        listener.Answers["/gone"] = http => { http.Response.StatusCode = 410; return Task.CompletedTask; };
        listener.Answers["/endless"] = async http => { while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(new string('x', 4_000)); };
        var ids = new Dictionary<string, WebhookId>();
        foreach (var path in new[] { "/well", "/hangs", "/fails", "/leads", "/gone", "/endless" })
            ids[path] = Key(await (await program.PostAsJsonAsync("/api/webhooks", new { name = path, url = listener.Url(path), kinds = new[] { "conversation.closed" } }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).Id;
        var conversation = await ComeAsync("fails");
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(conversation, Ada, Ct)));
        await node.HearAsync();
        await node.TellAsync();

        Assert.Equal("conversation.closed", Assert.Single(listener.At("/well")).Type);
        Assert.Empty(listener.At("/elsewhere"));
        Assert.Equal((200, true), (await LastAsync("/endless") is { Log: [{ Status: 200, Said.Length: <= 1_000 }] } ? 200 : 0, (await LastAsync("/endless")).State == DeliveryState.Delivered));
        Assert.Equal((503, "on fire"), ((await LastAsync("/fails")).Log[0].Status, (await LastAsync("/fails")).Log[0].Said));
        Assert.StartsWith("It leads elsewhere", (await LastAsync("/leads")).Log[0].Said, StringComparison.Ordinal);
        Assert.Equal("No answer within 1 seconds.", (await LastAsync("/hangs")).Log[0].Said);
        Assert.Equal(WebhookStanding.Off, (await RowAsync("/gone")).Standing);

        // Tried again when its pause is over, not before, under the same id.
        await node.TellAsync();
        Assert.Single(listener.At("/fails"));
        listener.Answers.Remove("/fails");
        Rapport.Clock.Advance(TimeSpan.FromSeconds(6));
        await node.TellAsync();
        Assert.Equal((2, 1), (listener.At("/fails").Count, listener.At("/fails").Select(h => h.Id).Distinct().Count()));
        Assert.Equal((DeliveryState.Delivered, WebhookStanding.Working), ((await LastAsync("/fails")).State, (await RowAsync("/fails")).Standing));

        listener.Answers["/hangs"] = http => { http.Response.StatusCode = 500; return Task.CompletedTask; };
        for (var hours = 0; hours < 6 * 24 && (await RowAsync("/hangs")).Standing != WebhookStanding.Off; hours += 12)
        {
            Rapport.Clock.Advance(TimeSpan.FromHours(12));
            if (hours % 24 == 0) Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync($"/api/webhooks/{ids["/hangs"]}/tests", null, Ct)).StatusCode);
            await node.TellAsync();
        }
        Assert.Equal(WebhookStanding.Off, (await RowAsync("/hangs")).Standing);
        Assert.True(Rapport.Clock.GetUtcNow() - (await RowAsync("/hangs")).FailingSince >= TimeSpan.FromDays(5));
        Assert.Contains("is not told anything any more", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("is not told anything any more", await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Equal("webhook.off", (await (await program.PostAsync($"/api/webhooks/{ids["/hangs"]}/tests", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());

        // What happened while it was off waits, and is told when it is turned on.
        var before = listener.At("/hangs").Count;
        Assert.Null(await WithAsync<ReopenConversation, Refusal?>(d => d.RunAsync(conversation, Ada, Ct)));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(conversation, Ada, Ct)));
        await node.HearAsync();
        await node.TellAsync();
        Assert.Equal(before, listener.At("/hangs").Count);
        listener.Answers.Remove("/hangs");
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitAsync($"/settings/webhooks/{ids["/hangs"]}", $"/do/webhooks/{ids["/hangs"]}/resume")).StatusCode);
        await node.TellAsync();
        Assert.True(listener.At("/hangs").Count > before);
        Assert.Equal((WebhookStanding.Working, DeliveryState.Delivered), ((await RowAsync("/hangs")).Standing, (await LastAsync("/hangs")).State));
        foreach (var id in ids.Values) Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync($"/api/webhooks/{id}", Ct)).StatusCode);

        async Task<DeliveryRow> LastAsync(string path) => (await node.WithAsync<WebhookQueries, Page<DeliveryRow>>(async q => await q.LogAsync(ids[path], null, null, 10, await Rapport.ActorAsync(Roles.Owner), Ct))).Items[0];
        async Task<WebhookRow> RowAsync(string path) => (await node.WithAsync<WebhookQueries, WebhookRow?>(async q => await q.FindAsync(ids[path], await Rapport.ActorAsync(Roles.Owner), Ct)))!;
    }

    [Fact]
    public async Task What_is_private_is_told_to_its_owners_endpoint_alone_also_when_it_became_so_after_it_was_written_down()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        var (owner, other) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Administrator));
        var mine = await MakeAsync(node, owner, listener.Url("/mine"), mine: true);
        var (all, others) = (await MakeAsync(node, owner, listener.Url("/all")), await MakeAsync(node, other, listener.Url("/others"), mine: true));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var box = await MailboxAsync(owner, "The owner's own");
        await TakeAsync(box, owner, Now("private-1"));
        await node.HearAsync();
        await node.TellAsync();
        Assert.Equal((1, 0, 0), (listener.At("/mine").Count, listener.At("/all").Count, listener.At("/others").Count));

        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Everyone), owner, Ct)));
        await TakeAsync(box, owner, Now("private-2"));
        await node.HearAsync();
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Owner), owner, Ct)));
        await node.TellAsync();
        Assert.Equal((2, 0, 0), (listener.At("/mine").Count, listener.At("/all").Count, listener.At("/others").Count));
        Assert.Equal(DeliveryState.Withheld, (await node.WithAsync<WebhookQueries, Page<DeliveryRow>>(q => q.LogAsync(all, null, null, 10, other, Ct))).Items[0].State);
        Assert.Null(await node.WithAsync<WebhookQueries, WebhookRow?>(q => q.FindAsync(mine, other, Ct)));
        foreach (var (id, by) in new[] { (mine, owner), (all, owner), (others, other) }) Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, by, Ct)));
    }

    [Fact]
    public async Task Two_nodes_tell_each_event_once_and_what_a_killed_one_held_is_told_by_the_other()
    {
        await using var listener = await Listener.StartAsync();
        await using var one = await TellingNode.StartAsync(Rapport);
        await using var two = await TellingNode.StartAsync(Rapport);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var id = await MakeAsync(one, owner, listener.Url("/nodes"));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var box = await MailboxAsync(owner, "Nodes", shared: true);
        await TakeAsync(box, owner, [.. Enumerable.Range(0, 20).Select(i => Now($"nodes-{i}"))]);
        await one.HearAsync();
        await Task.WhenAll(one.TellAsync(), two.TellAsync());
        await Task.WhenAll(one.TellAsync(), two.TellAsync());
        Assert.Equal((20, 20), (listener.At("/nodes").Count, listener.At("/nodes").Select(h => h.Id).Distinct().Count()));

        // As it lies there when the node that holds the endpoint is killed: written down, held, not told.
        await TakeAsync(box, owner, Now("nodes-killed"));
        await one.HearAsync();
        var (until, dead) = (Rapport.Clock.GetUtcNow().AddMinutes(3), Ids.New<WebhookId>(Rapport.Clock).Value);
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Webhook>().Where(w => w.Id == id).ExecuteUpdateAsync(s => s.SetProperty(w => w.Holder, dead).SetProperty(w => w.HeldUntil, until), Ct)));
        await two.TellAsync();
        Assert.Equal(20, listener.At("/nodes").Count);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(4));
        await two.TellAsync();
        Assert.Equal(21, listener.At("/nodes").Count);
        Assert.Null(await one.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));
    }

    [Fact]
    public async Task Nothing_is_sent_into_a_private_network_unless_whoever_runs_it_allows_that()
    {
        await using var listener = await Listener.StartAsync();
        await using var careless = await TellingNode.StartAsync(Rapport);
        await using var careful = await TellingNode.StartAsync(Rapport, ("Webhooks:AllowPrivateAddresses", "false"));
        var owner = await Rapport.ActorAsync(Roles.Owner);
        foreach (var url in new[] { listener.Url("/inside"), "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://[::ffff:192.168.0.1]/", "http://169.254.169.254/latest" })
            Assert.Equal("webhook.private", (await careful.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Inside", url), owner, Ct))).Refusal?.Code);
        foreach (var url in new[] { "", "program", "ftp://program.example.com/", "https://ada:secret@program.example.com/" })
            Assert.Equal("webhook.url", (await careless.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Wrong", url), owner, Ct))).Refusal?.Code);
        foreach (var address in new[] { "8.8.8.8", "2606:4700::1111", "193.0.6.139" }) Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)), address);
        foreach (var address in new[] { "127.0.0.1", "0.0.0.0", "10.0.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1" })
            Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)), address);

        // Looked at again where it is connected to: a name may lead anywhere by then.
        var id = await MakeAsync(careless, owner, listener.Url("/inside"));
        Assert.Null((await careful.WithAsync<ReplayDeliveries, Result<WebhookEventId>>(d => d.TestAsync(id, owner, Ct))).Refusal);
        await careful.TellAsync();
        Assert.Empty(listener.At("/inside"));
        Assert.Contains("lies in a private network", (await careful.WithAsync<WebhookQueries, Page<DeliveryRow>>(q => q.LogAsync(id, null, null, 1, owner, Ct))).Items[0].Log[0].Said, StringComparison.Ordinal);
        Rapport.Clock.Advance(TimeSpan.FromSeconds(6));
        await careless.TellAsync();
        Assert.Single(listener.At("/inside"));
        Assert.Null(await careless.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));
    }

    [Fact]
    public async Task A_mail_of_ours_is_told_when_it_has_left_and_lies_in_the_folder_for_whoever_may_read_it()
    {
        var folder = Directory.CreateTempSubdirectory("rapport-delivered").FullName;
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport, ("Channels:DeliverTo", folder));
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var id = await MakeAsync(node, owner, listener.Url("/sent"), mine: true);
        var box = (await node.WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync("Out", owner, Ct))).Value;
        Assert.Null(await node.WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new("out@ours.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "-"), new("127.0.0.1", 9, MailSecurity.None), Everything: true), owner, Ct)));
        async Task<InteractionId> SendAsync(string subject) => (await node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "jane@sent.example", subject, "It comes in week 50."), owner, Ct))).Value!.Interaction;
        var (sent, back) = (await SendAsync("The third crane"), await SendAsync("Not this"));
        await node.HearAsync();
        Assert.Null((await node.WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(back, owner, Ct))).Refusal);
        await node.TellAsync();
        Assert.Empty(listener.At("/sent"));

        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await node.Get<HoldOutboxes>().ClaimAsync(box, Ct));
        await node.Get<SendFromMailbox>().RunAsync(new(box), Ct);
        await node.TellAsync();
        var heard = Assert.Single(listener.At("/sent"));
        Assert.Equal(("message.sent", sent.ToString()), (heard.Type, JsonDocument.Parse(heard.Body).RootElement.GetProperty("data").GetProperty("message").GetString()));

        // The file that lies beside it is no mail of ours, and no name leads out of the folder.
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.eml"), "Subject: Zinnober\r\n\r\nnot ours", Ct);
        using var mine = await BrowserAsync(node, Roles.Owner);
        using var another = await BrowserAsync(node, Roles.Member);
        var list = await mine.GetStringAsync("/outgoing/delivered", Ct);
        Assert.Contains("The third crane", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Zinnober", list, StringComparison.Ordinal);
        Assert.DoesNotContain("before=", list, StringComparison.Ordinal);
        var page = await mine.GetStringAsync($"/outgoing/delivered/{sent}", Ct);
        foreach (var shown in new[] { "jane@sent.example", "It comes in week 50.", "Message-Id:" }) Assert.Contains(shown, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("/outgoing/delivered", await mine.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("The third crane", await another.GetStringAsync("/outgoing/delivered", Ct), StringComparison.Ordinal);
        foreach (var (client, path) in new[] { (another, $"/outgoing/delivered/{sent}"), (mine, "/outgoing/delivered/secret"), (mine, "/outgoing/delivered/..%2Fsecret"), (mine, "/outgoing/delivered/1"), (await Rapport.SignedInAsync(Roles.Owner), "/outgoing/delivered") })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await client.GetAsync(path, Ct)).StatusCode));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));
        Directory.Delete(folder, recursive: true);
    }

    // As Standard Webhooks describes it, written from its text and not from our code.
    private static bool IsSigned(Heard heard, string secret)
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret.Split('_')[1]), Encoding.ASCII.GetBytes(heard.Id + "." + heard.Timestamp + "." + heard.Body)));
        return heard.Signature.Split(' ').Any(s => s.Split(',') is ["v1", var given] && given == expected);
    }

    private static (WebhookId Id, string Secret) Key(JsonElement made) => (new(made.GetProperty("id").GetGuid()), made.GetProperty("secret").GetString()!);

    private TestMail Now(string id) => new(id, $"Lena Brandt <{id}@hafenwerk.example>") { Date = Rapport.Clock.GetUtcNow() };

    private static async Task<WebhookId> MakeAsync(TellingNode node, Actor by, string url, bool mine = false) =>
        (await node.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Program", url, Mine: mine), by, Ct))).Value!.Id;

    private async Task<ConversationId> ComeAsync(string prefix)
    {
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(await MailboxAsync(Ada, prefix, shared: true), Ada, Now($"{prefix}-1"));
        return (await ConversationOfAsync($"{prefix}-1")).Id;
    }

    private async Task<HttpClient> ProgramAsync(TellingNode node)
    {
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = (await Rapport.TokenClientAsync(TokenScope.Write)).DefaultRequestHeaders.Authorization;
        return client;
    }

    private async Task<HttpClient> BrowserAsync(TellingNode node, Roles roles)
    {
        await Rapport.ActorAsync(roles);
        var client = new HttpClient(new KeepsCookies()) { BaseAddress = node.Address };
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(roles)), ("Input.Password", SignedInClients.Password))).StatusCode);
        return client;
    }
}
