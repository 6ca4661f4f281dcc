using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class RecordingTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_recorded_together_with_the_promise_made_in_it(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Ylva Sandbank");
        await at.PersonAsync(name);
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts)).Page;
        await page.GotoAsync("/");
        if (scripts) await page.Keyboard.PressAsync("c");
        else await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Record" }).ClickAsync();
        await page.HeadedAsync("Record");
        await page.ChooseAsync("With whom", name, scripts);
        await page.Field("What was said").FillAsync("They want the second crane moved before the feast.");
        await page.Field("The words").FillAsync("Send drawings rev C");
        await page.Field("By when, as it was said").FillAsync("by Friday");
        if (scripts) await page.SaysAsync("Understood as Friday");
        await page.Button("Record").ClickAsync();

        await page.ToldAsync("Recorded, with what was promised.");
        await page.HeadedAsync(name);
        await page.SaysAsync("They want the second crane moved before the feast.");
        await page.Row("Send drawings rev C").GetByRole(AriaRole.Link, new() { Name = "Send drawings rev C" }).ClickAsync();
        await page.HeadedAsync("Send drawings rev C");
        await page.SaysAsync("by Friday");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_meeting_of_several_is_recorded_by_typing_their_names(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (first, second, third) = (Scene.Only("Ylva Sandbank"), Scene.Only("Odd Sandbank"), Scene.Only("Rut Sandbank"));
        await at.PersonAsync(first);
        var others = new[] { (second, await at.PersonAsync(second)), (third, await at.PersonAsync(third)) };
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts)).Page;
        await page.GotoAsync("/record?channel=meeting");
        await page.ChooseAsync("With whom", first, scripts);
        await page.Field("What was said").FillAsync("All three want the second crane.");
        foreach (var (other, _) in others)
        {
            await page.Button("Somebody else was there").ClickAsync();
            await Assertions.Expect(page.Field("And with").Last).ToHaveValueAsync("");
            await page.Field("And with").Last.FillAsync(other);
            if (scripts) await page.GetByRole(AriaRole.Option).Filter(new() { HasText = other }).First.ClickAsync();
        }
        await page.Button("Record").ClickAsync();

        await page.ToldAsync("Recorded.");
        await page.HeadedAsync(first);
        foreach (var (_, party) in others)
        {
            await page.GotoAsync($"/parties/{party}");
            await page.SaysAsync("All three want the second crane.");
        }
    }

    [Fact]
    public async Task Without_scripts_another_promise_has_room_and_what_was_written_stays()
    {
        var at = await Worlds.DemoAsync();
        var party = await at.PersonAsync(Scene.Only("Ylva Sandbank"));
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts: false)).Page;
        await page.GotoAsync($"/record?party={party}");
        await page.Field("What was said").FillAsync("Two things at once.");
        await page.Field("The words").FillAsync("Call back");
        await page.Field("By when, as it was said").FillAsync("tomorrow");
        await page.Button("Another promise").ClickAsync();
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("Two things at once.");
        await page.Field("The words of another").FillAsync("Send the list");
        await page.Button("Record").ClickAsync();
        await page.ToldAsync("Recorded, with 2 promises.");
        await page.SaysAsync("Call back");
        await page.SaysAsync("Send the list");
    }

    [Fact]
    public async Task What_is_written_without_a_line_is_kept_and_sent_when_it_returns()
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Ylva Sandbank");
        var party = await at.PersonAsync(name);
        var window = await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")));
        var page = window.Page;
        await page.GotoAsync($"/record?party={party}");
        await page.HeadedAsync("Record");
        window.LineMayFail = true;
        await window.Context.SetOfflineAsync(true);
        await page.Field("What was said").FillAsync("Written in the car park with no bar at all.");
        await page.Button("Record").ClickAsync();
        await page.SaysAsync("No line. This is kept here and sent when the line returns.");

        await window.Context.SetOfflineAsync(false);
        await page.HeadedAsync(name);
        await page.ToldAsync("Recorded.");
        await page.SaysAsync("Written in the car park with no bar at all.");
        await page.GotoAsync("/record");
        await page.HeadedAsync("Record");
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_was_begun_is_there_again_after_the_page_was_lost()
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")))).Page;
        await page.GotoAsync("/record");
        await page.Field("What was said").FillAsync("Half a sentence");
        await page.WaitForFunctionAsync("() => JSON.stringify(localStorage).includes('Half a sentence')");
        await page.GotoAsync("/customers");
        await page.HeadedAsync("Customers");
        await page.GotoAsync("/record");
        await page.SaysAsync("This is what you had written.");
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("Half a sentence");
        await page.Button("Discard").ClickAsync();
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_somebody_began_to_write_and_visited_is_not_shown_to_who_uses_the_browser_after_them()
    {
        var at = await Worlds.DemoAsync();
        var (name, party) = (Scene.Only("Ylva Sandbank"), await at.PersonAsync(Scene.Only("Torvald Sandbank")));
        var visited = await at.PersonAsync(name);
        var (jorun, odd) = (await at.MemberAsync(Scene.Only("Jorun")), await at.MemberAsync(Scene.Only("Odd")));
        var window = await OpenAsync(at, jorun);
        var page = window.Page;
        await page.GotoAsync($"/parties/{visited}");
        await page.HeadedAsync(name);
        await BeginAsync(page, $"/record?party={party}", "For Jorun's eyes alone");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-member", jorun.Id.ToString());

        // A session that ends by itself clears nothing: the next one to sign in here is somebody else.
        await window.Context.ClearCookiesAsync();
        await at.SignInAsync(window.Context, odd);
        await page.GotoAsync($"/record?party={party}");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-member", odd.Id.ToString());
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("");
        await page.Keyboard.PressAsync("Control+k");
        var find = page.GetByRole(AriaRole.Dialog, new() { Name = "Find" });
        await Assertions.Expect(find).ToContainTextAsync("Type any scrap");
        await Assertions.Expect(find).Not.ToContainTextAsync(name);

        await window.Context.ClearCookiesAsync();
        await at.SignInAsync(window.Context, jorun);
        await page.GotoAsync($"/record?party={party}");
        await Assertions.Expect(page.Field("What was said")).ToHaveValueAsync("For Jorun's eyes alone");
        await page.GotoAsync("/settings");
        await page.Button("Sign out").ClickAsync();
        await page.HeadedAsync("Sign in");
        await page.WaitForFunctionAsync("() => localStorage.length === 0");
    }

    [Theory]
    [InlineData("/record", "What was said")]
    [InlineData("/commitments/new", "What, in the words that were used")]
    public async Task What_was_begun_about_one_customer_does_not_turn_up_with_another(string at, string field)
    {
        var world = await Worlds.DemoAsync();
        var (one, other) = (await world.PersonAsync(Scene.Only("Ylva Sandbank")), await world.PersonAsync(Scene.Only("Torvald Sandbank")));
        var page = (await OpenAsync(world, await world.MemberAsync(Scene.Only("Jorun")))).Page;
        await BeginAsync(page, $"{at}?party={one}", "Ylva's own words", field);
        await page.GotoAsync($"{at}?party={other}");
        await Assertions.Expect(page.Field(field)).ToHaveValueAsync("");
        await page.GotoAsync($"{at}?party={one}");
        await Assertions.Expect(page.Field(field)).ToHaveValueAsync("Ylva's own words");
    }

    [Fact]
    public async Task What_is_typed_before_the_scripts_of_the_page_are_here_is_understood_too()
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts: true)).Page;
        var typed = new TaskCompletionSource();
        await page.RouteAsync("**/typeahead*.js", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/commitments/new", new() { WaitUntil = WaitUntilState.Commit });
        await page.Field("By when, as it was said").FillAsync("by 28 March");
        typed.SetResult();
        await page.SaysAsync("Understood as Friday");
    }

    private static async Task BeginAsync(IPage page, string at, string words, string field = "What was said")
    {
        await page.GotoAsync(at);
        await page.Field(field).FillAsync(words);
        await page.WaitForFunctionAsync("words => JSON.stringify(localStorage).includes(words)", words);
    }
}
