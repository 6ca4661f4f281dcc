using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Demo;

/// <summary>What members wrote down in the year, as deeds at their moments: talks, judgements, promises and what became of them.</summary>
internal sealed class SettleYear(DemoWorld world, DemoNames names, string star, DateTimeOffset now, CancellationToken ct)
{
    /// <summary>Everything, in time order.</summary>
    public IReadOnlyList<DemoDeeds.Deed> Deeds() =>
    [
        .. world.Events.OfType<DemoTalk>().Select(t => new DemoDeeds.Deed(t.At, s => RecordAsync(s, t)))
            .Concat(world.Relationships.SelectMany(r => r.Judgements.Select(j => new DemoDeeds.Deed(j.At, s => JudgeAsync(s, r.Customer, j)))))
            .Concat(world.Promises.SelectMany(p => new SettlePromise(world, names, p, now, ct).Deeds(p == disagreed)))
            .OrderBy(d => d.At),
    ];

    // Of who looks at the demo, so that it stands on their Today.
    private readonly DemoPromise? disagreed = world.Promises.Where(p => SettlePromise.MayBeJudged(p, now) && p.Promiser == star).MaxBy(p => p.Outcomes[^1].At);

    private async Task RecordAsync(IServiceProvider services, DemoTalk talk)
    {
        var with = new List<PartyId>();
        foreach (var key in talk.Participants)
            if (await names.PersonAsync(services, key, ct) is { } person) with.Add(person);
        var channel = talk.Kind switch
        {
            DemoTalkKind.Call => Channel.Telephone,
            DemoTalkKind.Visit => Channel.Visit,
            DemoTalkKind.Meeting => Channel.Meeting,
            DemoTalkKind.Chat => Channel.Chat,
            DemoTalkKind.Note => Channel.Note,
        };
        ConversationId? thread = names.Threads.TryGetValue(talk.Thread, out var known) ? known : null;
        var recorded = await services.GetRequiredService<RecordInteraction>().RunAsync(new(channel, talk.Text, with)
        {
            Direction = Enum.Parse<Direction>(talk.Direction.ToString()), At = talk.At, Minutes = (int?)talk.Duration?.TotalMinutes, Subject = talk.Subject, Conversation = thread,
        }, names.Members[talk.Member], ct).OrFailAsync();
        names.Said[talk.Key] = recorded.Interaction;
        names.Threads.TryAdd(talk.Thread, recorded.Conversation);
    }

    private Task<JudgementId> JudgeAsync(IServiceProvider services, string customer, DemoJudgement judgement)
    {
        var answer = judgement.Answer switch { true => Answer.Yes, false => Answer.No, null => Answer.Unknown };
        InteractionId? evidence = judgement.EvidenceEvent is { } key && names.Said.TryGetValue(key, out var said) ? said : null;
        return services.GetRequiredService<Judge>().RunAsync(names.Relationships[customer], new(Enum.Parse<JudgementKind>(judgement.What.ToString()), answer, judgement.Evidence, evidence), names.Members[judgement.By], ct).OrFailAsync();
    }
}
