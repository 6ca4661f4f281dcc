using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;
using Rapport.Conversations;
using Rapport.Demo;
using Rapport.Kernel;

namespace Rapport.BrowserTests.Journeys;

public sealed class InboxTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_morning_in_the_inbox_goes_from_what_needs_us_to_done(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var mate = await at.MemberAsync(Scene.Only("Tove Reed"));
        var (first, second) = (Scene.Only("The blue buoy"), Scene.Only("The red buoy"));
        foreach (var subject in new[] { first, second }) await at.MailAsync(member, $"Ragna <ragna@{subject.Split(' ')[1]}.example>", subject, "Could you tell us by Thursday whether it has arrived?", shared: true);
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/conversations?view=needs-us&owner={member.Id}");
        await page.UntilShownAsync(page.Row(first));
        await page.UntilShownAsync(page.Row(second));

        // Both are ticked, tagged and put away at once.
        await page.Row(first).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Row(second).GetByRole(AriaRole.Checkbox).CheckAsync();
        if (scripts) await page.SaysAsync("2 chosen");
        await page.Locator("#chosen").GetByLabel("Tag").FillAsync("Buoys");
        await page.Locator("#chosen").Button("Tag").ClickAsync();
        await page.ToldAsync("2 tagged.");
        await page.GotoAsync("/conversations?view=mine&tag=buoys");
        await page.Row(first).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(first);

        // A colleague is told by a note, and given the conversation.
        await page.Field("Note among ourselves").FillAsync($"@{mate.Name} do you know where it lies?");
        await page.Button("Note it").ClickAsync();
        await page.ToldAsync("One member is told.");
        await page.SaysAsync("do you know where it lies?");
        await page.GetByLabel("Give it to").SelectOptionAsync(mate.Id.ToString());
        await page.Button("Give").ClickAsync();
        await page.ToldAsync($"{mate.Name} answers for it now.");
        await page.SaysAsync($"gave it to {mate.Name}");
        await page.GetByLabel("Until when").FillAsync("when it rains");
        await page.Button("Put away").ClickAsync();
        await page.ToldAsync("when it rains");
        await page.GetByLabel("Until when").FillAsync("in two weeks");
        await page.Button("Put away").ClickAsync();
        await page.ToldAsync("Put away until");

        // The colleague finds it on Today, and opening it is enough.
        var theirs = (await OpenAsync(at, mate, scripts)).Page;
        await theirs.GotoAsync("/");
        await theirs.Row("mentioned you").GetByRole(AriaRole.Link).First.ClickAsync();
        await theirs.HeadedAsync(first);
        await theirs.GotoAsync("/");
        await theirs.SaysNotAsync("mentioned you");
    }

    [Fact]
    public async Task Rows_are_ticked_and_closed_by_keys()
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var subjects = new[] { Scene.Only("First sail"), Scene.Only("Second sail"), Scene.Only("Third sail") };
        foreach (var subject in subjects) await at.MailAsync(member, "Ragna <ragna@sails.example>", subject, "Could you tell us whether it has arrived?");
        var page = (await OpenAsync(at, member)).Page;
        await page.GotoAsync("/conversations?view=mine");
        foreach (var subject in subjects) await page.UntilShownAsync(page.Row(subject));
        foreach (var key in new[] { "j", "x", "j", "x", "e" }) await page.Keyboard.PressAsync(key);
        await page.ToldAsync("2 closed.");
        await Assertions.Expect(page.Locator("main [data-row]")).ToHaveCountAsync(1);
        // The page shows before its scripts hear keys.
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("s");
        await page.ToldAsync("Put away until");
    }

    [Fact]
    public async Task The_whole_of_a_conversation_is_dealt_with_by_keys_with_names_and_saved_words_proposed()
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Runa"));
        var mate = await at.MemberAsync(Scene.Only("Torvald Kelp"));
        var subject = Scene.Only("The yellow buoy");
        var shortcut = "thanks" + subject.Split(' ')[^1].ToLowerInvariant();
        await at.MailAsync(member, $"Ragna <ragna@{subject.Split(' ')[^1].ToLowerInvariant()}.example>", subject, "Could you tell us by Thursday whether it has arrived?", shared: true);
        await WritingTests.ConnectAsync(at, member);
        await at.DoAsync<SavedTexts, SavedTextId>(texts => texts.KeepAsync(null, new("Thanks", shortcut, "", "Thank you, and kind regards from {{ me.name }}"), member, default).OrFailAsync());
        var page = (await OpenAsync(at, member)).Page;
        await page.GotoAsync("/conversations?view=mine");
        await page.UntilShownAsync(page.Row(subject));

        // A row alone is tagged as ticked ones are; it is saved as a view, which stands beside the others.
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("t");
        await page.Keyboard.TypeAsync(shortcut);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.ToldAsync("1 tagged.");
        await page.GotoAsync($"/conversations?tag={shortcut}");
        await page.GetByText("Save this view").ClickAsync();
        await page.GetByLabel("Name of the view").FillAsync("My buoys");
        await page.Locator("form[action='/do/conversation-views']").Button("Save").ClickAsync();
        await page.ToldAsync("Saved as My buoys.");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Saved views" }).GetByRole(AriaRole.Link, new() { Name = "My buoys" })).ToContainTextAsync("1");
        Assert.Empty(await LookAt.AllAsync(page));

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("r");
        await page.HeadedAsync(subject);
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.Field("Reply")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"It lies at the quay. /{shortcut}");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Field("Reply")).ToHaveValueAsync($"It lies at the quay. Thank you, and kind regards from {member.Name}");

        await page.Field("Note among ourselves").FocusAsync();
        await page.Keyboard.TypeAsync("Ask @torv");
        await Assertions.Expect(page.Locator(".note-form [role=option]")).ToHaveTextAsync(mate.Name);
        // Only a look: going through all that has the focus would take the proposal and leave the text.
        Assert.Empty(await LookAt.OnceAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Field("Note among ourselves")).ToHaveValueAsync($"Ask @{mate.Name} ");
        await page.Field("Note among ourselves").BlurAsync();
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.GetByLabel("Give it to")).ToBeFocusedAsync();
        await page.GetByLabel("Give it to").BlurAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToContainTextAsync("Give it to");
    }
}
