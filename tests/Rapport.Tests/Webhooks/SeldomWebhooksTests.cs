using Microsoft.AspNetCore.Http;
using Rapport.Conversations;
using Rapport.Tests.Conversations;
using Rapport.Webhooks;

namespace Rapport.Tests.Webhooks;

/// <summary>An endpoint that is told something now and then is judged by what happens now.</summary>
public sealed class SeldomWebhooksTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task What_failed_long_ago_and_was_not_tried_since_turns_no_endpoint_off()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        listener.Answers["/seldom"] = http => { http.Response.StatusCode = 503; return Task.CompletedTask; };
        var id = (await node.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Seldom", listener.Url("/seldom")), owner, Ct))).Value!.Id;
        await TestAsync();
        var began = (await RowAsync()).FailingSince;
        for (var days = 0; days < 3; days++)
        {
            Rapport.Clock.Advance(TimeSpan.FromHours(24));
            await node.TellAsync();
        }
        // What is tried all the time has failed since it began to.
        Assert.Equal((4, WebhookStanding.Failing, began), (listener.At("/seldom").Count, (await RowAsync()).Standing, (await RowAsync()).FailingSince));

        Rapport.Clock.Advance(TimeSpan.FromDays(30));
        await TestAsync();
        Assert.Equal((WebhookStanding.Failing, Rapport.Clock.GetUtcNow()), ((await RowAsync()).Standing, (await RowAsync()).FailingSince));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));

        async Task<WebhookRow> RowAsync() => (await node.WithAsync<WebhookQueries, WebhookRow?>(q => q.FindAsync(id, owner, Ct)))!;
        async Task TestAsync()
        {
            Assert.Null((await node.WithAsync<ReplayDeliveries, Result<WebhookEventId>>(d => d.TestAsync(id, owner, Ct))).Refusal);
            await node.TellAsync();
        }
    }
}
