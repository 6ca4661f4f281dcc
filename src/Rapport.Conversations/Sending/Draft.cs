using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Id of a draft.</summary>
public readonly record struct DraftId(Guid Value) : IId<DraftId>
{
    /// <inheritdoc/>
    public static DraftId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a mail that is being written does with the message it began from. Names are stored, so they are not renamed.</summary>
public enum DraftKind
{
    /// <summary>It began from none.</summary>
    Mail,
    /// <summary>Answers who wrote it.</summary>
    Answer,
    /// <summary>Answers everybody in it.</summary>
    AnswerToAll,
    /// <summary>Passes it on.</summary>
    Forward,
}

/// <summary>A mail that a member is writing: kept until it is out, so that nothing is lost on the way. Nobody else sees it.</summary>
public sealed class Draft : IVersioned
{
    /// <summary>Its id; whoever writes makes it, so that the same form sent twice is the same mail.</summary>
    public DraftId Id { get; init; }
    /// <summary>Who writes it.</summary>
    public MemberId Author { get; init; }
    /// <summary>What it does with the message it began from.</summary>
    public DraftKind Kind { get; set; }
    /// <summary>The conversation it belongs to.</summary>
    public ConversationId? Conversation { get; set; }
    /// <summary>The message it began from.</summary>
    public InteractionId? Answers { get; set; }
    /// <summary>From which mailbox.</summary>
    public MailboxId? Mailbox { get; set; }
    /// <summary>Whom it is addressed to, as typed.</summary>
    public string To { get; set; } = "";
    /// <summary>Who is in copy, as typed.</summary>
    public string Cc { get; set; } = "";
    /// <summary>Who is in blind copy, as typed.</summary>
    public string Bcc { get; set; } = "";
    /// <summary>What it is about.</summary>
    public string Subject { get; set; } = "";
    /// <summary>The words.</summary>
    public string Text { get; set; } = "";
    /// <summary>The newest message its writer has seen in the conversation (V10).</summary>
    public InteractionId? SeenLast { get; set; }
    /// <summary>How many there were.</summary>
    public int SeenCount { get; set; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>When it is to be sent by itself; null for by hand.</summary>
    public DateTimeOffset? SendAt { get; set; }
    /// <summary>Why it was not sent at its time, in a sentence; null when nothing was wrong.</summary>
    public string? Stopped { get; set; }
    /// <summary>What was said by it, from when it is sent until it can no longer be taken back.</summary>
    public InteractionId? SentAs { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    internal ConversationSeen? Seen => SeenLast is { } last ? new(last, SeenCount) : null;
}

/// <summary>A file that goes with a draft.</summary>
public sealed class DraftFile
{
    /// <summary>With which.</summary>
    public DraftId Draft { get; init; }
    /// <summary>Its place among them.</summary>
    public int Position { get; init; }
    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";
    /// <summary>Its media type.</summary>
    public string Type { get; init; } = "";
    /// <summary>Bytes.</summary>
    public long Size { get; init; }
    /// <summary>The blob that holds it.</summary>
    public byte[] Blob { get; init; } = [];
}

internal sealed class DraftTable : IEntityTypeConfiguration<Draft>, IEntityTypeConfiguration<DraftFile>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("drafts");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Subject).HasMaxLength(Conversation.LongestSubject);
        builder.Property(d => d.Stopped).HasMaxLength(1_000);
        builder.HasIndex(d => new { d.Author, d.ChangedAt });
        builder.HasIndex(d => d.SendAt).HasFilter("send_at IS NOT NULL");
        builder.HasIndex(d => d.SentAs).HasFilter("sent_as IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<DraftFile> builder)
    {
        builder.ToTable("draft_files");
        builder.HasKey(f => new { f.Draft, f.Position });
        builder.Property(f => f.Name).HasMaxLength(400);
        builder.Property(f => f.Type).HasMaxLength(200);
        builder.HasIndex(f => f.Blob);
        builder.HasOne<Draft>().WithMany().HasForeignKey(f => f.Draft).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>How to reach what is being written.</summary>
public static class DraftSets
{
    /// <summary>The actor's own drafts that are not sent.</summary>
    public static IQueryable<Draft> DraftsOf(this RapportDb db, Actor by) => db.Set<Draft>().Where(d => d.Author == by.Id && d.SentAs == null);

    /// <summary>The files that go with a draft.</summary>
    public static Task<List<DraftFile>> FilesOfAsync(this RapportDb db, DraftId id, CancellationToken ct) => db.Set<DraftFile>().AsNoTracking().Where(f => f.Draft == id).OrderBy(f => f.Position).ToListAsync(ct);

    /// <summary>Forgets those of these blobs that nothing holds any more. Nobody else writes meanwhile, so that none is taken for stored that is gone a moment later.</summary>
    internal static async Task ForgetBlobsAsync(this RapportDb db, IReadOnlyCollection<byte[]> hashes, CancellationToken ct)
    {
        if (hashes.Count == 0) return;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Dialect.LockJournalAsync(db, ct);
        await db.Set<Blob>().Where(b => EF.Parameter(hashes).Contains(b.Hash) && !db.Set<Intake>().Any(i => i.Raw == b.Hash) && !db.Set<Attachment>().Any(a => a.Blob == b.Hash) && !db.Set<DraftFile>().Any(f => f.Blob == b.Hash)).ExecuteDeleteAsync(ct);
        if (own is not null) await own.CommitAsync(ct);
    }
}
