using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Conversations;

/// <summary>Id of an open page's line to here.</summary>
public readonly record struct LineId(Guid Value) : IId<LineId>
{
    /// <inheritdoc/>
    public static LineId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>That a member has a conversation in front of them, in one window, until they leave or are not heard of any more.</summary>
internal sealed class Presence
{
    /// <summary>A window says every ten seconds that it is there still; two times may be lost.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(25);

    public LineId Line { get; init; }
    public ConversationId Conversation { get; init; }
    public MemberId Member { get; init; }
    /// <summary>They write an answer.</summary>
    public bool Writing { get; set; }
    public DateTimeOffset Until { get; set; }
}

internal sealed class PresenceTable : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> builder)
    {
        builder.ToTable("presences");
        builder.HasKey(p => p.Line);
        builder.HasIndex(p => p.Conversation);
    }
}

/// <summary>Who looks at a conversation or writes in it now.</summary>
public sealed class Presences(RapportDb db, TimeProvider clock)
{
    /// <summary>A member opened its page.</summary>
    internal async Task ComeAsync(LineId line, ConversationId conversation, Actor by, CancellationToken ct)
    {
        db.Add(new Presence { Line = line, Conversation = conversation, Member = by.Id, Until = clock.GetUtcNow() + Presence.Lasts });
        db.CameOrWent(conversation.Value);
        await db.SaveOrThrowAsync(by, ct);
    }

    /// <summary>They are there still, and write or do not.</summary>
    public async Task<Refusal?> StayAsync(LineId line, bool writing, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<Presence>().SingleOrDefaultAsync(p => p.Line == line && p.Member == by.Id, ct) is not { } presence) return Refusal.Missing("presence");
        if (presence.Writing != writing || presence.Until <= now) db.CameOrWent(presence.Conversation.Value);
        (presence.Writing, presence.Until) = (writing, now + Presence.Lasts);
        return await db.SaveAsync(by, ct);
    }

    /// <summary>They went.</summary>
    internal async Task GoAsync(LineId line, CancellationToken ct)
    {
        if (await db.Set<Presence>().SingleOrDefaultAsync(p => p.Line == line, ct) is not { } presence) return;
        db.Remove(presence);
        db.CameOrWent(presence.Conversation.Value);
        // Refused, it is gone already.
        _ = await db.SaveAsync(Actor.Rapport, ct);
    }

    /// <summary>Who else is there, in a sentence; empty when nobody is, or the reader may not see the conversation.</summary>
    public async Task<string> SayAsync(ConversationId conversation, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var there = await db.Set<Presence>().AsNoTracking().Where(p => p.Conversation == conversation && p.Member != by.Id && p.Until > now).ToListAsync(ct);
        if (there.Count == 0 || !await db.ConversationsFor(by).AnyAsync(c => c.Id == conversation, ct)) return "";
        var names = await db.NamesOfMembersAsync(there.Select(p => (MemberId?)p.Member), ct);
        var people = there.GroupBy(p => p.Member).Select(g => (Name: names.GetValueOrDefault(g.Key, "Somebody"), Writing: g.Any(p => p.Writing))).OrderBy(p => p.Name, StringComparer.CurrentCulture).ToLookup(p => p.Writing, p => p.Name);
        return string.Join(' ', new[] { Say(people[true], "is writing a reply.", "are writing a reply."), Say(people[false], "is looking at this too.", "are looking at this too.") }.Where(s => s.Length > 0));
    }

    private static string Say(IEnumerable<string> names, string one, string several) => names.ToList() switch
    {
        [] => "",
        [var name] => $"{name} {one}",
        [.. var first, var last] => $"{string.Join(", ", first)} and {last} {several}",
    };
}

/// <summary>Forgets windows that were never heard of again: their node was killed.</summary>
internal sealed class ForgetPresences(RapportDb db, TimeProvider clock) : IJob
{
    public Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Presence.Lasts;
        return db.Set<Presence>().Where(p => p.Until < before).ExecuteDeleteAsync(ct);
    }
}
