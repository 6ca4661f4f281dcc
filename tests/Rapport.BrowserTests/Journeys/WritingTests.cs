using Rapport.BrowserTests.Pages;
using Rapport.Channels;
using Rapport.Demo;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.BrowserTests.Journeys;

public sealed class WritingTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_is_sent_from_the_conversation_taken_back_mended_and_sent_again(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Solveig"));
        var subject = Scene.Only("The green buoy");
        await at.MailAsync(member, $"Ragna <ragna@{subject.Split(' ')[^1].ToLowerInvariant()}.example>", subject, "Could you tell us by Thursday whether it has arrived?");
        await ConnectAsync(at, member);
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/conversations?view=mine");
        await page.Row(subject).GetByRole(Microsoft.Playwright.AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(subject);

        await page.Field("Reply").FillAsync("It lies at the quay since Tuesday.");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Locator("#reply").Button("Send").ClickAsync();
        await page.ToldAsync("Sent. It leaves in a few seconds.");
        await page.SaysAsync("It lies at the quay since Tuesday.");
        await page.UndoAsync();
        await page.HeadedAsync("Reply");
        await page.Field("Text").FillAsync("It lies at the quay since Monday.");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Button("Send").ClickAsync();
        await page.HeadedAsync(subject);
        await page.SaysAsync("It lies at the quay since Monday.");
        await page.SaysNotAsync("since Tuesday");
        await page.SaysAsync("on its way");
        await page.GotoAsync("/outgoing");
        await page.SaysAsync(subject);
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
    }

    internal static async Task ConnectAsync(Installation at, Actor member)
    {
        var address = await at.DoAsync<RapportDb, string>(async db => (await db.MemberAsync(member.Id, default))!.Email);
        var mailbox = await at.DoAsync<OpenMailbox, MailboxId>(deed => deed.RunAsync("Mail", member, default).OrFailAsync());
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "nobody", "nothing");
        Assert.Null(await at.DoAsync<ConnectMailbox, Refusal?>(deed => deed.RunAsync(mailbox, new(address, server, server), member, default)));
        Assert.Null(await at.DoAsync<PauseMailbox, Refusal?>(deed => deed.RunAsync(mailbox, member, default)));
    }
}
