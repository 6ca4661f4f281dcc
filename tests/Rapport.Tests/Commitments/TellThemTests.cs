using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>Before a promise breaks they are told by a mail that a person sends; the mail and the new date are recorded at once (K3).</summary>
public sealed class TellThemTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task The_mail_that_is_begun_tells_the_new_date_and_sending_it_moves_the_promise_with_the_mail_as_its_evidence()
    {
        var (me, browser) = (await MeAsync(), await Rapport.SignedInAsync(Roles.Owner));
        await BoxAsync("sales");
        var id = await PromiseAsync("Weld the ramp", await PersonAsync("Greta Told", "greta@told.example"), 2);
        var old = (await RowAsync(id)).DueEnd;
        var began = await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/told", ("tell.due", "in 9 days"), ("why", "The steel comes late."));
        var write = await PageAsync(browser, Path(began));
        foreach (var words in new[] { "Greta Told", "greta@told.example", "Hello Greta,", "we promised you by", "Weld the ramp", "The steel comes late.", "You will have it by", "Sending it moves “Weld the ramp” to" }) Assert.Contains(words, write, StringComparison.Ordinal);
        // Until it is sent, nothing has changed.
        Assert.Equal(old, (await RowAsync(id)).DueEnd);
        Assert.Equal([CommitmentDeed.Made], await StoryAsync(id));

        var sent = await SendAsync(DraftOf(began), me);
        var row = await RowAsync(id);
        Assert.Equal((CommitmentState.Open, "in 9 days", true), (row.State, row.DueWords, row.DueEnd > old));
        var told = (await WithAsync<CommitmentQueries, List<CommitmentEvent>>(d => d.StoryAsync(id, Ct)))[^1];
        Assert.Equal((CommitmentDeed.Renegotiated, sent.Interaction, row.DueEnd), (told.Deed, told.Interaction, told.DueEnd));
        Assert.Contains($"/interactions/{sent.Interaction}\">shown here", await PageAsync(browser, $"/commitments/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_taken_back_takes_the_new_date_with_it_and_sent_again_tells_it_again()
    {
        var me = await MeAsync();
        await BoxAsync("sales");
        var id = await PromiseAsync("Hoist the mast", await PersonAsync("Hugo Back", "hugo@back.example"), 2);
        var old = (await RowAsync(id)).DueEnd;
        var draft = await TellAsync(id, "in 9 days");
        var sent = await SendAsync(draft, me);
        Assert.NotEqual(old, (await RowAsync(id)).DueEnd);
        Assert.Equal(draft, (await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, me, Ct))).Value);
        Assert.Equal(old, (await RowAsync(id)).DueEnd);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Renegotiated, CommitmentDeed.MailTakenBack], await StoryAsync(id));
        await SendAsync(draft, me);
        Assert.True((await RowAsync(id)).DueEnd > old);
    }

    [Fact]
    public async Task What_was_settled_meanwhile_or_whose_new_date_has_passed_is_not_sent()
    {
        var me = await MeAsync();
        await BoxAsync("sales");
        var person = await PersonAsync("Ina Settled", "ina@settled.example");
        var id = await PromiseAsync("Tune the bell", person, 2);
        var draft = await TellAsync(id, "in 9 days");
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        Assert.Equal("commitment.closed", (await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(draft, me, Ct))).Refusal?.Code);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().AnyAsync(d => d.Recipient == "ina@settled.example", Ct)));
        Assert.Equal("commitment.closed", (await WithAsync<WriteAboutCommitment, Result<DraftId>>(d => d.TellAsync(id, "in 9 days", null, Site, me, Ct))).Refusal?.Code);

        var late = await PromiseAsync("Tune the horn", person, 1);
        var passed = await TellAsync(late, "in 2 days");
        Rapport.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal("commitment.due-past", (await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(passed, me, Ct))).Refusal?.Code);
        Assert.Equal([CommitmentDeed.Made], await StoryAsync(late));
    }

    [Fact]
    public async Task Told_after_it_was_due_it_counts_as_not_kept_and_what_it_takes_goes_on_in_the_new_one()
    {
        var me = await MeAsync();
        await BoxAsync("sales");
        var person = await PersonAsync("Jon Late", "jon@late.example");
        var id = await PromiseAsync("Dredge the basin", person, 1);
        Assert.Null(await WithAsync<PlanCommitment, Refusal?>(d => d.AddStepAsync(id, "Rent the dredger", "", me, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        var sent = await SendAsync(await TellAsync(id, "in 9 days"), me);
        Assert.Equal(CommitmentState.Replaced, (await RowAsync(id)).State);
        var standing = (await WithAsync<CommitmentQueries, Page<CommitmentRow>>(d => d.ListAsync(new(With: person), null, 10, me, Ct))).Items.Single();
        Assert.Equal(("Dredge the basin", "in 9 days"), (standing.Words, standing.DueWords));
        Assert.Equal("Rent the dredger", Assert.Single(await Rapport.InDatabaseAsync(db => db.StepsOfAsync(standing.Id, Ct))).Words);
        Assert.Equal("mail.held", (await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, me, Ct))).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_no_date_goes_back_to_the_page_with_what_was_typed_and_the_words_can_be_ones_own()
    {
        var (me, browser) = (await MeAsync(), await Rapport.SignedInAsync(Roles.Owner));
        await BoxAsync("sales");
        var id = await PromiseAsync("Splice the rope", await PersonAsync("Kira Own", "kira@own.example"), 2);
        var refused = await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/told", ("tell.due", "soon"), ("why", "The hemp is wet."));
        var page = await PageAsync(browser, Path(refused).Split('#')[0]);
        foreach (var kept in new[] { "names no date", "value=\"soon\"", "The hemp is wet." }) Assert.Contains(kept, page, StringComparison.Ordinal);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Draft>().AnyAsync(d => d.To.Contains("kira@own.example"), Ct)));

        var saved = await WithAsync<SavedTexts, Result<SavedTextId>>(d => d.KeepAsync(null, new("A new date", "new-date", "", "Dear {{ person.name }}, {{ promise.words }} comes {{ promise.until }} and not {{ promise.due }}."), me, Ct));
        var text = await TextOfAsync(await TellAsync(id, "in 9 days"));
        Assert.StartsWith("Dear Kira Own, Splice the rope comes ", text, StringComparison.Ordinal);
        Assert.Null(await WithAsync<SavedTexts, Refusal?>(d => d.DiscardAsync(saved.Value, me, Ct)));
    }

    [Fact]
    public async Task They_are_reminded_by_a_mail_that_a_person_sends_and_never_by_itself()
    {
        var me = await MeAsync();
        await BoxAsync("sales");
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        var id = await PromiseAsync("Send us the survey", await PersonAsync("Lars Theirs", "lars@theirs.example"), 1, Side.TheirsToUs);
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        await Rapport.RunJobsAsync();
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Draft>().AnyAsync(d => d.To.Contains("lars@theirs.example"), Ct)));

        Assert.Equal("commitment.side", (await WithAsync<WriteAboutCommitment, Result<DraftId>>(d => d.TellAsync(id, "in 9 days", null, Site, me, Ct))).Refusal?.Code);
        var began = await program.PostAsync($"/api/commitments/{id}/reminder-mails", null, Ct);
        Assert.True(began.StatusCode == HttpStatusCode.Created, await began.Content.ReadAsStringAsync(Ct));
        Assert.True(IId<DraftId>.TryParse((await began.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("draft").GetString(), null, out var draft));
        Assert.Contains("Send us the survey", await TextOfAsync(draft), StringComparison.Ordinal);
        Assert.Equal([CommitmentDeed.Made], await StoryAsync(id));
        var sent = await SendAsync(draft, me);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Reminded], await StoryAsync(id));
        Assert.Null((await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, me, Ct))).Refusal);
        Assert.Equal(CommitmentDeed.MailTakenBack, (await StoryAsync(id)).Last());
        await SendAsync(draft, me);
        Assert.Contains("They were reminded", await PageAsync(await Rapport.SignedInAsync(Roles.Owner), $"/commitments/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_about_a_promise_carries_the_link_of_whom_it_goes_to_where_the_installation_wants_it()
    {
        var (me, browser) = (await MeAsync(), await Rapport.SignedInAsync(Roles.Owner));
        await BoxAsync("sales");
        var id = await PromiseAsync("Caulk the hull", await PersonAsync("Mona Link", "mona@link.example"), 4);
        async Task<string> ConfirmedAsync() => await TextOfAsync(DraftOf(await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/confirmed")));
        await browser.SubmitAsync("/settings/promises", "/do/promises/links", ("wanted", "false"));
        Assert.DoesNotContain("/promised/", await ConfirmedAsync(), StringComparison.Ordinal);
        Assert.Equal("promises.settings", (await WithAsync<WantLinksInMail, Refusal?>(async d => await d.RunAsync(true, await Rapport.ActorAsync(Roles.Manager), Ct)))?.Code);

        await browser.SubmitAsync("/settings/promises", "/do/promises/links", ("wanted", "true"));
        Assert.Contains("carries the link on which they see it", await PageAsync(browser, "/settings/promises"), StringComparison.Ordinal);
        foreach (var text in new[] { await ConfirmedAsync(), await TextOfAsync(await TellAsync(id, "in 9 days")) })
        {
            var link = new Uri(text.Split('\n').Single(l => l.Contains("/promised/", StringComparison.Ordinal)).Trim());
            Assert.Contains("Caulk the hull", await PageAsync(Rapport.Client(), link.AbsolutePath), StringComparison.Ordinal);
        }

        // What is sent says so in the story, and taken back it does not count.
        var draft = DraftOf(await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/confirmed"));
        Assert.Contains("that they have it in writing", await PageAsync(browser, $"/write/{draft}"), StringComparison.Ordinal);
        var sent = await SendAsync(draft, me);
        Assert.Contains("/promised/", (await MailAsync(sent.Interaction)).TextBody, StringComparison.Ordinal);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Confirmed], await StoryAsync(id));
        Assert.Null((await WithAsync<TakeBackMail, Result<DraftId?>>(d => d.RunAsync(sent.Interaction, me, Ct))).Refusal);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Confirmed, CommitmentDeed.MailTakenBack], await StoryAsync(id));
        Assert.Contains("{{ promise.link }}", await browser.GetStringAsync("/settings/texts/new", Ct), StringComparison.Ordinal);
        // Of what they promised us nothing is confirmed.
        var theirs = await PromiseAsync("Send us the plan", await PersonAsync("Mats Link", "mats@link.example"), 4, Side.TheirsToUs);
        Assert.Equal("commitment.side", (await WithAsync<WriteAboutCommitment, Result<DraftId>>(d => d.ConfirmAsync(theirs, Site, me, Ct))).Refusal?.Code);
    }

    private const string Site = "https://rapport.example.com";

    private static async Task<string> PageAsync(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, Ct));

    private static string Path(HttpResponseMessage response) => response.Headers.Location?.ToString() ?? throw new InvalidOperationException($"No redirect: {response.StatusCode}");

    private static DraftId DraftOf(HttpResponseMessage began) => IId<DraftId>.TryParse(Path(began)["/write/".Length..], null, out var id) ? id : throw new InvalidOperationException(Path(began));

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, int days, Side side = Side.OursToThem)
    {
        var due = Rapport.Clock.GetUtcNow().AddDays(days);
        return (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(side, words, with, new(due, due, DuePrecision.Day, $"in {days} days")), await MeAsync(), Ct))).Value;
    }

    private async Task<DraftId> TellAsync(CommitmentId id, string due)
    {
        var began = await WithAsync<WriteAboutCommitment, Result<DraftId>>(async d => await d.TellAsync(id, due, null, Site, await MeAsync(), Ct));
        Assert.True(began.Succeeded(out var draft, out var refusal), refusal?.Message);
        return draft;
    }

    private async Task<MailSent> SendAsync(DraftId draft, Actor by)
    {
        var sent = await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(draft, by, Ct));
        Assert.True(sent.Succeeded(out var mail, out var refusal), refusal?.Message);
        return mail;
    }

    private Task<string> TextOfAsync(DraftId id) => Rapport.InDatabaseAsync(db => db.Set<Draft>().Where(d => d.Id == id).Select(d => d.Text).SingleAsync(Ct));

    private Task<CommitmentRow> RowAsync(CommitmentId id) => WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, await MeAsync(), Ct))!);

    private Task<IEnumerable<CommitmentDeed>> StoryAsync(CommitmentId id) => WithAsync<CommitmentQueries, IEnumerable<CommitmentDeed>>(async d => (await d.StoryAsync(id, Ct)).Select(e => e.Deed));
}
