using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>A note that was written.</summary>
/// <param name="Told">Whom it mentions: they find it on their Today.</param>
/// <param name="NotTold">Whom it mentions who may not see the conversation, by name.</param>
public sealed record NoteWritten(InteractionId Interaction, IReadOnlyList<MemberId> Told, IReadOnlyList<string> NotTold);

/// <summary>Writes a note among ourselves into a conversation. It is never sent; whoever sees the conversation sees it, and whom it mentions (@name) is told.</summary>
public sealed class WriteNote(RapportDb db, RecordInteraction record, TimeProvider clock)
{
    /// <summary>Writes it.</summary>
    public async Task<Result<NoteWritten>> RunAsync(ConversationId id, string? text, Actor by, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!(await record.RunAsync(new(Channel.Note, text ?? "", []) { Conversation = id }, by, ct)).Succeeded(out var recorded, out var refusal)) return refusal;
        var (told, notTold) = (new List<MemberId>(), new List<string>());
        foreach (var member in Mentions.In(text!, await db.MembersHereAsync(ct)).Where(m => m.Id != by.Id))
        {
            if (!await db.MayReadAsync(id, member.Id, ct))
            {
                notTold.Add(member.Name);
                continue;
            }
            told.Add(member.Id);
            db.Add(new Nudge { Id = Ids.New<NudgeId>(clock), Member = member.Id, Conversation = id, Kind = NudgeKind.Mentioned, Note = recorded.Interaction, At = clock.GetUtcNow() });
        }
        if (told.Count > 0 && await db.SaveAsync(by, ct) is { } conflict) return conflict;
        if (own is not null) await own.CommitAsync(ct);
        return new NoteWritten(recorded.Interaction, told, notTold);
    }
}

/// <summary>Finds whom a text mentions: @ and a name, a first name that only one of us has, or what stands before the @ of their address.</summary>
internal static class Mentions
{
    private const int Most = 20;

    public static IReadOnlyList<MemberRow> In(string text, IReadOnlyList<MemberRow> members)
    {
        var names = members.SelectMany(m => new[] { m.Name, m.Name.Split(' ')[0], m.Email.Split('@')[0] }.Select(TextFold.Fold).Distinct().Select(n => (Name: n, Member: m)))
            .GroupBy(n => n.Name).Where(g => g.Key.Length > 0 && g.Count() == 1).Select(g => g.First()).OrderByDescending(n => n.Name.Length).ToList();
        var found = new List<MemberRow>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && found.Count < Most; at = text.IndexOf('@', at + 1))
        {
            // The @ of an address is no mention.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1])) continue;
            var rest = TextFold.Fold(text.Substring(at + 1, Math.Min(Member.LongestName, text.Length - at - 1)));
            if (names.Find(n => rest.StartsWith(n.Name, StringComparison.Ordinal) && (rest.Length == n.Name.Length || !char.IsLetterOrDigit(rest[n.Name.Length]))) is { Member: { } member } && !found.Contains(member)) found.Add(member);
        }
        return found;
    }
}
