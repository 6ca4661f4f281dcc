using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Writes down what a server said of recipients while it was handed a mail, as a bounce of that mail is written down (V7): for whom it refused them, or refused what we send.</summary>
internal sealed class RefusedRecipients(RapportDb db, InteractionId mail, DateTimeOffset now)
{
    /// <summary>Adds a report for each of these dispatches, where the server's words tell something of an address or of us. The caller saves.</summary>
    /// <param name="rows">To whom it was refused for good.</param>
    /// <param name="answer">What the server said.</param>
    /// <param name="gaveUp">It put them off until nobody tried any more.</param>
    /// <param name="ct">Stops it.</param>
    public async Task WriteAsync(IQueryable<Dispatch> rows, Answer answer, bool gaveUp, CancellationToken ct)
    {
        var (kind, status) = BounceRule.Of("", answer.Said, "");
        if (gaveUp && kind != BounceKind.Policy) kind = BounceKind.Soft;
        // What is refused of the mail as a whole says nothing of who was to have it, but perhaps something of us.
        if (!answer.OfRecipient && kind != BounceKind.Policy) return;
        var addresses = await rows.Select(d => d.Recipient).ToListAsync(ct);
        var told = await db.Set<AddressReport>().Where(r => r.Interaction == mail && EF.Parameter(addresses).Contains(r.Address)).Select(r => r.Address).ToListAsync(ct);
        var about = await db.Set<OutgoingMail>().Where(m => m.Interaction == mail).Select(m => m.MessageId).SingleAsync(ct);
        db.AddRange(addresses.Except(told).Select(address => new AddressReport
        {
            Address = address, Interaction = mail, News = kind.News(), At = now, About = about, Status = status,
            Diagnostic = answer.Said.Length > AddressReport.LongestDiagnostic ? answer.Said[..AddressReport.LongestDiagnostic] : answer.Said,
        }));
    }
}
