using System.Globalization;
using System.Text;
using Rapport.BrowserTests.Pages;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;

namespace Rapport.BrowserTests.Journeys;

public sealed class MailboxTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mailbox_is_tried_connected_read_paused_and_disconnected(bool scripts)
    {
        await using var dovecot = await Dovecot.StartAsync("127.0.0.1", Installation.Morning.AddYears(1));
        await using var smtp = FakeSmtp.Serve();
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Ragnhild"));
        var address = await at.DoAsync<RapportDb, string>(async db => (await Rapport.Members.MemberQueries.MemberAsync(db, member.Id, default))!.Email);
        var subject = Scene.Only("Salt for the quay");
        await dovecot.DeliverAsync(address, Mail(subject, address));
        var page = (await OpenAsync(at, member, scripts)).Page;

        await page.GotoAsync("/settings/mailboxes");
        await page.Link("Connect a mailbox").ClickAsync();
        await page.HeadedAsync("Connect a mailbox");
        await page.Field("Address").FillAsync(address);
        await page.Locator("[name='Input.Reading.Password']").FillAsync("a wrong one");
        await page.GetByLabel("Everything", new() { Exact = true }).CheckAsync();
        await page.Locator("summary", new() { HasText = "Servers" }).ClickAsync();
        await page.Locator("[name='Input.Reading.Host']").FillAsync("127.0.0.1");
        await page.Locator("[name='Input.Reading.Port']").FillAsync(dovecot.TlsPort.ToString(CultureInfo.InvariantCulture));
        await page.Locator("[name='Input.Sending.Host']").FillAsync("127.0.0.1");
        await page.Locator("[name='Input.Sending.Port']").FillAsync(smtp.Port.ToString(CultureInfo.InvariantCulture));
        await page.Locator("[name='Input.Sending.Security']").SelectOptionAsync("None");
        await page.Button("Try it").ClickAsync();
        await page.SaysAsync("It vouches for itself");
        await page.SaysAsync("Sending works");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.GetByLabel("Trust this certificate").CheckAsync();
        await page.Button("Connect").ClickAsync();
        await page.SaysAsync("does not accept the user");
        await page.Locator("[name='Input.Reading.Password']").FillAsync(Dovecot.Password);
        await page.Button("Connect").ClickAsync();

        await page.HeadedAsync(address);
        await page.UntilShownAsync(page.Locator("main", new() { HasText = "Everything that is to be read is here." }));
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        var box = page.Url;
        await page.GotoAsync("/conversations");
        await page.UntilShownAsync(page.Row(subject));

        await page.GotoAsync(box);
        await page.Button("Pause").ClickAsync();
        await page.SaysAsync("It is paused");
        await page.UndoAsync();
        await page.SaysNotAsync("It is paused");
        await page.Button("Disconnect").ClickAsync();
        await page.HeadedAsync("Mailboxes");
        await page.ToldAsync("Its mail stays here");
        await page.GotoAsync("/conversations");
        await page.UntilShownAsync(page.Row(subject));
    }

    private static NewMail Mail(string subject, string to) =>
        new("test", Encoding.UTF8.GetBytes($"From: Signy Fjord <signy@fjord.example>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 10 Mar 2031 08:00:00 +0000\r\nMessage-ID: <{subject.Replace(' ', '.')}@fjord.example>\r\nContent-Type: text/plain\r\n\r\nWhen can you bring the salt?\r\n"));
}
