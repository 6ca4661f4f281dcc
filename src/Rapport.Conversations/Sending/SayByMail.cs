using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Says a mail of ours: keeps its bytes, reads them as any mail is read, so that what we keep is what they get, and puts it into the ledger by which it goes out. Within the caller's transaction, who saves.</summary>
internal sealed class SayByMail(RapportDb db, QueueMail queue, TimeProvider clock)
{
    public async Task<MailSent> RunAsync(Mailbox box, WrittenMail mail, byte[] bytes, IReadOnlyList<Correspondent> bcc, WrittenHere written, DateTimeOffset due, string source, Actor by, CancellationToken ct)
    {
        var intake = new Intake { Id = Ids.New<IntakeId>(clock), Mailbox = box.Id, Source = source, Raw = await db.StoreBlobAsync(bytes, ct), ReceivedAt = written.At, Sent = true };
        db.Add(intake);
        // Whom the others do not see took part all the same.
        var read = MailBytes.WithoutMark(MailReader.Read(bytes, written.At), mail);
        read = read with { Cc = [.. read.Cc, .. bcc] };
        var place = new PlaceMail(db, clock, box, null);
        await place.LoadAsync([(intake, read)], ct, written.Into);
        await place.TakeAsync(intake, read, ct, written);
        await place.FinishAsync(by, ct);
        var interaction = db.Set<Interaction>().Local.Single(i => i.Id == intake.Interaction);
        await queue.AddAsync(intake, mail, interaction.Id, bcc, due, ct);
        return new(interaction.Id, interaction.Conversation, due);
    }
}
