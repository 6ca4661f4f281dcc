using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>A further member or team that may read a conversation that is not for everyone.</summary>
internal sealed class ConversationViewer
{
    public ConversationId Conversation { get; init; }
    public ReaderId Reader { get; init; }
}

/// <summary>With whom a member shares what is theirs in one conversation, instead of what their mailbox says.</summary>
internal sealed class ConversationSharing
{
    public ConversationId Conversation { get; init; }
    public MemberId Owner { get; init; }
    public Visibility Visibility { get; set; }
    public TeamId? Team { get; set; }

    public Sharing Sharing => new(Visibility, Team);
}

internal sealed class ConversationTable : IEntityTypeConfiguration<Conversation>, IEntityTypeConfiguration<ConversationViewer>, IEntityTypeConfiguration<ConversationSharing>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversations").IsShownLive(nameof(Conversation.Id));
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Subject).HasMaxLength(Conversation.LongestSubject);
        // Every order of the list walks one of these; those of a kind that may be rare hold only that kind.
        builder.HasIndex(c => new { c.LastAt, c.Id });
        builder.HasIndex(c => new { c.Customer, c.LastAt });
        builder.HasIndex(c => new { c.Owner, c.LastAt, c.Id });
        builder.HasIndex(c => new { c.State, c.LastAt, c.Id });
        builder.HasIndex(c => new { c.Owner, c.State, c.LastAt, c.Id });
        builder.HasIndex(c => new { c.Team, c.State, c.LastAt, c.Id }).HasFilter("team IS NOT NULL");
        builder.HasIndex(c => new { c.State, c.LastAt, c.Id }, "ix_conversations_unassigned").HasFilter("owner IS NULL");
        builder.HasIndex(c => new { c.SnoozedUntil, c.Id }).HasFilter("snoozed_until IS NOT NULL");
        builder.HasIndex(c => new { c.LastAt, c.Id }, "ix_conversations_automatic").HasFilter("automatic");
        builder.HasIndex(c => new { c.LastAt, c.Id }, "ix_conversations_unsure").HasFilter("unsure");
        builder.Property(c => c.ListId).HasMaxLength(200);
        builder.HasIndex(c => new { c.WaitingSince, c.Id }).HasFilter("waiting_since IS NOT NULL");
        builder.HasIndex(c => new { c.Owner, c.WaitingSince, c.Id }).HasFilter("waiting_since IS NOT NULL");
        builder.HasIndex(c => new { c.Customer, c.WaitingSince }).HasFilter("waiting_since IS NOT NULL");
        builder.HasIndex(c => c.WaitingPerson).HasFilter("waiting_person IS NOT NULL");
        builder.Property(c => c.ClockTime).HasMaxLength(10);
        builder.Ignore(c => c.Starting);
        builder.HasIndex(c => new { c.DueAt, c.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(c => new { c.Owner, c.DueAt, c.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(c => new { c.Team, c.DueAt, c.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(c => new { c.Owner, c.DueAt }, "ix_conversations_speak_again").HasFilter("clock = 'SpeakAgain'");
    }

    public void Configure(EntityTypeBuilder<ConversationViewer> builder)
    {
        builder.ToTable("conversation_viewers").IsShownLive(nameof(ConversationViewer.Conversation));
        builder.HasKey(v => new { v.Conversation, v.Reader });
    }

    public void Configure(EntityTypeBuilder<ConversationSharing> builder)
    {
        builder.ToTable("conversation_sharings");
        builder.HasKey(s => new { s.Conversation, s.Owner });
        builder.Ignore(s => s.Sharing);
    }
}

/// <summary>How to reach the conversations.</summary>
public static class ConversationSets
{
    /// <summary>Those the actor may read: everyone's, the actor's own, and what is shared with the actor or a team of theirs.</summary>
    public static IQueryable<Conversation> ConversationsFor(this RapportDb db, Actor by)
    {
        var readers = by.Readers;
        return db.Set<Conversation>().Where(c => c.MergedInto == null && (c.OnlyFor == null || readers.Contains(c.OnlyFor.Value) || db.Set<ConversationViewer>().Any(v => v.Conversation == c.Id && readers.Contains(v.Reader))));
    }

    /// <summary>Also those of which the actor sees no more than the subject and the people. For lists and headings; whoever shows text asks <see cref="InteractionSets.InteractionsFor"/>.</summary>
    public static IQueryable<Conversation> OutlinesFor(this RapportDb db, Actor by)
    {
        var readers = by.Readers;
        return db.Set<Conversation>().Where(c => c.MergedInto == null && (c.OnlyFor == null || c.Outlined || readers.Contains(c.OnlyFor.Value) || db.Set<ConversationViewer>().Any(v => v.Conversation == c.Id && readers.Contains(v.Reader))));
    }

    /// <summary>Those in which somebody waits for us (V13), put away or not: whoever puts one away has not answered it. Where the question is not for the actor's eyes, nobody waits for the actor.</summary>
    public static IQueryable<Conversation> WaitingFor(this RapportDb db, Actor by)
    {
        var visible = db.InteractionsFor(by);
        return db.ConversationsFor(by).Where(c => c.WaitingSince != null && (!c.Mixed || visible.Any(i => i.Id == c.WaitingFor)));
    }

    /// <summary>Less those put away until a time that is still to come.</summary>
    public static IQueryable<Conversation> NotPutAway(this IQueryable<Conversation> all, DateTimeOffset now) => all.Where(c => c.SnoozedUntil == null || c.SnoozedUntil <= now);

    /// <summary>One of those, tracked; null when there is none that the actor may know of.</summary>
    public static Task<Conversation?> ConversationAsync(this RapportDb db, ConversationId id, Actor by, CancellationToken ct) =>
        db.ConversationsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Where a conversation is now: itself, or what it became a part of.</summary>
    public static async Task<ConversationId> NowAsync(this RapportDb db, ConversationId id, CancellationToken ct) => (await db.NowAsync([id], ct))[id];

    /// <summary>Where conversations are now; each that is gone is itself.</summary>
    internal static async Task<Dictionary<ConversationId, ConversationId>> NowAsync(this RapportDb db, IReadOnlyCollection<ConversationId> ids, CancellationToken ct)
    {
        var now = ids.Distinct().ToDictionary(id => id);
        for (var hops = 0; hops < MostHops; hops++)
        {
            var places = now.Values.Distinct().ToList();
            var moved = await db.Set<Conversation>().Where(c => EF.Parameter(places).Contains(c.Id) && c.MergedInto != null).ToDictionaryAsync(c => c.Id, c => c.MergedInto!.Value, ct);
            if (moved.Count == 0) break;
            foreach (var (id, place) in now.ToList()) now[id] = moved.GetValueOrDefault(place, place);
        }
        return now;
    }

    private const int MostHops = 50;
}
