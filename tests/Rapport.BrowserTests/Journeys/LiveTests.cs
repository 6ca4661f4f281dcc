using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;
using Rapport.Conversations;
using Rapport.Demo;
using Rapport.Kernel;
using Rapport.Kernel.Database;

namespace Rapport.BrowserTests.Journeys;

/// <summary>Pages that stay open all day are right all day, and take nothing away from whoever works in them.</summary>
public sealed class LiveTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Fact]
    public async Task An_open_inbox_follows_what_others_do_and_keeps_what_is_ticked_and_typed_also_after_a_lost_line()
    {
        var at = await Worlds.DemoAsync();
        var (member, mate) = (await at.MemberAsync(Scene.Only("Jorun")), await at.MemberAsync(Scene.Only("Tove Reed")));
        var (first, second, third) = (Scene.Only("The first lamp"), Scene.Only("The second lamp"), Scene.Only("The third lamp"));
        await at.MailAsync(member, "Ragna <ragna@lamps.example>", first, "Could you tell us by Thursday whether it burns?", shared: true);
        var window = await OpenAsync(at, member);
        var page = window.Page;
        await page.GotoAsync("/conversations?view=mine");
        await Assertions.Expect(page.Locator(".rail [data-today] .count")).ToHaveTextAsync("1");
        await page.Row(first).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Locator("#chosen").GetByLabel("Tag").FillAsync("lamps");

        await at.MailAsync(member, "Ragna <ragna@lamps.example>", second, "Could you tell us by Friday whether it burns?", shared: true);
        await page.SaysAsync(second);
        await Assertions.Expect(page.Locator(".rail [data-today] .count")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Row(first).GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#chosen").GetByLabel("Tag")).ToHaveValueAsync("lamps");
        await Assertions.Expect(page.Locator("#chosen").GetByLabel("Tag")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of the inbox" }).GetByRole(AriaRole.Link, new() { Name = "Mine" })).ToContainTextAsync("2");
        Assert.Empty(await LookAt.AllAsync(page));

        // Whoever stands in a row that a colleague closes goes on in the next one.
        await page.Row(first).FocusAsync();
        Assert.Null(await at.DoAsync<CloseConversation, Refusal?>(async deed => await deed.RunAsync(await IdAsync(at, first), mate, default)));
        await page.SaysNotAsync(first);
        await Assertions.Expect(page.Row(second)).ToBeFocusedAsync();

        window.LineMayFail = true;
        await window.Context.SetOfflineAsync(true);
        await at.MailAsync(member, "Ragna <ragna@lamps.example>", third, "Could you tell us by Monday whether it burns?", shared: true);
        await window.Context.SetOfflineAsync(false);
        await page.SaysAsync(third);
    }

    [Fact]
    public async Task Who_writes_sees_at_once_who_else_does_and_what_comes_in_meanwhile_and_loses_no_word()
    {
        var at = await Worlds.DemoAsync();
        var (member, mate) = (await at.MemberAsync(Scene.Only("Solveig")), await at.MemberAsync(Scene.Only("Ivar Moss")));
        var subject = Scene.Only("The grey lamp");
        var sender = $"Ragna <ragna@{subject.Split(' ')[^1].ToLowerInvariant()}.example>";
        await at.MailAsync(member, sender, subject, "Could you tell us by Thursday whether it burns?", shared: true);
        await WritingTests.ConnectAsync(at, member);
        var id = await IdAsync(at, subject);
        var (page, theirs) = ((await OpenAsync(at, member)).Page, await OpenAsync(at, mate));
        await page.GotoAsync($"/conversations/{id}");
        await theirs.Page.GotoAsync($"/conversations/{id}");
        await page.SaysAsync($"{mate.Name} is looking at this too.");

        await page.Field("Reply").FillAsync("It burns since Tuesday.");
        await theirs.Page.SaysAsync($"{member.Name} is writing a reply.");
        Assert.Empty(await LookAt.AllAsync(theirs.Page));
        await theirs.Page.Field("Note among ourselves").FillAsync("The bulb is new.");
        await theirs.Page.Button("Note it").ClickAsync();

        // It stands among the messages and at what is written, which stays.
        await page.SaysAsync("The bulb is new.");
        await Assertions.Expect(page.Locator("#reply")).ToContainTextAsync("Something was said or moved here since you began to write.");
        await Assertions.Expect(page.Field("Reply")).ToHaveValueAsync("It burns since Tuesday.");
        Assert.Empty(await LookAt.AllAsync(page));
        await page.Button("I have seen it").ClickAsync();
        await theirs.Page.CloseAsync();
        await page.SaysNotAsync(mate.Name + " is looking");
        await page.Locator("#reply").Button("Send").ClickAsync();
        await page.ToldAsync("Sent. It leaves in a few seconds.");

        // On the page for writing what came meanwhile is shown in full.
        await page.GotoAsync($"/write?conversation={id}");
        await page.Field("Text").FillAsync("And another lamp.");
        await at.DoAsync<WriteNote, NoteWritten>(deed => deed.RunAsync(id, "The second bulb is new, too.", mate, default).OrFailAsync());
        await Assertions.Expect(page.Locator("[data-unseen]")).ToContainTextAsync("The second bulb is new, too.");
        await Assertions.Expect(page.Field("Text")).ToHaveValueAsync("And another lamp.");
        Assert.Empty(await LookAt.AllAsync(page));
    }

    private static Task<ConversationId> IdAsync(Installation at, string subject) => at.DoAsync<RapportDb, ConversationId>(db => db.Set<Conversation>().Where(c => c.Subject == subject).Select(c => c.Id).SingleAsync());
}
