using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Writes down what the mails of a batch tell of addresses: whom a mail of ours did not reach, who has left, and who was heard again after mail to them had come back.</summary>
internal sealed class AddressesReported(RapportDb db)
{
    private readonly List<AddressReport> made = [];
    private readonly List<(string Address, Interaction Interaction)> heard = [];

    public void Take(Interaction interaction, ReadMail mail)
    {
        var about = Threads.Candidates(mail).FirstOrDefault();
        foreach (var bounce in mail.Bounces) Add(interaction, bounce.Recipient, bounce.Kind.News(), about, bounce.Status, bounce.Diagnostic);
        foreach (var arrived in mail.Arrived) Add(interaction, arrived, AddressNews.Arrived, about);
        if (mail.Complaint is { } complaint) Add(interaction, complaint.Recipient, AddressNews.Complaint, about, "", complaint.Type);
        if (mail.From is not { } from || interaction.Direction != Direction.Inbound) return;
        if (interaction.Voice == Voice.Human && EmailAddresses.Key(from.Address) is { } key) heard.Add((key, interaction));
        else if (mail.SaysLeft is { } sentence && !mail.IsReport) Add(interaction, from.Address, AddressNews.Left, about, "", sentence);
    }

    /// <summary>Whoever wrote since is reached after all. Asked once for the batch; most batches end there.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        var addresses = heard.Select(h => h.Address).Distinct().ToList();
        if (addresses.Count == 0) return;
        var stored = await db.Set<AddressReport>().AsNoTracking().Where(r => EF.Parameter(addresses).Contains(r.Address)).ToListAsync(ct);
        var all = stored.Concat(made).Where(r => r.News is not (AddressNews.Delayed or AddressNews.Complaint)).ToLookup(r => r.Address);
        foreach (var one in heard.GroupBy(h => h.Address))
        {
            var reports = all[one.Key].OrderBy(r => r.Interaction).ToList();
            foreach (var (_, interaction) in one.OrderBy(h => h.Interaction.Id))
            {
                var place = reports.FindLastIndex(r => r.Interaction < interaction.Id);
                if (place < 0 || reports[place].News is AddressNews.Heard or AddressNews.Arrived) continue;
                var report = new AddressReport { Address = one.Key, Interaction = interaction.Id, News = AddressNews.Heard, At = interaction.At };
                db.Add(report);
                reports.Insert(place + 1, report);
            }
        }
    }

    private void Add(Interaction interaction, string given, AddressNews news, string? about, string status = "", string diagnostic = "")
    {
        if ((EmailAddresses.Key(given) ?? given.ToLowerInvariant()) is not { Length: > 0 and <= 254 } address) return;
        if (made.Exists(m => m.Interaction == interaction.Id && m.Address == address)) return;
        var report = new AddressReport
        {
            Address = address, Interaction = interaction.Id, News = news, At = interaction.At, About = about,
            Status = status, Diagnostic = diagnostic.Length > AddressReport.LongestDiagnostic ? diagnostic[..AddressReport.LongestDiagnostic] : diagnostic,
        };
        made.Add(report);
        db.Add(report);
    }
}
