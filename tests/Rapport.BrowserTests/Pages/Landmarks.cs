using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Demo;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests;
using Rapport.Webhooks;
using Rapport.Updates;

namespace Rapport.BrowserTests.Pages;

/// <summary>Things in an installation whose pages are looked at. Where there is no such thing, its page says so, and is looked at too.</summary>
internal static class Landmarks
{
    private const string Nothing = "00000000-0000-7000-8000-000000000000";

    /// <summary>The paths of all of them by their words.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Installation at) => await at.DoAsync<IServiceProvider, Dictionary<string, string>>(async services =>
    {
        var (db, by) = (services.GetRequiredService<RapportDb>(), at.Owner);
        var organization = await db.Organizations().Where(o => o.Tier == Tier.A && o.Pays).OrderBy(o => o.Id).Select(o => (PartyId?)o.Id).FirstOrDefaultAsync();
        var person = await db.Set<Affiliation>().Where(a => a.Organization == organization && a.Until == null).OrderBy(a => a.Id).Select(a => (PartyId?)a.Person).FirstOrDefaultAsync();
        var conversation = await db.ConversationsFor(by).Where(c => c.WaitingSince != null).OrderByDescending(c => c.Id).Select(c => (ConversationId?)c.Id).FirstOrDefaultAsync();
        var message = await db.Set<Interaction>().Where(i => i.Conversation == conversation).OrderByDescending(i => i.Id).Select(i => (InteractionId?)i.Id).FirstOrDefaultAsync();
        var open = await db.CommitmentsFor(by).Where(c => c.State == CommitmentState.Open).OrderBy(c => c.Id).Select(c => (CommitmentId?)c.Id).FirstOrDefaultAsync();
        var settled = await db.CommitmentsFor(by).Where(c => c.State == CommitmentState.Kept).OrderBy(c => c.Id).Select(c => (CommitmentId?)c.Id).FirstOrDefaultAsync();
        var member = await db.Set<Member>().OrderByDescending(m => m.Id).FirstAsync();
        return new()
        {
            ["us"] = $"/parties/{OurOrganization.Id}",
            ["organization"] = $"/parties/{organization?.ToString() ?? Nothing}",
            ["person"] = $"/parties/{person?.ToString() ?? Nothing}",
            ["conversation"] = $"/conversations/{conversation?.ToString() ?? Nothing}",
            ["message"] = $"/interactions/{message?.ToString() ?? "1"}",
            ["commitment"] = $"/commitments/{open?.ToString() ?? Nothing}",
            ["settled"] = $"/commitments/{settled?.ToString() ?? Nothing}",
            ["party"] = person?.ToString() ?? Nothing,
            ["notice"] = $"/notices/{(await db.NoticesFor(by).Where(n => n.OverAt == null).OrderBy(n => n.Id).Select(n => (NoticeId?)n.Id).FirstOrDefaultAsync())?.ToString() ?? Nothing}",
            ["over"] = $"/notices/{(await db.NoticesFor(by).Where(n => n.OverAt != null).OrderBy(n => n.Id).Select(n => (NoticeId?)n.Id).FirstOrDefaultAsync())?.ToString() ?? Nothing}",
            ["import"] = $"/import/{await DraftAsync(services, organization is not null, by)}",
            ["mailbox"] = $"/settings/mailboxes/{(organization is null ? Nothing : await MailboxAsync(services, member.Email[(member.Email.IndexOf('@', StringComparison.Ordinal) + 1)..], by))}",
            ["team"] = organization is null ? Nothing : (await services.GetRequiredService<FormTeam>().RunAsync(new("Night watch", [member.Id]), by, default).OrFailAsync()).ToString(),
            ["member"] = member.Id.ToString(),
            ["webhook"] = $"/settings/webhooks/{await WebhookAsync(services, by)}",
            ["join"] = (await services.GetRequiredService<InviteMember>().RunAsync(new(Roles.Member), by, default).OrFailAsync()).Path,
            ["reset"] = (await services.GetRequiredService<MakeMemberLink>().ResetAsync(member, by, default).OrFailAsync()).Path,
        };
    });

    // One that is read, with something left on its server and something to look after.
    private static async Task<string> MailboxAsync(IServiceProvider services, string domain, Actor by)
    {
        var db = services.GetRequiredService<RapportDb>();
        var id = await services.GetRequiredService<OpenMailbox>().RunAsync("Kelpford sales", by, default).OrFailAsync();
        if (await services.GetRequiredService<ConnectMailbox>().RunAsync(id, new($"kelpford@{domain}", new($"imap.{domain}", User: "kelpford", Password: "-"), new($"smtp.{domain}", User: "kelpford", Password: "-")), by, default) is { } refusal) throw new InvalidOperationException(refusal.Message);
        if (await services.GetRequiredService<PauseMailbox>().RunAsync(id, by, default) is { } paused) throw new InvalidOperationException(paused.Message);
        if (await db.Set<MailboxFolder>().AnyAsync(f => f.Mailbox == id)) return id.ToString();
        db.Add(new MailboxFolder { Mailbox = id, Role = FolderRole.Inbox, Path = "INBOX", Validity = 1, OnServer = 4_812, Older = 1_200, Missing = 3, LastArrivalAt = Installation.Morning.AddHours(-2), OldestMissingAt = Installation.Morning.AddDays(-40) });
        db.Add(new MailboxFolder { Mailbox = id, Role = FolderRole.Sent, Path = "Sent Items", Validity = 1, OnServer = 2_044, LastArrivalAt = Installation.Morning.AddDays(-1) });
        db.Add(new FetchedMail { Mailbox = id, Role = FolderRole.Inbox, Validity = 1, Uid = 7, State = FetchedAs.TooLarge, Size = 96 * 1024 * 1024, ArrivedAt = Installation.Morning.AddDays(-9), Why = "It is larger than 80 MB." });
        if (await db.SaveAsync(by, default) is { } wrong) throw new InvalidOperationException(wrong.Message);
        return id.ToString();
    }

    // One that is told in vain, with what it answered.
    private static async Task<string> WebhookAsync(IServiceProvider services, Actor by)
    {
        var (db, clock) = (services.GetRequiredService<RapportDb>(), services.GetRequiredService<TimeProvider>());
        var made = await services.GetRequiredService<KeepWebhook>().MakeAsync(new("Order system", "https://orders.example.com/rapport"), by, default).OrFailAsync();
        // In one go with what came of it: whoever delivers would try it as well.
        var test = services.GetRequiredService<TellEndpoints>().AddTest(made.Id);
        db.Set<WebhookDelivery>().Local.Single(d => d.Webhook == made.Id).Tried(taken: false, clock.GetUtcNow());
        db.Add(new WebhookAttempt { Webhook = made.Id, Event = test.Id, Number = 1, At = clock.GetUtcNow(), Status = 503, Milliseconds = 1_240, Said = "upstream connect error or disconnect/reset before headers" });
        (await db.Set<Webhook>().SingleAsync(w => w.Id == made.Id)).FailingSince = clock.GetUtcNow();
        if (await db.SaveAsync(by, default) is { } wrong) throw new InvalidOperationException(wrong.Message);
        return made.Id.ToString();
    }

    private static async Task<string> DraftAsync(IServiceProvider services, bool wanted, Actor by)
    {
        if (!wanted) return Nothing;
        // Prepared and looked at, so it must lie there as long as the installation does: beside its database.
        var file = Path.Combine(TestDatabase.Run, "looked-at.csv");
        Directory.CreateDirectory(TestDatabase.Run);
        await File.WriteAllTextAsync(file, "Name,E-mail,Company,Phone,Remark\nJunia Kelpford,junia@kelpford.example,Kelpford Yards,+49 40 1234567,Met at the fair\nNobody,not an address,,,\n");
        return (await services.GetRequiredService<PrepareImport>().RunAsync(Ids.New<ImportId>(services.GetRequiredService<TimeProvider>()), [new(file, "People at the fair.csv")], new(), uploaded: false, by, default).OrFailAsync()).Id.ToString();
    }
}
