using Rapport.Conversations;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>Reads when to look at something again as due dates are read; what it means is the beginning of a day, not its end.</summary>
internal sealed class ReadMomentsAsDue(ReadDue due, TimeProvider clock) : IReadMoments
{
    public async Task<Result<DateTimeOffset>> ReadAsync(string words, BusinessCalendar calendar, CancellationToken ct)
    {
        var ours = await due.ContextAsync(Side.TheirsToUs, null, clock.GetUtcNow(), ct);
        var understood = ReadDue.Understand(words.Trim(), ours with { Zone = calendar.Zone, Calendar = calendar });
        if (understood.Due is not { } read || understood.Outcome != DueUnderstanding.Dated) return Refusal.Invalid("until.unclear", understood.Said, "until");
        return read.Start > clock.GetUtcNow() ? read.Start : read.End;
    }
}
