using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Stores the attachments of a batch, each content once.</summary>
internal sealed class MailAttachments(RapportDb db)
{
    private const int Most = 200, LongestName = 400, LongestType = 200;

    private readonly Dictionary<string, MailAttachment> contents = [];

    /// <summary>How many are kept of a mail's; the rest stays in its raw bytes.</summary>
    public static int Count(ReadMail mail) => Math.Min(Most, mail.Attachments.Count);

    public void Add(InteractionId interaction, ReadMail mail)
    {
        foreach (var (attachment, position) in mail.Attachments.Take(Most).Select((a, i) => (a, i)))
        {
            contents.TryAdd(attachment.Sha256, attachment);
            db.Add(new Attachment
            {
                Interaction = interaction,
                Position = position,
                Name = attachment.Name.Length > LongestName ? attachment.Name[^LongestName..] : attachment.Name,
                Type = attachment.ContentType.Length > LongestType ? "application/octet-stream" : attachment.ContentType,
                Size = attachment.Size,
                ContentId = attachment.ContentId,
                Blob = Convert.FromHexString(attachment.Sha256),
            });
        }
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        if (contents.Count == 0) return;
        var hashes = contents.Keys.Select(Convert.FromHexString).ToList();
        var known = (await db.Set<Blob>().Where(b => EF.Parameter(hashes).Contains(b.Hash)).Select(b => b.Hash).ToListAsync(ct)).Select(Convert.ToHexStringLower).ToHashSet();
        foreach (var (hash, attachment) in contents.Where(c => !known.Contains(c.Key)))
        {
            await using var content = attachment.Open();
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, ct);
            db.Add(Blob.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        }
    }
}
