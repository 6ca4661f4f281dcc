using Rapport.BrowserTests.Pages;

namespace Rapport.BrowserTests.Journeys;

public sealed class NoticesTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_heads_up_is_written_looked_at_sent_followed_and_ended(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, customer, title) = (await at.MemberAsync(Scene.Only("Ingrid")), Scene.Only("Saltholm Quay"), Scene.Only("The ferry stands still"));
        var runa = Scene.Only("Runa Kelp");
        var her = await at.PersonAsync(runa, $"runa@{customer.Split(' ')[^1].ToLowerInvariant()}.example", await at.CustomerAsync(customer, member));
        await at.CallAsync(member, her, "She asked when the ferry sails.");
        await WritingTests.ConnectAsync(at, member);
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/notices");
        await page.Link("Write a heads-up").ClickAsync();
        await page.HeadedAsync("A heads-up");
        await page.Field("What happens, in a line").FillAsync(title);
        await page.Field("What is affected").FillAsync("The crossing to the quay");
        await page.Field("What it means for them").FillAsync("Your lorries go round by the bridge.");
        await page.Field("The next word comes by").FillAsync("2031-03-12T16:00");
        await page.ChooseAsync("At an organisation", customer, scripts);
        await page.Button("Look at it before it goes").ClickAsync();
        await page.SaysAsync("It reaches 1 person");
        await page.SaysAsync($"Hello {runa},");
        await page.SaysAsync($"people of {customer}");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Button("Send to 1 person").ClickAsync();
        await page.HeadedAsync(title);
        await page.ToldAsync("Said.");
        await page.SaysAsync($"a promise of {member.Name}");

        await page.Field("How it stands").FillAsync("Nothing has changed.");
        await page.Field("The next word comes by").FillAsync("2031-03-13T16:00");
        await page.Button("Tell everybody it concerns").ClickAsync();
        await page.ToldAsync("Your promise of a next word is kept");
        await page.SaysAsync("Nothing has changed.");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Locator("summary", new() { HasText = "give the all-clear" }).ClickAsync();
        await page.Field("How it ended").FillAsync("It sails again.");
        await page.Button("Give the all-clear").ClickAsync();
        await page.SaysAsync("Over since");
        await page.SaysAsync("It sails again.");
        await page.GotoAsync("/notices?part=over");
        await page.SaysAsync(title);
    }
}
