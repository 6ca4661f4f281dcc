using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Writes down what the mails of a batch tell of addresses: whom a mail of ours did not reach, who has left, and who was heard again after mail to them had come back. What is told of mail that we did not send there is kept and counts for nothing.</summary>
internal sealed class AddressesReported(RapportDb db, Mailbox box, TimeProvider clock)
{
    private sealed record Told(Interaction Interaction, IReadOnlyList<string> About, string Address, AddressNews News, string Status = "", string Diagnostic = "")
    {
        public Bounce? Bounce { get; init; }
    }

    private readonly OurRecipients ours = new(db, box);
    private readonly List<Told> told = [];
    private readonly List<AddressReport> made = [];
    private readonly List<(string Address, Interaction Interaction)> heard = [];

    /// <summary>Bounces that name no mail, with the Message-ID of the only one that went there lately.</summary>
    public List<(string MessageId, Bounce Bounce)> Found { get; } = [];

    /// <summary>A mail of ours that went out by another program.</summary>
    public void Sent(ReadMail mail) => ours.Take(mail);

    public void Take(Interaction interaction, ReadMail mail)
    {
        List<string> about = [.. Threads.Candidates(mail)];
        foreach (var bounce in mail.Bounces) told.Add(new(interaction, about, bounce.Recipient, bounce.Kind.News(), bounce.Status, bounce.Diagnostic) { Bounce = bounce });
        foreach (var arrived in mail.Arrived) told.Add(new(interaction, about, arrived, AddressNews.Arrived));
        if (mail.Complaint is { IsOfAbuse: true } complaint) told.Add(new(interaction, about, complaint.Recipient, AddressNews.Complaint, "", complaint.Type));
        if (mail.From is not { } from || interaction.Direction != Direction.Inbound) return;
        if (interaction.Voice == Voice.Human && EmailAddresses.Key(from.Address) is { } key) heard.Add((key, interaction));
        else if (mail.SaysLeft is { } sentence && !mail.IsReport) Add(interaction, from.Address, AddressNews.Left, about.FirstOrDefault(), "", sentence);
    }

    /// <summary>Weighs what was told, once for the batch; most batches tell nothing.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (ours.Taken.Count > 0) await CountLateAsync(ct);
        if (told.Count > 0) await WeighAsync(ct);
        if (heard.Count > 0) await HearAsync(ct);
    }

    private async Task WeighAsync(CancellationToken ct)
    {
        var mails = await ours.OfAsync([.. told.SelectMany(t => t.About).Distinct()], ct);
        List<(Told Told, string Address, string? About)> weighed = [.. told.Select(t => Weigh(t, mails))];
        var lately = await ours.LatelyAsync([.. weighed.Where(w => w is { About: null, Address.Length: > 0 }).Select(w => (w.Address, w.Told.Interaction.At))], ct);
        foreach (var (one, address, named) in weighed)
        {
            string? only = null;
            var wrote = named is null && lately.TryGetValue((address, one.Interaction.At), out only);
            if (only is not null && one.Bounce is { } bounce) Found.Add((only, bounce));
            var news = named is not null ? one.News : wrote ? Nameless(one.News) : AddressNews.Unproven;
            if (news == AddressNews.Unproven && one.News == AddressNews.Arrived) continue;
            Add(one.Interaction, address, news, named ?? (news == AddressNews.Unproven ? null : only) ?? (one.About is [var first, ..] ? first : null), one.Status, one.Diagnostic);
        }
    }

    // Anybody can write to somebody we wrote to lately that their address is dead: what names no mail of ours is said of the mail it hangs on, and closes no address.
    private static AddressNews Nameless(AddressNews news) => news switch
    {
        AddressNews.Hard => AddressNews.Unknown,
        AddressNews.Soft or AddressNews.Policy or AddressNews.Delayed or AddressNews.Unknown => news,
        AddressNews.Complaint or AddressNews.Arrived or AddressNews.Heard or AddressNews.Left or AddressNews.Unproven => AddressNews.Unproven,
    };

    // Which mail of ours that went there it is about; none where About is null.
    private static (Told, string Address, string? About) Weigh(Told one, Dictionary<string, HashSet<string>> mails)
    {
        var address = OurRecipients.Key(one.Address);
        if (one.About.FirstOrDefault(id => mails.TryGetValue(id, out var went) && went.Contains(address)) is { } about) return (one, address, about);
        // Complaints conceal who complains (RFC 6590): all of the address, or what stands before its domain. Of a mail to one, it can be nobody else.
        if (one.News == AddressNews.Complaint && one.About.FirstOrDefault(id => mails.TryGetValue(id, out var went) && went.Count == 1 && (address.Length == 0 || Domain(address) == Domain(went.First()))) is { } only) return (one, mails[only].First(), only);
        return (one, address, null);
    }

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];

    // A folder of sent mail may be read after what came back of it.
    private async Task CountLateAsync(CancellationToken ct)
    {
        var ids = ours.Taken.ToList();
        var late = await db.Set<AddressReport>().Where(r => r.About != null && EF.Parameter(ids).Contains(r.About) && r.News == AddressNews.Unproven).ToListAsync(ct);
        if (late.Count == 0) return;
        var mails = await ours.OfAsync(ids, ct);
        foreach (var report in late.Where(r => mails[r.About!].Contains(r.Address)))
        {
            var hash = await (from i in db.Set<Interaction>() where i.Id == report.Interaction join n in db.Set<Intake>() on i.Intake equals n.Id select n.Raw).SingleOrDefaultAsync(ct);
            if (hash is null || await db.OpenBlobAsync(hash, ct) is not { } raw) continue;
            var mail = MailReader.Read(raw, clock.GetUtcNow());
            report.News = mail.Bounces.FirstOrDefault(b => OurRecipients.Key(b.Recipient) == report.Address)?.Kind.News() ?? (mail.Complaint is { IsOfAbuse: true } ? AddressNews.Complaint : report.News);
        }
    }

    // Whoever wrote since is reached after all, also where a report turns out to count only later.
    private async Task HearAsync(CancellationToken ct)
    {
        var addresses = heard.Select(h => h.Address).Distinct().ToList();
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
        if (OurRecipients.Key(given) is not { Length: > 0 and <= 254 } address) return;
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
