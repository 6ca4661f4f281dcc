using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>A mailbox that cannot send says so wherever its mail is waited for.</summary>
public sealed class UnsentTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Words = "does not accept the user ada with this password";

    [Fact]
    public async Task A_mailbox_that_is_not_let_in_to_send_alarms_who_looks_after_it_and_what_waits_says_why()
    {
        var accepts = false;
        await using var server = new FakeOutgoing("AUTH PLAIN\r\n250 8BITMIME") { Instead = async (said, talk) => { if (!said.StartsWith("AUTH", StringComparison.Ordinal)) return false; await talk.SayAsync(accepts ? "235 2.7.0 welcome" : "535 5.7.8 no"); return true; } };
        var (me, browser) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Owner));
        var box = await ConnectAsync("unsent", server, me);
        var mail = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "kim@unsent.example", "Offer", "Here it is."), me, Ct))).Value;
        Rapport.Clock.Advance(TimeSpan.FromSeconds(11));
        string[] pages = ["/", $"/settings/mailboxes/{box}", "/outgoing", $"/conversations/{mail.Conversation}"];
        foreach (var page in pages) Assert.DoesNotContain(Words, await PageAsync(page), StringComparison.Ordinal);

        await RunSessionAsync(box);
        foreach (var page in pages) Assert.Contains(Words, await PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("cannot send", await PageAsync("/settings/mailboxes"), StringComparison.Ordinal);
        Assert.Null(await WithAsync<PauseMailbox, Refusal?>(d => d.RunAsync(box, me, Ct)));
        Assert.Contains(Words, await PageAsync("/"), StringComparison.Ordinal);

        // Taken back there is nothing that waits for it, and let in there is nothing wrong.
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Failed), Ct));
        Assert.DoesNotContain(Words, await PageAsync("/"), StringComparison.Ordinal);
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Queued), Ct));
        Assert.Contains(Words, await PageAsync("/"), StringComparison.Ordinal);
        accepts = true;
        Rapport.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunSessionAsync(box);
        Assert.Single(server.Taken);
        foreach (var page in pages) Assert.DoesNotContain(Words, await PageAsync(page), StringComparison.Ordinal);

        async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, Ct));
    }

    [Fact]
    public async Task A_mailbox_says_what_is_not_in_its_Sent_folder_and_why()
    {
        await using var server = new FakeOutgoing();
        var (me, browser) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Owner));
        var box = await ConnectAsync("uncopied", server, me);
        var mail = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "kim@uncopied.example", "Offer", "Here it is."), me, Ct))).Value;
        Rapport.Clock.Advance(TimeSpan.FromSeconds(11));
        await RunSessionAsync(box);
        Assert.Single(server.Taken);
        Assert.DoesNotContain("Sent folder", await browser.GetStringAsync($"/settings/mailboxes/{box}", Ct), StringComparison.Ordinal);
        // Nobody reads this mailbox: its server for reading is away.
        Rapport.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunSessionAsync(box);
        var page = await browser.GetStringAsync($"/settings/mailboxes/{box}", Ct);
        Assert.Contains("are not in the Sent folder of the server", page, StringComparison.Ordinal);
        Assert.Contains("nothing listens on its port 9", page, StringComparison.Ordinal);
        Assert.Contains("uota", await SaidAsync("Quota exceeded."), StringComparison.Ordinal);

        async Task<string> SaidAsync(string said)
        {
            await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail.Interaction).ExecuteUpdateAsync(s => s.SetProperty(m => m.Copy, SentCopy.Failed).SetProperty(m => m.CopySaid, said), Ct));
            return await browser.GetStringAsync($"/settings/mailboxes/{box}", Ct);
        }
    }

    private async Task<MailboxId> ConnectAsync(string name, FakeOutgoing server, Actor me)
    {
        var box = await MailboxAsync(me, name);
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@ours.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog"), server.Sending with { User = "ada", Password = "a_lighthouse_in_fog" }), me, Ct)));
        return box;
    }

    private async Task RunSessionAsync(MailboxId box)
    {
        var (hold, session, trouble) = (Rapport.Services.GetRequiredService<HoldOutboxes>(), new SendingSession(box), (MailTrouble?)null);
        Assert.True(await hold.ClaimAsync(box, Ct));
        try
        {
            await Rapport.Services.GetRequiredService<SendFromMailbox>().RunAsync(session, Ct);
        }
        catch (MailTroubleException failure)
        {
            trouble = failure.Trouble;
        }
        await hold.ReleaseAsync(session, trouble, Ct);
    }
}
