using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;
using Rapport.Commitments;

namespace Rapport.BrowserTests.Journeys;

public sealed class CommitmentsTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_is_written_down_with_a_date_in_spoken_words(bool scripts)
    {
        var (at, member, _, name) = await SomebodyAsync();
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/commitments");
        await page.Link("Promise").ClickAsync();
        await page.HeadedAsync("Write a promise down");
        await page.ChooseAsync("To whom", name, scripts);
        await page.Field("What, in the words that were used").FillAsync("I will call you about the invoice");
        await page.Field("By when, as it was said").FillAsync("soon");
        if (scripts) await Assertions.Expect(page.Locator(".live-hint .text-amber")).ToBeVisibleAsync();
        await page.Button("Promise").ClickAsync();
        await Assertions.Expect(page.Field("By when, as it was said")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Field("What, in the words that were used")).ToHaveValueAsync("I will call you about the invoice");

        await page.Field("By when, as it was said").FillAsync("within two working days");
        if (scripts) await page.SaysAsync("Understood as Thursday");
        await page.Button("Promise").ClickAsync();
        await page.HeadedAsync("I will call you about the invoice");
        await page.ToldAsync("Written down: Thursday");
        await page.GotoAsync("/commitments?mine=true");
        await Assertions.Expect(page.Row("I will call you about the invoice")).ToContainTextAsync("within two working days");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_is_kept_with_the_call_that_shows_it(bool scripts)
    {
        var (at, member, party, _) = await SomebodyAsync();
        var promise = await at.PromiseAsync(member, party, "Tell them the price", "tomorrow");
        await at.CallAsync(member, party, "Told them the price: 4,200.");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.Row("Told them the price: 4,200.").Button("This shows it").ClickAsync();
        await page.ToldAsync("Kept.");
        await page.SaysAsync("What shows it");
        await page.UndoAsync();
        await page.ToldAsync("It stands again.");

        await page.Button("Kept, on my word").ClickAsync();
        await page.ToldAsync("Kept, on your word.");
        await page.SaysAsync("Somebody's word.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whom_it_was_promised_to_says_without_an_account_that_it_was_not_kept_and_the_owner_hears_of_it_first(bool scripts)
    {
        var (at, member, party, name) = await SomebodyAsync();
        var words = Scene.Only("Grease the hinge");
        var promise = await at.PromiseAsync(member, party, words, "tomorrow");
        await at.DoAsync<SettleCommitment, CommitmentId>(async deed => await deed.KeepAsync(promise, Proof.OnMyWord, member, default) is { } refusal ? throw new InvalidOperationException(refusal.Message) : promise);
        var ours = (await OpenAsync(at, member, scripts)).Page;
        await ours.GotoAsync($"/commitments/{promise}");
        var link = await ours.Link("the promise, who answers for it and what happened").GetAttributeAsync("href");

        var theirs = (await OpenAsync(at, null, scripts)).Page;
        await theirs.GotoAsync(link!);
        await theirs.SaysAsync(words);
        await theirs.Field("A word why").FillAsync("It still squeaks");
        if (scripts) Assert.Empty(await LookAt.AllAsync(theirs));
        await theirs.Button("Not kept").ClickAsync();
        await theirs.SaysAsync("You said: not kept");
        // They may change their mind, and the last word counts.
        await theirs.Button("Kept").ClickAsync();
        await theirs.SaysAsync("You said: kept");
        await theirs.Field("A word why").FillAsync("The second hinge still squeaks");
        await theirs.Button("Partly").ClickAsync();
        await theirs.SaysAsync("You said: kept in part");
        await theirs.Field("A word why").FillAsync("It still squeaks");
        await theirs.Button("Not kept").ClickAsync();
        await theirs.SaysAsync("You said: not kept");

        await ours.GotoAsync("/");
        await Assertions.Expect(ours.Row(words)).ToContainTextAsync($"{name} says: not kept");
        await ours.Row(words).Button("Heard").ClickAsync();
        await ours.ToldAsync("Heard. Their word stays in its story.");
        await ours.GotoAsync($"/commitments/{promise}");
        await ours.SaysAsync("It still squeaks");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_date_is_agreed_before_the_old_one_is_over(bool scripts)
    {
        var (at, member, party, _) = await SomebodyAsync();
        var promise = await at.PromiseAsync(member, party, "Send the offer", "by Friday");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/commitments?mine=true");
        await page.Row("Send the offer").GetByRole(AriaRole.Link, new() { Name = "Agree a new date" }).ClickAsync();
        await page.Field("By when now").FillAsync("when I can");
        await page.Button("Agree").ClickAsync();
        await Assertions.Expect(page.Field("By when now")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Field("By when now")).ToHaveValueAsync("when I can");

        await page.Field("By when now").FillAsync("by 28 March");
        if (scripts) await page.SaysAsync("Understood as Friday");
        await page.Field("How it was agreed").FillAsync("On the telephone");
        await page.Button("Agree").ClickAsync();
        await page.ToldAsync("Agreed.");
        await page.SaysAsync("agreed a new date before it was due");
        await page.SaysAsync("by 28 March");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_is_handed_over_only_when_the_other_takes_it(bool scripts)
    {
        var (at, member, party, _) = await SomebodyAsync();
        var colleague = await at.MemberAsync(Scene.Only("Leif"));
        var promise = await at.PromiseAsync(member, party, "Repair the gate", "by Friday");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.UnfoldAsync("Hand it over");
        await page.Field("To").SelectOptionAsync(new SelectOptionValue { Label = colleague.Name });
        await page.Button("Ask them to take it").ClickAsync();
        await page.ToldAsync("Offered. It stays yours until they accept.");
        await page.SaysAsync($"{colleague.Name} was asked and has not answered yet.");

        var theirs = (await OpenAsync(at, colleague, scripts)).Page;
        await theirs.GotoAsync("/commitments");
        await theirs.SaysAsync("Will you take it?");
        await theirs.Row("Repair the gate").Button("Take it").ClickAsync();
        await theirs.ToldAsync("Yours now.");
        await theirs.SaysNotAsync("Will you take it?");

        await page.GotoAsync($"/commitments/{promise}");
        await page.SaysAsync($"{colleague.Name} took it");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promise_that_will_not_be_done_is_let_go_or_counted_as_broken_and_both_can_be_taken_back(bool scripts)
    {
        var (at, member, party, _) = await SomebodyAsync();
        var promise = await at.PromiseAsync(member, party, "Paint the crane", "by Friday");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.UnfoldAsync("It will not be done");
        await page.Field("Why, or how they said so").FillAsync("The painter is ill");
        await page.Button("It was not kept").ClickAsync();
        await page.ToldAsync("Marked as not kept.");
        await page.SaysAsync("The painter is ill");
        await page.UndoAsync();
        await page.ToldAsync("It stands again.");

        await page.UnfoldAsync("It will not be done");
        await page.Button("They let it go").ClickAsync();
        await page.ToldAsync("Let go.");
        await page.Button("It still stands").ClickAsync();
        await page.ToldAsync("It stands again.");
        await Assertions.Expect(page.Button("Kept, on my word")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Before_something_is_promised_one_sees_what_else_is_due_that_day(bool scripts)
    {
        var (at, member, party, name) = await SomebodyAsync();
        var words = Scene.Only("Tar the keel");
        await at.PromiseAsync(member, party, words, "by Friday");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/new?party={party}");
        await page.Field("What, in the words that were used").FillAsync(scripts ? "Send the chart" : " ");
        await page.Field("By when, as it was said").FillAsync("by Friday");
        if (!scripts) await page.Button("Promise").ClickAsync();
        await page.SaysAsync("You owe one other thing on Friday");
        await page.SaysAsync($"“{words}” to {name}");
        await page.SaysAsync(scripts ? "something to send" : "something to do");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Why_something_was_not_kept_is_chosen_and_counted_among_ones_own_figures(bool scripts)
    {
        var (at, member, party, _) = await SomebodyAsync();
        var promise = await at.PromiseAsync(member, party, "Send the drawings", "by Friday");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.UnfoldAsync("It will not be done");
        await page.Field("If it was not kept, what it was").SelectOptionAsync(new SelectOptionValue { Label = "it took longer than thought" });
        await page.Button("It was not kept").ClickAsync();
        await page.SaysAsync("said that it was not kept: it took longer than thought");

        await page.GotoAsync("/commitments");
        await page.Link("How they are kept").ClickAsync();
        await page.HeadedAsync("How we keep our word");
        await page.Link("My own").ClickAsync();
        await page.HeadedAsync("How I keep my word");
        await page.SaysAsync("0 of 1 settled in the last year were kept in time.");
        await page.SaysAsync("it took longer than thought (1)");
        await page.SaysAsync("too few for a share");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_at_risk_is_told_by_a_mail_that_records_the_new_date(bool scripts)
    {
        var (at, member, party, name) = await SomebodyAsync();
        await WritingTests.ConnectAsync(at, member);
        var promise = await at.PromiseAsync(member, party, Scene.Only("Raise the beacon"), "in 12 days");
        var chart = await at.PromiseAsync(member, party, "Finish the chart", "in 20 days");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/commitments/{promise}");
        await page.GetByText("Add a step, or what it depends on").ClickAsync();
        await page.Field("What it depends on").SelectOptionAsync(new SelectOptionValue { Value = chart.ToString() });
        await page.Button("It depends on that").ClickAsync();
        await page.ToldAsync("When that is late, this one is shown as at risk.");
        await page.SaysAsync("“Finish the chart”, is due only after it.");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));

        await page.Field("By when they will have it").FillAsync("in 25 days");
        if (scripts) await page.SaysAsync("Understood as");
        await page.Field("Why, as they will read it").FillAsync("The chart takes longer.");
        await page.Button("Write the mail").ClickAsync();
        await page.SaysAsync("with this mail to show it");
        await Assertions.Expect(page.Field("Text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("The chart takes longer\\. You will have it by"));
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Field("To").FillAsync($"{name} <beacon@skerry.example>");
        await page.Button("Send").ClickAsync();
        await page.ToldAsync("Sent. It leaves in a few seconds.");
        await page.GotoAsync($"/commitments/{promise}");
        await page.SaysAsync("agreed a new date before it was due");
        await page.SaysAsync("shown here");
        await page.SaysNotAsync("is due only after it.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_promised_is_looked_at_by_week_and_on_a_calendar_with_the_filters_kept(bool scripts)
    {
        var (at, member, party, name) = await SomebodyAsync();
        await at.PromiseAsync(member, party, "Bring the ladder", "tomorrow");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/commitments?mine=true");
        await page.Link("By week").ClickAsync();
        await Assertions.Expect(page.Row("Bring the ladder")).ToContainTextAsync(name);
        await page.Link("Calendar").ClickAsync();
        await Assertions.Expect(page.Locator(".month-items li")).ToContainTextAsync("Bring the ladder");
        Assert.Contains("mine=true", page.Url, StringComparison.Ordinal);
        if (scripts)
        {
            await page.Keyboard.PressAsync("j");
            await Assertions.Expect(page.Locator(".month-items li:focus")).ToContainTextAsync("Bring the ladder");
            await page.Keyboard.PressAsync("Enter");
        }
        else await page.Link("Bring the ladder").ClickAsync();
        await page.HeadedAsync("Bring the ladder");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_link_for_ones_own_calendar_is_made_shown_again_and_ended(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Kari")), scripts)).Page;
        await page.GotoAsync("/settings/calendar");
        await page.Button("Make the link").ClickAsync();
        await page.ToldAsync("Here is your link.");
        var link = await page.Locator("main code").InnerTextAsync();
        Assert.StartsWith("BEGIN:VCALENDAR", await (await page.APIRequest.GetAsync(link)).TextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/settings/calendar");
        await Assertions.Expect(page.Locator("main code")).ToHaveTextAsync(link);
        await page.Button("End it").ClickAsync();
        await page.ToldAsync("The link no longer works.");
        Assert.Equal(404, (await page.APIRequest.GetAsync(link)).Status);
    }

    private async Task<(Installation At, Actor Member, Customers.PartyId Party, string Name)> SomebodyAsync()
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Ylva Sandbank");
        return (at, await at.MemberAsync(Scene.Only("Jorun")), await at.PersonAsync(name), name);
    }
}
