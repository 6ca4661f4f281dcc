using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A mail as far as it is written.</summary>
public sealed record DraftWords(DraftKind Kind, ConversationId? Conversation, InteractionId? Answers, MailboxId? Mailbox, string? To, string? Cc, string? Bcc, string? Subject, string? Text)
{
    /// <summary>What its writer has seen of the conversation.</summary>
    public ConversationSeen? Seen { get; init; }
}

/// <summary>Keeps what a member is writing, and what is to go with it.</summary>
public sealed class KeepDraft(RapportDb db, ChannelsOptions options, TimeProvider clock)
{
    private const int LongestField = 20_000, MostFiles = 50;

    /// <summary>Keeps it, with more files. Refused when it is sent already, or too much to be sent; what was there before stays then.</summary>
    public async Task<Refusal?> RunAsync(DraftId id, DraftWords words, IReadOnlyList<WrittenFile> more, Actor by, CancellationToken ct)
    {
        if (words.Text?.Length > Interaction.LongestText) return Refusal.Invalid("text.long", $"Write at most {Interaction.LongestText:N0} characters, or attach a file.", "text");
        if (words.Subject?.Length > Conversation.LongestSubject) return Refusal.Invalid("subject.long", $"Write at most {Conversation.LongestSubject} characters.", "subject");
        foreach (var (field, value) in new[] { ("to", words.To), ("cc", words.Cc), ("bcc", words.Bcc) })
            if (value?.Length > LongestField) return Refusal.Invalid("recipients.long", "These are too many people for one mail. To reach more, send a notice.", field);

        var draft = await db.Set<Draft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is not null && draft.Author != by.Id) return Refusal.Missing("draft");
        if (draft is { SentAs: not null }) return Refusal.Conflict("draft.sent", "It is sent already.");
        // Else a file that is stored already could be forgotten before this draft holds it.
        await using var transaction = more.Count > 0 ? await db.Database.BeginTransactionAsync(ct) : null;
        if (more.Count > 0) await db.Dialect.LockJournalAsync(db, ct);
        if (await AttachAsync(id, more, ct) is { } tooMuch) return tooMuch;
        if (draft is null) db.Add(draft = new Draft { Id = id, Author = by.Id });
        (draft.Kind, draft.Conversation, draft.Answers, draft.Mailbox) = (words.Kind, words.Conversation, words.Answers, words.Mailbox);
        (draft.To, draft.Cc, draft.Bcc, draft.Subject, draft.Text) = (words.To ?? "", words.Cc ?? "", words.Bcc ?? "", words.Subject ?? "", words.Text ?? "");
        (draft.SeenLast, draft.SeenCount) = (words.Seen?.Last, words.Seen?.Count ?? 0);
        (draft.ChangedAt, draft.Stopped, draft.SendAt) = (clock.GetUtcNow(), null, null);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        if (transaction is not null) await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Takes a file away again.</summary>
    public async Task<Refusal?> DetachAsync(DraftId id, int position, Actor by, CancellationToken ct)
    {
        if (!await db.DraftsOf(by).AnyAsync(d => d.Id == id, ct) || await db.Set<DraftFile>().SingleOrDefaultAsync(f => f.Draft == id && f.Position == position, ct) is not { } file) return Refusal.Missing("file");
        db.Remove(file);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await db.ForgetBlobsAsync([file.Blob], ct);
        return null;
    }

    /// <summary>Throws it away; refused when it is sent already.</summary>
    public async Task<Refusal?> DiscardAsync(DraftId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Draft>().SingleOrDefaultAsync(d => d.Id == id && d.Author == by.Id, ct) is not { } draft) return Refusal.Missing("draft");
        if (draft.SentAs is not null) return Refusal.Conflict("draft.sent", "It is sent already.");
        var blobs = (await db.FilesOfAsync(id, ct)).ConvertAll(f => f.Blob);
        db.Remove(draft);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await db.ForgetBlobsAsync(blobs, ct);
        return null;
    }

    private async Task<Refusal?> AttachAsync(DraftId id, IReadOnlyList<WrittenFile> more, CancellationToken ct)
    {
        if (more.Count == 0) return null;
        var there = await db.FilesOfAsync(id, ct);
        if (there.Count + more.Count > MostFiles) return Refusal.Invalid("files.many", $"Attach at most {MostFiles} files.", "files");
        // As base64 a file is a third larger.
        if ((there.Sum(f => f.Size) + more.Sum(f => (long)f.Bytes.Length)) * 4 / 3 > options.LargestWrittenMegabytes * 1024L * 1024) return Refusal.Invalid("files.large", $"All files together may have about {options.LargestWrittenMegabytes * 3 / 4} MB; most servers take no larger mail. Leave some out, or send a link.", "files");
        var position = there.Count == 0 ? 0 : there.Max(f => f.Position) + 1;
        foreach (var file in more)
        {
            var name = file.Name.Length > 400 ? file.Name[^400..] : file.Name;
            db.Add(new DraftFile { Draft = id, Position = position++, Name = name, Type = file.Type.Length > 200 ? "" : file.Type, Size = file.Bytes.Length, Blob = await db.StoreBlobAsync(file.Bytes, ct) });
        }
        return null;
    }
}
