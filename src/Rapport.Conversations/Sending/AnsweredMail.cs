using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>The message that a mail answers or passes on, as it came where it was a mail.</summary>
internal sealed class AnsweredMail
{
    private const int MostQuoted = 60_000;
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private AnsweredMail(Interaction interaction, ReadMail? mail, OurInstallation installation) => (Interaction, Mail, this.installation) = (interaction, mail, installation);

    private readonly OurInstallation installation;

    public Interaction Interaction { get; }
    /// <summary>Null for what was no mail.</summary>
    public ReadMail? Mail { get; }

    /// <summary>The subject of an answer to it, or of passing it on.</summary>
    public string Subject(bool forward) => (forward ? "Fwd: " : "Re: ") + MailSubject.Base(Interaction.Subject);

    /// <summary>What goes into the answer's References (RFC 5322, 3.6.4).</summary>
    public IReadOnlyList<string> References => Mail is null ? [] : [.. (Mail.References.Count > 0 ? Mail.References : Mail.InReplyTo.Take(1)).Append(Mail.MessageId).Distinct()];

    /// <summary>It, if the actor may read it.</summary>
    public static async Task<AnsweredMail?> FindAsync(RapportDb db, InteractionId id, Actor by, TimeProvider clock, CancellationToken ct)
    {
        if (await db.InteractionsFor(by).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } interaction || await db.InstallationAsync(ct) is not { } installation) return null;
        var raw = interaction.Channel == Channel.Email ? await new OriginalMails(db, clock).RawAsync(id, by, ct) : null;
        return new(interaction, raw is null ? null : new OurMarks(installation).Check(MailReader.Read(raw, clock.GetUtcNow()), out _), installation);
    }

    /// <summary>How it stands beneath what answers it or passes it on; null when it has no words.</summary>
    public WrittenBefore? Before(bool forward)
    {
        var text = Mail?.Text ?? Interaction.Text;
        if (text.Length > MostQuoted) text = text[..MostQuoted] + "\n[…]";
        if (text.Trim().Length == 0 && !forward) return null;
        var at = TimeZoneInfo.ConvertTime(Interaction.At, installation.TimeZone).ToString("dddd, d MMMM yyyy 'at' HH:mm", English);
        var from = Mail?.From is { } sender ? RecipientText.Write([sender]) : Interaction.AuthorName;
        if (!forward) return new($"On {at}, {from} wrote:", text, false);
        var heading = $"---------- Forwarded message ----------\nFrom: {from}\nDate: {at}\nSubject: {Interaction.Subject}";
        if (Mail is { To.Count: > 0 }) heading += $"\nTo: {RecipientText.Write(Mail.To)}";
        if (Mail is { Cc.Count: > 0 }) heading += $"\nCc: {RecipientText.Write(Mail.Cc)}";
        return new(heading, text, true);
    }

    /// <summary>The files that came with it, those that its text shows as well: what passes it on is plain text and shows none.</summary>
    public IReadOnlyList<WrittenFile> Files() => Mail is null ? [] : [.. Mail.Attachments.Select(File)];

    /// <summary>Whom an answer to it goes to: where it asks answers to go, else its sender, also where it asks for an address of ours; of a mail of ours, whom that went to. <c>Cc</c> are those whom an answer to all goes to as well; our own addresses never.</summary>
    public (List<Correspondent> To, List<Correspondent> Cc) Recipients(bool all, IReadOnlySet<string> own)
    {
        if (Mail is null) return ([], []);
        bool Own(Correspondent c) => own.Contains(EmailAddresses.Key(c.Address) ?? c.Address);
        List<Correspondent> Others(IEnumerable<Correspondent> all) => [.. all.Where(c => !Own(c))];
        var to = Interaction.Direction == Direction.Outbound ? Others(Mail.To) : Others(Mail.ReplyTo) is { Count: > 0 } asked ? asked : Others(Mail.From is { } from ? [from] : []);
        var cc = !all ? [] : Others(Mail.To.Concat(Mail.Cc)).Where(c => !to.Exists(t => t.Address.Equals(c.Address, StringComparison.OrdinalIgnoreCase))).DistinctBy(c => c.Address.ToLowerInvariant()).ToList();
        return (to, cc);
    }

    private static WrittenFile File(MailAttachment attachment)
    {
        using var from = attachment.Open();
        using var bytes = new MemoryStream();
        from.CopyTo(bytes);
        return new(attachment.Name.Length > 0 ? attachment.Name : "attachment", attachment.ContentType, bytes.ToArray());
    }
}
