using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>One line of a commitment's story, with the names.</summary>
public sealed record CommitmentStep(CommitmentDeed Deed, DateTimeOffset At, string By, string? To, DateTimeOffset? DueEnd, string? Note, InteractionId? Interaction, Verdict? Verdict = null, BreakCause? Cause = null)
{
    /// <summary>The owner, who was away, for whom they stood in; null when they acted for themselves.</summary>
    public string? StoodInFor { get; init; }
}

/// <summary>An interaction that is spoken of: where something was said, or what shows that it was done.</summary>
/// <param name="Glimpse">The beginning of its text, or its subject.</param>
public sealed record SaidWhere(InteractionId Id, ConversationId Conversation, Channel Channel, Direction Direction, DateTimeOffset At, string Who, string Glimpse);

/// <summary>What stands around the words of a promise in what was said, and the words as they stand there.</summary>
/// <param name="From">Where the words begin in the text of the interaction, in characters.</param>
/// <param name="To">Where they end.</param>
public sealed record SaidAround(int From, int To, string Before, string Words, string After);

/// <summary>A commitment with everything its page tells.</summary>
/// <param name="SaidIn">Where it was said; null when that is not known or not visible to the reader.</param>
/// <param name="Around">What stands around its words there; null when they do not stand in it as they are, or it is not visible to the reader.</param>
/// <param name="ProofIn">What shows that it was kept; null when it was kept on somebody's word, or when that is not visible to the reader.</param>
public sealed record CommitmentDetail(
    CommitmentRow Row, int Version, SaidWhere? SaidIn, SaidAround? Around, SaidWhere? ProofIn, string? ProofWords, CommitmentId? ReplacedBy, IReadOnlyList<CommitmentStep> Story);

/// <summary>Reads one commitment with its story.</summary>
public sealed class CommitmentDetails(RapportDb db, CommitmentQueries commitments)
{
    private const int LongestGlimpse = 160, LongestAround = 200;

    /// <summary>The commitment; null when there is none such.</summary>
    public async Task<CommitmentDetail?> FindAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        if (await commitments.OneAsync(id, by, ct) is not { } row) return null;
        var rest = await db.CommitmentsFor(by).AsNoTracking().Where(c => c.Id == id).Select(c => new { c.Version, c.ProofIn, c.ProofWords, c.ReplacedBy, c.SaidFrom, c.SaidTo }).SingleAsync(ct);
        var story = await commitments.StoryAsync(id, ct);
        var spoken = await WhereAsync(story.Select(e => e.Interaction).Append(row.SaidIn).Append(rest.ProofIn).OfType<InteractionId>().ToList(), by, ct);
        var names = await db.NamesOfAsync(story.SelectMany(e => new[] { e.By, e.To ?? default, e.StoodInFor ?? default }), ct);
        var theirs = row.AlsoTo.ToDictionary(a => a.Id, a => a.Name);
        // An interaction that the reader may not see is not named in the story either.
        var steps = story.ConvertAll(e => new CommitmentStep(e.Deed, e.At, e.Recipient is { } recipient ? theirs.GetValueOrDefault(recipient, row.WithName) : e.By == default ? "Rapport" : names.GetValueOrDefault(e.By, "somebody"), e.To is { } to ? names.GetValueOrDefault(to, "somebody") : null,
            e.DueEnd, e.Note, e.Interaction is { } i && spoken.ContainsKey(i) ? i : null, e.Verdict, e.Cause) { StoodInFor = e.StoodInFor is { } absent ? names.GetValueOrDefault(absent, "somebody") : null });
        return new(row, rest.Version, Of(row.SaidIn), await AroundAsync(row.SaidIn, rest.SaidFrom, rest.SaidTo, by, ct), Of(rest.ProofIn), rest.ProofWords, rest.ReplacedBy, steps);

        SaidWhere? Of(InteractionId? interaction) => interaction is { } known ? spoken.GetValueOrDefault(known) : null;
    }

    private async Task<SaidAround?> AroundAsync(InteractionId? saidIn, int? from, int? to, Actor by, CancellationToken ct)
    {
        if (saidIn is not { } said || from is not { } begin || to is not { } end) return null;
        // Cut here and not in the database, which counts characters otherwise.
        if (await db.InteractionsFor(by).Where(i => i.Id == said).Select(i => i.Text).SingleOrDefaultAsync(ct) is not { } text || text.Length < end) return null;
        var (start, until) = (Math.Max(0, begin - LongestAround), Math.Min(text.Length, end + LongestAround));
        if (start > 0 && char.IsLowSurrogate(text[start])) start++;
        if (until < text.Length && char.IsLowSurrogate(text[until])) until--;
        return new(begin, end, text[start..begin], text[begin..end], text[end..until]);
    }

    /// <summary>Where something was said; null when there is none such, or none visible to the reader.</summary>
    public async Task<SaidWhere?> WhereAsync(InteractionId interaction, Actor by, CancellationToken ct) => (await WhereAsync([interaction], by, ct)).GetValueOrDefault(interaction);

    /// <summary>What could show that it was kept: the latest that the side who promised said to the other after it was promised.</summary>
    public async Task<List<SaidWhere>> ProofsAsync(CommitmentRow row, int most, Actor by, CancellationToken ct)
    {
        var after = new InteractionId(Moments.Key(row.SaidAt, 0));
        var doer = row.Side == Side.OursToThem ? Direction.Outbound : Direction.Inbound;
        var visible = db.InteractionsFor(by);
        var found = await (from p in db.Set<Participant>()
                           where p.Party == row.With && p.Interaction > after
                           join i in visible on p.Interaction equals i.Id
                           where i.At > row.SaidAt && i.Voice == Voice.Human && i.Channel != Channel.Note && (i.Direction == doer || i.Direction == Direction.Mutual)
                           orderby p.Interaction descending
                           select new { i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, i.Subject, Text = i.Text.Substring(0, LongestGlimpse) }).Take(2 * most).ToListAsync(ct);
        return [.. found.Where(i => i.Id != row.SaidIn).DistinctBy(i => i.Id).Take(most).Select(i => new SaidWhere(i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, Glimpse(i.Subject, i.Text)))];
    }

    private async Task<Dictionary<InteractionId, SaidWhere>> WhereAsync(List<InteractionId> interactions, Actor by, CancellationToken ct)
    {
        if (interactions.Count == 0) return [];
        var found = await db.InteractionsFor(by).AsNoTracking().Where(i => interactions.Contains(i.Id))
            .Select(i => new { i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, i.Subject, Text = i.Text.Substring(0, LongestGlimpse) }).ToListAsync(ct);
        return found.ToDictionary(i => i.Id, i => new SaidWhere(i.Id, i.Conversation, i.Channel, i.Direction, i.At, i.AuthorName, Glimpse(i.Subject, i.Text)));
    }

    private static string Glimpse(string subject, string text) => string.IsNullOrWhiteSpace(text) ? subject : text.ReplaceLineEndings(" ").Trim();
}

internal static class MemberNames
{
    /// <summary>The names of members, in one query; those that are gone are absent.</summary>
    public static async Task<Dictionary<MemberId, string>> NamesOfAsync(this RapportDb db, IEnumerable<MemberId> members, CancellationToken ct)
    {
        var ids = members.Where(m => m != default).Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Set<Member>().Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToDictionaryAsync(m => m.Id, m => m.Name, ct);
    }
}
