using Rapport.Conversations;

namespace Rapport.Commitments;

/// <summary>Reads when to look at something again as due dates are read; what it means is the beginning of a day, not its end.</summary>
internal sealed class ReadMomentsAsDue(ReadDue due, TimeProvider clock) : IReadMoments
{
    public async Task<Result<DateTimeOffset>> ReadAsync(string words, CancellationToken ct)
    {
        var understood = await due.RunAsync(words, Side.TheirsToUs, null, null, ct);
        if (understood.Due is not { } read || understood.Outcome != DueUnderstanding.Dated) return Refusal.Invalid("until.unclear", understood.Said, "until");
        return read.Start > clock.GetUtcNow() ? read.Start : read.End;
    }
}
