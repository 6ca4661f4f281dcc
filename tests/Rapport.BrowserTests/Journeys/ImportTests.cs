using System.Text;
using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;

namespace Rapport.BrowserTests.Journeys;

public sealed class ImportTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_table_is_mapped_imported_and_undone_and_rows_that_could_not_be_used_come_back(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Svala");
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts)).Page;
        await page.GotoAsync("/import");
        await GiveAsync(page, "fair.csv", $"Name,E-mail,Company,Remark\n{name},svala@{name[^3..]}.example,{name} Works,Met at the fair\n,,,Nobody at all\n");
        await page.Button("See what it will do").ClickAsync();
        await page.HeadedAsync("fair.csv");
        await page.SaysAsync("not usable");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        var remark = page.GetByLabel("Remark");
        await remark.SelectOptionAsync("Ignore");
        await page.Button("Look again with these columns").ClickAsync();
        await page.HeadedAsync("fair.csv");
        await Assertions.Expect(remark).ToHaveValueAsync("Ignore");
        await remark.SelectOptionAsync("Note");
        await page.Button("Import").ClickAsync();

        await page.SaysAsync("Done:");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        var run = page.Url;
        var errors = await page.RunAndWaitForDownloadAsync(() => page.Link("Download them all with their reasons").ClickAsync());
        Assert.Contains("Nobody at all", await File.ReadAllTextAsync(await errors.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await page.GotoAsync($"/find?q={Uri.EscapeDataString(name)}");
        await page.Link(name).ClickAsync();
        await page.HeadedAsync(name);
        await page.SaysAsync("Met at the fair");

        await page.GotoAsync(run);
        await page.Button("Undo this import").ClickAsync();
        await page.SaysAsync("Undone");
        await page.GotoAsync($"/find?q={Uri.EscapeDataString(name)}");
        await page.SaysAsync("Nothing has");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mailbox_is_looked_at_first_then_shows_who_wrote_and_can_be_undone(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, who) = (await at.MemberAsync(Scene.Only("Jorun")), Scene.Only("Signy"));
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/import");
        var box = new StringBuilder();
        foreach (var number in new[] { 1, 2 })
            box.Append(FormattableString.Invariant($"From signy@cove.example Mon Mar 10 08:00:00 2031\nFrom: {who} <{who.Replace(" ", ".", StringComparison.Ordinal)}@cove.example>\nTo: jorun@moewenkamp.example\nSubject: Question {number} of {who}\nDate: Mon, 10 Mar 2031 08:0{number}:00 +0000\nMessage-ID: <{number}.{who.Replace(" ", ".", StringComparison.Ordinal)}@cove.example>\n\nWhen will you come?\n\n"));
        await GiveAsync(page, "mail.mbox", box.ToString());
        await page.Field("Mailbox").FillAsync("Old mail");
        await page.Button("See what it will do").ClickAsync();
        await page.HeadedAsync("mail.mbox");
        await page.SaysAsync("2 ");
        await page.Button("Import").ClickAsync();
        await page.SaysAsync("Done:");
        var run = page.Url;
        await page.Link("Who is it?").ClickAsync();
        await page.HeadedAsync("Who is it?");
        await page.UntilShownAsync(page.Row(who));
        await Assertions.Expect(page.Row(who)).ToContainTextAsync("2 messages");

        await page.GotoAsync(run);
        await page.Button("Undo this import").ClickAsync();
        await page.SaysAsync("Undone");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.GotoAsync($"/find?q={Uri.EscapeDataString(who)}");
        await page.SaysAsync("Nothing has");
    }

    private static Task GiveAsync(IPage page, string name, string text) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(text) });
}
