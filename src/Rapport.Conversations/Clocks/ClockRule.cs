namespace Rapport.Conversations;

/// <summary>What a clock of a conversation asks of us. Names are stored, so they are not renamed.</summary>
public enum ClockKind
{
    /// <summary>The first answer: nothing of ours was said yet.</summary>
    FirstAnswer,
    /// <summary>A further answer.</summary>
    NextAnswer,
    /// <summary>A word, although nobody asked again: we spoke last, and the matter is not closed.</summary>
    SpeakAgain,
}

/// <summary>That a clock runs, and since when.</summary>
/// <param name="Kind">What it asks of us.</param>
/// <param name="From">When it started.</param>
/// <param name="Channel">By what was said what started it.</param>
internal readonly record struct ClockStart(ClockKind Kind, DateTimeOffset From, Channel Channel);

/// <summary>The clock that ought to run by what was said; null in it for none.</summary>
internal sealed record ClockToSet(ClockStart? Start);

/// <summary>Which clock runs in a conversation (V12, V13): one at most. It knows human words only; whoever leaves out automatic mail and notes keeps them from starting or stopping one.</summary>
internal static class ClockRule
{
    /// <param name="said">The human interactions of one conversation, in any order.</param>
    /// <param name="waiting">Who waits in it by the rule of waiting.</param>
    /// <param name="settled">What is settled without an answer.</param>
    /// <param name="onList">It is on a mailing list: nobody there expects a word of ours.</param>
    public static ClockStart? Of(IReadOnlyCollection<Said> said, Waiting? waiting, Settled settled, bool onList)
    {
        if (said.Count == 0) return null;
        if (waiting is { } asked)
        {
            var answered = said.Any(s => s.At < asked.Since && s.IsOurs);
            return new(answered ? ClockKind.NextAnswer : ClockKind.FirstAnswer, asked.Since, said.First(s => s.At == asked.Since && s.Direction == Direction.Inbound).Channel);
        }
        var last = said.MaxBy(s => s.Id.Value)!;
        // Nobody expects another word after thanks, on a list, or where nobody but us has spoken.
        if (onList || last.Thanks || !last.IsOurs || settled.Covers(last) || !said.Any(s => s.Direction is Direction.Inbound or Direction.Mutual)) return null;
        return new(ClockKind.SpeakAgain, last.At, last.Channel);
    }
}
