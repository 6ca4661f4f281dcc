using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;

namespace Rapport.Conversations;

internal sealed class InteractionTable : IEntityTypeConfiguration<Interaction>, IEntityTypeConfiguration<Participant>,
    IEntityTypeConfiguration<InteractionViewer>, IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<MessageIdRow>, IEntityTypeConfiguration<MentionedId>
{
    public void Configure(EntityTypeBuilder<Interaction> builder)
    {
        builder.ToTable("interactions").IsShownLive(nameof(Interaction.Conversation));
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Subject).HasMaxLength(Conversation.LongestSubject);
        builder.HasIndex(i => new { i.Conversation, i.Id });
        builder.HasIndex(i => new { i.Channel, i.Conversation }).HasFilter("channel <> 'Email'");
    }

    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        // On SQLite its rows lie in the order of the key (WITHOUT ROWID), as a migration made it: one that rebuilds this table must make it so again.
        builder.ToTable("participants");
        builder.HasKey(p => new { p.Party, p.Interaction, p.Part });
        builder.HasIndex(p => p.Interaction);
    }

    public void Configure(EntityTypeBuilder<InteractionViewer> builder)
    {
        builder.ToTable("interaction_viewers");
        builder.HasKey(v => new { v.Interaction, v.Reader });
    }

    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.ToTable("attachments");
        builder.HasKey(a => new { a.Interaction, a.Position });
        builder.Property(a => a.Name).HasMaxLength(400);
        builder.Property(a => a.Type).HasMaxLength(200);
        builder.HasIndex(a => a.Blob);
    }

    public void Configure(EntityTypeBuilder<MessageIdRow> builder)
    {
        builder.ToTable("message_ids");
        builder.HasKey(m => new { m.MessageId, m.ContentHash });
        builder.Property(m => m.MessageId).HasMaxLength(400);
        builder.Property(m => m.ContentHash).HasMaxLength(64);
        builder.HasIndex(m => m.Interaction);
    }

    public void Configure(EntityTypeBuilder<MentionedId> builder)
    {
        builder.ToTable("mentioned_ids");
        builder.HasKey(m => new { m.MessageId, m.Conversation });
        builder.Property(m => m.MessageId).HasMaxLength(400);
        builder.HasIndex(m => m.Conversation);
    }
}

/// <summary>How to reach what was said.</summary>
public static class InteractionSets
{
    /// <summary>What the actor may read: everyone's, the actor's own, and what is shared with the actor or a team of theirs.</summary>
    public static IQueryable<Interaction> InteractionsFor(this RapportDb db, Actor by)
    {
        var readers = by.Readers;
        return db.Set<Interaction>().Where(i => i.OnlyFor == null || readers.Contains(i.OnlyFor.Value) || db.Set<InteractionViewer>().Any(v => v.Interaction == i.Id && readers.Contains(v.Reader)));
    }

    /// <summary>Also that of which the actor sees no more than the subject and the people: take the rest away with <see cref="OnlyOutlinedAsync"/> before it is shown.</summary>
    internal static IQueryable<Interaction> OutlinedFor(this RapportDb db, Actor by)
    {
        var readers = by.Readers;
        return db.Set<Interaction>().Where(i => i.OnlyFor == null || i.Outlined || readers.Contains(i.OnlyFor.Value) || db.Set<InteractionViewer>().Any(v => v.Interaction == i.Id && readers.Contains(v.Reader)));
    }

    /// <summary>Of these, all outlined, the ones that the actor may not read.</summary>
    internal static async Task<HashSet<InteractionId>> OnlyOutlinedAsync(this RapportDb db, IEnumerable<InteractionId> outlined, Actor by, CancellationToken ct)
    {
        var ids = outlined.ToHashSet();
        if (ids.Count == 0) return ids;
        ids.ExceptWith(await db.InteractionsFor(by).Where(i => EF.Parameter(ids).Contains(i.Id)).Select(i => i.Id).ToListAsync(ct));
        return ids;
    }
}
