using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>What a form for a commitment begins with when it is written from something that was said.</summary>
/// <param name="Said">Where it was said.</param>
/// <param name="Text">What was said, to copy from; its first few thousand characters.</param>
/// <param name="With">The person of theirs who spoke or was spoken to.</param>
/// <param name="Words">The sentence with a date in it, or else the last question; empty when there is neither.</param>
/// <param name="Due">The words of that sentence that say by when.</param>
public sealed record PromiseDraft(SaidWhere Said, string Text, PartyId? With, string? WithName, Side Side, string Words, string Due)
{
    /// <summary>All who were spoken to: a promise of ours is made to each of them, unless a person takes them out.</summary>
    public IReadOnlyList<Named<PartyId>> SpokenTo { get; init; } = [];
}

/// <summary>Begins a commitment from an interaction: a person checks every word of it before it is kept.</summary>
public sealed partial class PromiseDrafts(RapportDb db, TimeProvider clock, CommitmentDetails details, ReadDue read)
{
    private const int LongestText = 4_000, MostSentences = 100;

    /// <summary>The beginning; null when there is no such interaction or none visible to the reader.</summary>
    /// <param name="interaction">What was said.</param>
    /// <param name="selected">The words somebody selected in it; found out when null.</param>
    /// <param name="by">Who reads.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PromiseDraft?> FromAsync(InteractionId interaction, string? selected, Actor by, CancellationToken ct)
    {
        if (await details.WhereAsync(interaction, by, ct) is not { } said) return null;
        var text = await db.InteractionsFor(by).Where(i => i.Id == interaction).Select(i => i.Text.Substring(0, LongestText)).SingleAsync(ct);
        var them = await (from p in db.Set<Participant>()
                          where p.Interaction == interaction && p.Part != Part.Organization
                          join party in db.Parties() on p.Party equals party.Id
                          where party.Who != Who.OneOfUs
                          select new { party.Id, party.Name, p.Part }).Take(50).ToListAsync(ct);
        var with = them.OrderBy(p => p.Part == Part.From ? 0 : p.Part == Part.To ? 1 : 2).ThenBy(p => p.Id.Value).FirstOrDefault();
        var context = await read.ContextAsync(Side.OursToThem, with?.Id, said.At > clock.GetUtcNow() ? clock.GetUtcNow() : said.At, ct);
        var (words, due) = string.IsNullOrWhiteSpace(selected) ? Sentence(text, context) : (selected.Trim(), DueOf(selected, context) ?? "");
        var side = said.Direction == Direction.Inbound && SpeakersOwn().IsMatch(words) ? Side.TheirsToUs : Side.OursToThem;
        return new(said, text, with?.Id, with?.Name, side, words.Length > Commitment.LongestWords ? words[..Commitment.LongestWords] : words, due)
        {
            SpokenTo = [.. them.Where(t => t.Part == Part.To).OrderBy(t => t.Id.Value).DistinctBy(t => t.Id).Take(MakeCommitment.MostOthers).Select(t => new Named<PartyId>(t.Id, t.Name))],
        };
    }

    internal static (string Words, string Due) Sentence(string text, DueContext context)
    {
        var question = "";
        foreach (var sentence in Ends().Split(text).Select(s => s.Trim()).Where(s => s.Length > 0).Take(MostSentences))
        {
            if (DueOf(sentence, context) is { } due) return (sentence, due);
            if (sentence.EndsWith('?')) question = sentence;
        }
        return (question, "");
    }

    private static string? DueOf(string sentence, DueContext context) => DueReader.ReadFirst(sentence, context) is { Outcome: DueOutcome.Dated, IsPast: false } reading ? reading.Words : null;

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+", RegexOptions.CultureInvariant)]
    private static partial Regex Ends();

    // "I will", "we'll", "you will have": an act of the speaker. Only chooses which radio button is on.
    [GeneratedRegex(@"\b(I|we)('|’)?\s?(will|shall|ll|am going to|are going to)\b|\byou('|’)?\s?(will|ll) (have|get|receive)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpeakersOwn();
}
