using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Demo;

/// <summary>Closes what is done, as tidy people do: otherwise the inbox of this morning would hold the whole year.</summary>
internal sealed class SettleDone(DemoNames names, string star, DemoDeeds deeds)
{
    private static readonly TimeSpan Answered = TimeSpan.FromDays(2), GivenUp = TimeSpan.FromDays(21);

    /// <summary>Closes, up to a moment, where nobody waits for us and nothing was said for two days; where we wait for them, three weeks.</summary>
    public async Task RunAsync(DateTimeOffset until, CancellationToken ct)
    {
        var members = names.Members.Values.DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        var done = new List<DemoDeeds.Deed>();
        await deeds.AloneAsync(async services =>
        {
            var (answered, givenUp) = (until - Answered, until - GivenUp);
            var quiet = await services.GetRequiredService<RapportDb>().Set<Conversation>().AsNoTracking()
                .Where(c => c.WaitingSince == null && c.MergedInto == null && (c.State == ConversationState.Open && c.LastAt < answered || c.State == ConversationState.Waiting && c.LastAt < givenUp))
                .OrderBy(c => c.LastAt).Select(c => new { c.Id, c.Owner, c.State, c.LastAt }).ToListAsync(ct);
            done = quiet.ConvertAll(c => new DemoDeeds.Deed(c.LastAt + (c.State == ConversationState.Waiting ? GivenUp : Answered), s =>
                s.GetRequiredService<CloseConversation>().RunAsync(c.Id, c.Owner is { } owner && members.TryGetValue(owner, out var by) ? by : names.Members[star], ct).OrFailAsync()));
        });
        await deeds.RunAsync(done, ct);
    }
}
