using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Webhooks;

/// <summary>Something to be told.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">The same for the same happening.</param>
/// <param name="At">When it happened.</param>
internal sealed record News(EventKind Kind, string Key, DateTimeOffset At)
{
    public ConversationId? Conversation { get; init; }
    /// <summary>The other conversation that it concerned.</summary>
    public ConversationId? Other { get; init; }
    public InteractionId? Message { get; init; }
    public CommitmentId? Commitment { get; init; }
    public string? State { get; init; }
    public bool WhenLeft { get; init; }
}

/// <summary>Writes down what is to be told to whom, once: a happening that is heard twice is told once.</summary>
internal sealed class TellEndpoints(RapportDb db, TimeProvider clock, [FromKeyedServices(WebhookRounds.Queued)] WorkSignal queued)
{
    private readonly OrderedIds ids = new(clock);

    /// <summary>Whether anybody listens.</summary>
    public Task<bool> IsHeardAsync(CancellationToken ct) => db.Set<Webhook>().AnyAsync(ct);

    /// <summary>Writes it down for every endpoint that hears of it.</summary>
    public async Task RunAsync(IReadOnlyCollection<News> news, CancellationToken ct)
    {
        var webhooks = await db.Set<Webhook>().AsNoTracking().ToListAsync(ct);
        if (webhooks.Count == 0 || news.Count == 0) return;
        var keys = news.Select(n => n.Key).ToList();
        var told = (await db.Set<WebhookEvent>().Where(e => EF.Parameter(keys).Contains(e.Key)).Select(e => e.Key).ToListAsync(ct)).ToHashSet();
        var events = news.Where(n => told.Add(n.Key)).Select(Of).ToList();
        var (now, may, wanted) = (clock.GetUtcNow(), new MayHear(db), new HashSet<WebhookEvent>());
        foreach (var webhook in webhooks)
        {
            if (await may.AsWhomAsync(webhook.Owner, ct) is not { } by) continue;
            foreach (var one in await may.OfAsync([.. events.Where(e => webhook.Hears(e.Kind) && e.At >= webhook.MadeAt)], by, ct))
            {
                wanted.Add(one);
                db.Add(WebhookDelivery.Of(webhook.Id, one.Id, now));
            }
        }
        if (wanted.Count == 0) return;
        db.AddRange(wanted);
        // Thrown, it is heard again: whoever was quicker has written it down.
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        queued.Wake();
    }

    /// <summary>A test for one endpoint. The caller saves.</summary>
    public WebhookEvent AddTest(WebhookId to)
    {
        var now = clock.GetUtcNow();
        var test = Of(new(EventKind.Test, $"test:{Ids.New<WebhookEventId>(clock)}", now));
        db.Add(test);
        db.Add(WebhookDelivery.Of(to, test.Id, now));
        return test;
    }

    private WebhookEvent Of(News news) => new()
    {
        Id = ids.New<WebhookEventId>(), Key = news.Key, Kind = news.Kind.Name, At = news.At, Body = Body(news),
        Conversation = news.Conversation, Interaction = news.Message, Commitment = news.Commitment, WhenLeft = news.WhenLeft,
    };

    private static string Body(News news)
    {
        var (data, links) = (new Dictionary<string, object>(), new Dictionary<string, string>());
        Add("conversation", news.Conversation?.ToString(), "/api/conversations/");
        Add("other", news.Other?.ToString(), "/api/conversations/");
        Add("message", news.Message?.ToString(), "/api/interactions/");
        Add("commitment", news.Commitment?.ToString(), "/api/commitments/");
        if (news.State is { } state) data["state"] = state;
        data["links"] = links;
        return JsonSerializer.Serialize(new { type = news.Kind.Name, timestamp = news.At.UtcDateTime, data }, Json.Options);

        void Add(string name, string? id, string path)
        {
            if (id is null) return;
            (data[name], links[name]) = (id, path + id);
        }
    }
}
