using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Updates;

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeWord>, IEntityTypeConfiguration<Affected>, IEntityTypeConfiguration<Telling>, IEntityTypeConfiguration<Unsubscribed>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices").Journaled();
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Title).HasMaxLength(Notice.LongestTitle);
        builder.Property(n => n.Affects).HasMaxLength(Notice.LongestText);
        builder.Property(n => n.Means).HasMaxLength(Notice.LongestText);
        builder.Property(n => n.WeDo).HasMaxLength(Notice.LongestText);
        builder.Property(n => n.Site).HasMaxLength(300);
        builder.HasIndex(n => new { n.Owner, n.NextWord }).HasFilter("over_at IS NULL AND next_word IS NOT NULL");
        builder.HasIndex(n => n.OverAt).HasFilter("over_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<NoticeWord> builder)
    {
        builder.ToTable("notice_words").Journaled();
        builder.HasKey(w => new { w.Notice, w.Place });
        builder.Property(w => w.Place).ValueGeneratedNever();
        builder.Property(w => w.Words).HasMaxLength(Notice.LongestText);
        builder.Property(w => w.Reason).HasMaxLength(Affected.LongestReason);
        builder.HasOne<Notice>().WithMany().HasForeignKey(w => w.Notice);
        builder.HasIndex(w => new { w.Notice, w.Place }, "ix_notice_words_untold").HasFilter("told_at IS NULL");
        // How far the telling is says nothing that a reader of the journal could use.
        builder.Property(w => w.ResolvedTo).Unjournaled();
        builder.Property(w => w.ResolvedAt).Unjournaled();
        builder.Property(w => w.ToldTo).Unjournaled();
        builder.Property(w => w.ToldAt).Unjournaled();
    }

    public void Configure(EntityTypeBuilder<Affected> builder)
    {
        builder.ToTable("affected");
        builder.HasKey(a => new { a.Notice, a.Party });
        builder.Property(a => a.Reason).HasMaxLength(Affected.LongestReason);
        builder.HasOne<Notice>().WithMany().HasForeignKey(a => a.Notice);
        builder.HasIndex(a => a.Party);
    }

    public void Configure(EntityTypeBuilder<Telling> builder)
    {
        builder.ToTable("tellings");
        builder.HasKey(t => new { t.Notice, t.Place, t.Party });
        builder.Property(t => t.Place).ValueGeneratedNever();
        builder.Property(t => t.Address).HasMaxLength(254);
        builder.Property(t => t.Why).HasMaxLength(Telling.LongestWhy);
        builder.HasOne<Affected>().WithMany().HasForeignKey(t => new { t.Notice, t.Party });
        builder.HasIndex(t => new { t.Notice, t.Party });
        builder.HasIndex(t => t.Interaction).HasFilter("interaction IS NOT NULL");
        builder.HasIndex(t => t.Address).HasFilter("address <> ''");
    }

    public void Configure(EntityTypeBuilder<Unsubscribed> builder)
    {
        builder.ToTable("unsubscribed").Journaled();
        builder.HasKey(u => new { u.Address, u.Topic, u.Channel });
        builder.Property(u => u.Address).HasMaxLength(254);
    }
}

/// <summary>How to reach the notices.</summary>
public static class NoticeSets
{
    /// <summary>A notice binds the organisation: every member may see every one, and whom it reached. What they answered may still be somebody's alone.</summary>
    public static IQueryable<Notice> NoticesFor(this RapportDb db, Actor by) => db.Set<Notice>().Where(_ => by.Roles != Roles.None);

    /// <summary>The connected mailboxes from which the actor may send notices, those of several people first: what goes out from there is others' to go on with, too.</summary>
    internal static IQueryable<Mailbox> MailboxesForNotices(this RapportDb db, Actor by) =>
        db.MailboxesToWriteFrom(by).Where(m => db.Set<MailboxConnection>().Any(c => c.Mailbox == m.Id)).OrderBy(m => m.Owner == by.Id ? 1 : 0).ThenBy(m => m.Name);
}
