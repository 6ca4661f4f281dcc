using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Tests.Conversations;
using Rapport.Tests.Sending;
using Rapport.Webhooks;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Webhooks;

/// <summary>Other programs are told what became of mail that went out, and of what was promised.</summary>
public sealed class LedgerWebhooksTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task What_did_not_arrive_and_what_did_is_told_and_nothing_of_a_private_mailbox()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        await using var server = new FakeOutgoing { Instead = async (said, talk) => { if (!said.StartsWith("RCPT TO:<nobody@", StringComparison.Ordinal)) return false; await talk.SayAsync("550 5.1.1 nobody of that name"); return true; } };
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var made = await MakeAsync(node, listener.Url("/dispatches"), owner, "dispatch.delivered", "dispatch.failed");
        var shared = await SendAsync(server, owner, "telling", shared: true);
        await SendAsync(server, owner, "secret", shared: false);
        await node.HearAsync();
        await node.TellAsync();
        var failed = Assert.Single(listener.At("/dispatches"));
        Assert.Equal(("dispatch.failed", $"/api/interactions/{shared.Interaction}"), (failed.Type, Link(failed, "message")));

        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await WithAsync<SettleDispatch, Refusal?>(d => d.ArrivedAsync(shared.Interaction, "nobody@telling.example", owner, Ct)));
        await node.HearAsync();
        await node.TellAsync();
        var all = listener.At("/dispatches");
        Assert.Equal(["dispatch.failed", "dispatch.delivered"], all.Select(h => h.Type));
        Assert.All(all, h => Assert.Equal($"/api/conversations/{shared.Conversation}", Link(h, "conversation")));
        Assert.DoesNotContain(all, h => h.Body.Contains('@') || h.Body.Contains("crane", StringComparison.Ordinal));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(made, owner, Ct)));
    }

    [Fact]
    public async Task A_promise_is_told_when_it_is_made_kept_taken_up_again_and_broken_each_once()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var endpoint = await MakeAsync(node, listener.Url("/promises"), owner, "commitment.made", "commitment.settled");
        await TakeAsync(await MailboxAsync(Ada, "promised", shared: true), Ada, new TestMail("promised-1", "lena@promised.example") { Date = Rapport.Clock.GetUtcNow() });
        var id = (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, "Send the drawings", await PersonAsync("lena@promised.example"), null), owner, Ct))).Value;
        await node.HearAsync();
        await node.TellAsync();
        foreach (var deed in new Func<SettleCommitment, Task<Refusal?>>[] { s => s.KeepAsync(id, Proof.OnMyWord, owner, Ct), s => s.ReopenAsync(id, owner, Ct), s => s.BreakAsync(id, "The ship sailed.", owner, Ct) })
        {
            Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(await WithAsync(deed));
            await node.HearAsync();
            await node.HearAsync();
            await node.TellAsync();
        }
        var all = listener.At("/promises");
        Assert.Equal(["commitment.made", "commitment.settled kept", "commitment.settled open", "commitment.settled broken"], all.Select(h => $"{h.Type} {(Data(h).TryGetProperty("state", out var state) ? state.GetString() : "")}".Trim()));
        Assert.All(all, h => Assert.Equal($"/api/commitments/{id}", Link(h, "commitment")));
        Assert.DoesNotContain(all, h => h.Body.Contains("drawings", StringComparison.Ordinal) || h.Body.Contains("sailed", StringComparison.Ordinal));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(endpoint, owner, Ct)));
    }

    private static JsonElement Data(Heard heard) => JsonElement.Parse(heard.Body).GetProperty("data");

    private static string? Link(Heard heard, string to) => Data(heard).GetProperty("links").GetProperty(to).GetString();

    private static async Task<WebhookId> MakeAsync(TellingNode node, string url, Actor by, params string[] kinds) =>
        (await node.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Ledger", url, kinds), by, Ct))).Value!.Id;

    // Handed to a server that knows nobody of that name.
    private async Task<MailSent> SendAsync(FakeOutgoing server, Actor by, string name, bool shared)
    {
        var box = await MailboxAsync(by, $"Box {name}", shared);
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@harbourline.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "secret"), server.Sending), by, Ct)));
        var sent = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, $"nobody@{name}.example", "The second crane", "It comes in week 50."), by, Ct))).Value;
        Rapport.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await Rapport.Services.GetRequiredService<HoldOutboxes>().ClaimAsync(box, Ct));
        await Rapport.Services.GetRequiredService<SendFromMailbox>().RunAsync(new(box), Ct);
        return sent;
    }
}
