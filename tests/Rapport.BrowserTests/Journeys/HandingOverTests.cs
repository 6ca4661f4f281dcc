using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.BrowserTests.Journeys;

/// <summary>Whoever leaves or is away owes nothing that nobody keeps.</summary>
public sealed class HandingOverTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_somebody_leaves_one_page_hands_over_what_they_owe_and_tells_the_customers(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (leaver, taker, manager, name) = (await at.MemberAsync(Scene.Only("Bo Leaver")), await at.MemberAsync(Scene.Only("Tea Taker")), await at.MemberAsync(Scene.Only("Mara Manager"), Roles.Manager | Roles.Member), Scene.Only("Ylva Sandbank"));
        await WritingTests.ConnectAsync(at, manager);
        var with = await at.PersonAsync(name, $"{name.Split(' ')[^1].ToLowerInvariant()}@sandbank.example");
        var promise = await at.PromiseAsync(leaver, with, "Grease the crane", "by Friday");
        await at.PromiseAsync(leaver, with, "Send the receipt", "by Thursday");
        await at.DoAsync<RapportDb, Refusal?>(async db =>
        {
            (await db.MemberAsync(leaver.Id, default))!.Leave(Installation.Morning);
            return await db.SaveAsync(Actor.Rapport, default);
        });

        var page = (await OpenAsync(at, manager, scripts)).Page;
        await page.GotoAsync("/commitments");
        await page.SaysAsync($"{leaver.Name} left and still answers for 2 promises.");
        await page.Link($"Hand over what {leaver.Name} owes").ClickAsync();
        await page.HeadedAsync($"What {leaver.Name} owes");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Field("Who takes all of it").SelectOptionAsync(new SelectOptionValue { Label = taker.Name });
        await page.Field("What the customers are told").FillAsync("Bo has left us. We keep what we promised you.");
        await page.Button("Hand it over").ClickAsync();
        await page.ToldAsync("Handed over: 2. 1 told by mail.");
        await page.SaysAsync($"{leaver.Name} owes nothing any more.");

        // Whom it was promised to sees through whose hands it went.
        var theirs = (await OpenAsync(at, null, scripts)).Page;
        await theirs.GotoAsync(await at.DoAsync<ShowPromise, string>(async show => (await show.LinksAsync(promise, manager, default))[0].Path));
        await theirs.SaysAsync($"{taker.Name} answers for it, after {leaver.Name}.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_away_names_somebody_who_stands_in_and_keeps_it_for_them(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (absent, deputy, words) = (await at.MemberAsync(Scene.Only("Abe Away")), await at.MemberAsync(Scene.Only("Dot Deputy")), Scene.Only("Tune the horn"));
        var promise = await at.PromiseAsync(absent, await at.PersonAsync(Scene.Only("Ylva Sandbank")), words, "today");
        var page = (await OpenAsync(at, absent, scripts)).Page;
        await page.GotoAsync("/settings/absence");
        await page.Field("First day away").FillAsync("2031-03-11");
        await page.Field("Last day away").FillAsync("2031-03-14");
        await page.Field("Who stands in").SelectOptionAsync(new SelectOptionValue { Label = deputy.Name });
        await page.Button("Save").ClickAsync();
        await page.ToldAsync("it stays with its owner.");
        await page.SaysAsync($"{deputy.Name} stands in");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));

        var theirs = (await OpenAsync(at, deputy, scripts)).Page;
        await theirs.GotoAsync("/");
        await theirs.SaysAsync($"You stand in for {absent.Name}, away until 14 March 2031.");
        await Assertions.Expect(theirs.Row(words)).ToContainTextAsync($"for {absent.Name}");
        await theirs.GotoAsync($"/commitments/{promise}");
        await theirs.Button("Kept, on my word").ClickAsync();
        await theirs.ToldAsync("Kept, on your word.");
        await theirs.SaysAsync($"{deputy.Name}, standing in for {absent.Name}, said that it is done");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_colleague_helps_and_whom_it_was_promised_to_gets_it_in_writing_with_their_link(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, helper, name) = (await at.MemberAsync(Scene.Only("Jorun")), await at.MemberAsync(Scene.Only("Hella Helper")), Scene.Only("Ylva Sandbank"));
        await WritingTests.ConnectAsync(at, member);
        var promise = await at.PromiseAsync(member, await at.PersonAsync(name, $"{name.Split(' ')[^1].ToLowerInvariant()}@writing.example"), Scene.Only("Raise the mast"), "by Friday");
        var settings = (await OpenAsync(at, at.Owner, scripts)).Page;
        await settings.GotoAsync("/settings/promises");
        // Another run of this test may have asked for it already.
        if (await settings.Button("Put it into mail").CountAsync() > 0) await settings.Button("Put it into mail").ClickAsync();
        await settings.SaysAsync("Mail about a promise carries the link");

        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.GetByText("Somebody helps").ClickAsync();
        await page.Field("Who").SelectOptionAsync(new SelectOptionValue { Label = helper.Name });
        await page.Button("Add").ClickAsync();
        await page.ToldAsync("They help from now on.");
        await Assertions.Expect(page.Row(helper.Name)).ToContainTextAsync("helps");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Button("Give it to them in writing").ClickAsync();
        await Assertions.Expect(page.Field("Text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("You can count on it\\.[\\s\\S]*/promised/"));
        await page.Button("Send").ClickAsync();
        await page.ToldAsync("Sent. It leaves in a few seconds.");
        await page.GotoAsync($"/commitments/{promise}");
        await page.SaysAsync("gave it to them in writing");

        var theirs = (await OpenAsync(at, helper, scripts)).Page;
        await theirs.GotoAsync("/commitments");
        await theirs.Link("I help").ClickAsync();
        await Assertions.Expect(theirs.Row("Raise the mast")).ToContainTextAsync(member.Name);
    }
}
