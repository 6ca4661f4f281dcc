using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class CustomersTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_who_is_known_already_is_shown_before_they_are_added_twice(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Petra Kelpwright");
        await at.PersonAsync(name);
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync("/customers");
        await page.Link("Add a person").ClickAsync();
        await page.HeadedAsync("Add a person");
        await page.Field("Name").FillAsync(name);
        if (scripts) await page.SaysAsync("Is it one of these?");
        await page.Button("Add").ClickAsync();
        await page.SaysAsync("Is it one of these? If not, press the button again.");
        await page.Field("E-mail address").FillAsync("petra.the.second@kelpwright.example");
        await page.Button("Add anyway").ClickAsync();
        await page.HeadedAsync(name);
        await page.SaysAsync("petra.the.second@kelpwright.example");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_organisation_is_added_with_a_person_in_it_and_changed(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (name, person) = scripts ? ("Gannet Yards", "Oda Brimstock") : ("Puffin Wharf Company", "Eskil Tarnvik");
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync("/customers");
        await page.Link("Add an organisation").ClickAsync();
        await page.HeadedAsync("Add an organisation");
        await page.Field("Name").FillAsync(name);
        await page.Field("Mail domains").FillAsync("gannet-yards.example");
        await page.Button("Add").ClickAsync();
        await page.HeadedAsync(name);

        await (await page.Locator(".page-head").MenuAsync()).GetByRole(AriaRole.Link, new() { Name = "Add a person" }).ClickAsync();
        await page.HeadedAsync("Add a person");
        await Assertions.Expect(page.Field("Organisation")).ToHaveValueAsync(name);
        await page.Field("Name").FillAsync(person);
        await page.Field("Title").FillAsync("Dock master");
        await page.Button("Add").ClickAsync();
        await page.HeadedAsync(person);
        await page.SaysAsync($"Dock master, {name}");

        await page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        await page.HeadedAsync(name);
        await (await page.Locator(".page-head").MenuAsync()).GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.HeadedAsync($"Edit {name}");
        await Assertions.Expect(page.Field("Mail domains")).ToHaveValueAsync("gannet-yards.example");
        await page.Field("Note").FillAsync("The gate code is at the porter's.");
        await page.Button("Save").ClickAsync();
        await page.HeadedAsync(name);
        await page.SaysAsync("The gate code is at the porter's.");

        await page.GotoAsync(page.Url + "/edit");
        await page.Field("Kind").SelectOptionAsync("Telephone");
        await page.Field("Address or number").FillAsync("+49 40 7654321");
        await page.Button("Add").ClickAsync();
        await page.ToldAsync("Added.");
        await page.SaysAsync("+49 40 7654321");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_put_away_leaves_the_lists_and_can_be_brought_back_at_once(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Fulmar Freight");
        var party = await at.OrganizationAsync(name);
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync($"/parties/{party}");
        await (await page.Locator(".page-head").MenuAsync()).Button("Put away").ClickAsync();
        await page.ToldAsync("Put away.");
        await page.SaysAsync("Put away: lists no longer show them.");
        await page.UndoAsync();
        await page.ToldAsync("Brought back.");

        await (await page.Locator(".page-head").MenuAsync()).Button("Put away").ClickAsync();
        await page.SaysAsync("Put away: lists no longer show them.");
        await page.GotoAsync($"/customers?name={Uri.EscapeDataString(name)}");
        await page.SaysAsync("Nobody fits these filters.");
        await page.Link("Archived").ClickAsync();
        await page.Locator("main tbody").GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.HeadedAsync(name);
        await (await page.Locator(".page-head").MenuAsync()).Button("Bring back").ClickAsync();
        await page.ToldAsync("Brought back.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Three_judgements_make_a_customer_and_the_last_can_be_taken_back(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var party = await at.CustomerAsync(Scene.Only("Skua Shipyard"), at.Owner);
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync($"/parties/{party}");
        await page.SaysAsync("not yet qualified");
        foreach (var evidence in new[] { "She signs for the yard.", "The budget is in their annual report.", "They asked for an offer." })
        {
            await page.Locator("main summary").Filter(new() { HasText = "Judge" }).ClickAsync();
            await page.Field("How do you know?").FillAsync(evidence);
            await page.Button("Yes").ClickAsync();
            await page.ToldAsync("Judged.");
            await page.SaysAsync(evidence);
        }
        await page.SaysAsync("External customer");
        await page.UndoAsync();
        await page.ToldAsync("Taken back.");
        await page.SaysAsync("External potential customer");
    }
}
