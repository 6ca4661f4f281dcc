using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>Whom something was promised to sees it by a link, without an account, and says whether it was kept (K4).</summary>
public sealed class VerdictTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task They_see_what_was_promised_and_through_whose_hands_it_went_and_nothing_that_we_wrote_to_each_other()
    {
        var (me, other) = (await MeAsync(), await Rapport.ActorAsync(Roles.Member));
        var id = await PromiseAsync("Send drawings rev C", await PersonAsync("Vera Dict", "vera@dict.example"));
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.OfferAsync(id, other.Id, "She is impatient", me, Ct)));
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.AcceptAsync(id, other, Ct)));
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, new(null, "The receipt is in the binder"), other, Ct)));

        var page = WebUtility.HtmlDecode(await Rapport.Client().GetStringAsync(await LinkAsync(id), Ct));
        Assert.Contains("Send drawings rev C", page, StringComparison.Ordinal);
        Assert.Contains($"<strong>{other.Name}</strong> answers for it, after {me.Name}", page, StringComparison.Ordinal);
        Assert.Contains("“by Friday”", page, StringComparison.Ordinal);
        Assert.DoesNotContain("impatient", page, StringComparison.Ordinal);
        Assert.DoesNotContain("binder", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_opened_by_a_mail_scanner_changes_nothing_and_one_button_breaks_what_was_said_to_be_kept_and_is_the_owners_first_line_on_Today()
    {
        var me = await MeAsync();
        var id = await PromiseAsync("Order the bearing", await PersonAsync("Dora Disagrees", "dora@dict.example"));
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        var (link, nobody) = (await LinkAsync(id), Rapport.Client());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head }) Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(new(method, link), Ct)).StatusCode);
        Assert.Null((await RowAsync(id)).Verdict);

        Assert.Equal(link, (await JudgeAsync(link, "NotKept", "It never came")).Headers.Location!.ToString());
        var row = await RowAsync(id);
        Assert.Equal((CommitmentState.Broken, Verdict.NotKept, "It never came"), (row.State, row.Verdict, row.VerdictWords));
        Assert.Contains("You said: not kept", await nobody.GetStringAsync(link, Ct), StringComparison.Ordinal);
        Assert.Equal((id, Nearness.Disagreed), await FirstOnTodayAsync(me));
        // The same once more is nothing new.
        await JudgeAsync(link, "NotKept", "It never came");
        Assert.Single(await StoryAsync(id), CommitmentDeed.Judged);

        // Their word stays: it is heard, and not taken back.
        Assert.Equal("commitment.judged", (await WithAsync<SettleCommitment, Refusal?>(d => d.ReopenAsync(id, me, Ct)))?.Code);
        Assert.Equal("commitment.hear", (await WithAsync<JudgeCommitment, Refusal?>(async d => await d.HearAsync(id, await Rapport.ActorAsync(Roles.Manager), Ct)))?.Code);
        Assert.Null(await WithAsync<JudgeCommitment, Refusal?>(d => d.HearAsync(id, me, Ct)));
        Assert.NotEqual((id, Nearness.Disagreed), await FirstOnTodayAsync(me));
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Kept, CommitmentDeed.Judged, CommitmentDeed.Heard], await StoryAsync(id));

        // They may change their mind.
        await JudgeAsync(link, "Kept", "It lay with the porter");
        Assert.Equal((CommitmentState.Kept, Verdict.Kept), ((await RowAsync(id)).State, (await RowAsync(id)).Verdict));
    }

    [Fact]
    public async Task Before_it_is_due_nobody_knows_that_it_was_not_kept_but_that_it_was_can_be_said_at_any_time()
    {
        var id = await PromiseAsync("Call the carrier", await PersonAsync("Ed Early", "ed@dict.example"));
        var link = await LinkAsync(id);
        Assert.DoesNotContain("value=\"NotKept\"", await Rapport.Client().GetStringAsync(link, Ct), StringComparison.Ordinal);
        Assert.EndsWith("?refused=commitment.not-due", (await JudgeAsync(link, "NotKept", "")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal((CommitmentState.Open, null), ((await RowAsync(id)).State, (await RowAsync(id)).Verdict));
        await JudgeAsync(link, "Kept", "");
        Assert.Equal(CommitmentState.Kept, (await RowAsync(id)).State);
    }

    [Theory]
    [InlineData("Kept", CommitmentState.KeptLate)]
    [InlineData("Partly", CommitmentState.Open)]
    [InlineData("NotKept", CommitmentState.Broken)]
    public async Task Past_due_their_word_decides(string verdict, CommitmentState becomes)
    {
        var id = await PromiseAsync("Weigh the crate", await PersonAsync($"Lea {verdict}", $"lea.{verdict}@dict.example".ToLowerInvariant()));
        var link = await LinkAsync(id);
        Rapport.Clock.Advance(TimeSpan.FromDays(5));
        await JudgeAsync(link, verdict, "");
        Assert.Equal(becomes, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_or_has_ended_shows_and_takes_nothing()
    {
        var id = await PromiseAsync("Paint the gate", await PersonAsync("Fay Forger", "fay@dict.example"));
        var link = await LinkAsync(id);
        string[] forged = [link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1], link[..^4], "/promised/" + new string('A', 70), "/promised/x", link.Replace("/promised/", "/unsubscribe/", StringComparison.Ordinal)];
        foreach (var one in forged) await GoneAsync(one);
        Rapport.Clock.Advance(TimeSpan.FromDays(401));
        await GoneAsync(link);
        Assert.Equal((CommitmentState.Open, null), ((await RowAsync(id)).State, (await RowAsync(id)).Verdict));
    }

    [Fact]
    public async Task A_member_sees_what_they_see_and_does_not_answer_for_them()
    {
        var id = await PromiseAsync("Fix the pump", await PersonAsync("Mia Member", "mia@dict.example"));
        var link = await LinkAsync(id);
        var member = await Rapport.SignedInAsync(Roles.Member);
        var answer = await member.PostAsync(link, Form("Kept", ""), Ct);
        Assert.EndsWith("?refused=commitment.member", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("only they say whether it was kept", await member.GetStringAsync(answer.Headers.Location!.ToString(), Ct), StringComparison.Ordinal);
        Assert.Null((await RowAsync(id)).Verdict);
    }

    [Fact]
    public async Task They_are_asked_about_what_is_serious_and_at_most_once_a_month()
    {
        await BoxAsync();
        var me = await MeAsync();
        var person = await PersonAsync("Ada Asked", "ada@dict.example");
        var small = await PromiseAsync("Send a leaflet", person);
        var (first, second) = (await PromiseAsync("Repair the crane", person, Weight.Serious), await PromiseAsync("Replace the motor", person, Weight.Serious));
        Assert.Equal("commitment.not-due", (await AskAsync(first, me))?.Code);
        foreach (var id in new[] { small, first, second }) Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        Assert.Equal("commitment.not-serious", (await AskAsync(small, me))?.Code);

        Assert.Null(await AskAsync(first, me));
        var mail = await MailAsync(await Rapport.InDatabaseAsync(db => db.Set<CommitmentEvent>().Where(e => e.Commitment == first && e.Deed == CommitmentDeed.AskedVerdict).Select(e => e.Interaction!.Value).SingleAsync(Ct)));
        Assert.Equal(("Did we keep our word?", "ada@dict.example"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        var link = mail.TextBody!.Split('\n').Single(l => l.StartsWith("https://", StringComparison.Ordinal)).Trim();
        Assert.Equal($"Hello Ada Asked,\n\nwe promised you (by Friday):\n\n    Repair the crane\n\nWe believe that we kept it. What counts is what you say: kept, partly or not kept. One click, no account:\n\n{link}\n\nYou are asked this at most once a month. If you would rather tell a person, please answer this mail.", mail.TextBody.ReplaceLineEndings("\n").Split("\n-- \n")[0].Trim());
        Assert.Equal("commitment.asked-lately", (await AskAsync(second, me))?.Code);
        await JudgeAsync(new Uri(link).AbsolutePath, "Partly", "");
        Assert.Equal("commitment.judged-already", (await AskAsync(first, me))?.Code);

        Rapport.Clock.Advance(AskForVerdict.Pause + TimeSpan.FromHours(1));
        Assert.Null(await AskAsync(second, me));
    }

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, Weight weight = Weight.Normal)
    {
        var friday = Rapport.Clock.GetUtcNow().AddDays(4);
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, words, with, new Due(friday, friday, DuePrecision.Day, "by Friday"), Weight: weight), await MeAsync(), Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private Task<string> LinkAsync(CommitmentId id) => WithAsync<ShowPromise, string>(async d => (await d.LinksAsync(id, await MeAsync(), Ct))[0].Path);

    private static FormUrlEncodedContent Form(string verdict, string words) => new([new("verdict", verdict), new("words", words)]);

    // As a browser without scripts and cookies would.
    private async Task<HttpResponseMessage> JudgeAsync(string link, string verdict, string words)
    {
        var answer = await Rapport.Client().PostAsync(link, Form(verdict, words), Ct);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer;
    }

    private async Task GoneAsync(string link)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Rapport.Client().GetAsync(link, Ct)).StatusCode);
        await Rapport.Client().PostAsync(link, Form("NotKept", ""), Ct);
    }

    private Task<Refusal?> AskAsync(CommitmentId id, Actor by) => WithAsync<AskForVerdict, Refusal?>(d => d.RunAsync(id, "https://rapport.example.com", by, Ct));

    private Task<CommitmentRow> RowAsync(CommitmentId id) => WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, await MeAsync(), Ct))!);

    private Task<IEnumerable<CommitmentDeed>> StoryAsync(CommitmentId id) => WithAsync<CommitmentQueries, IEnumerable<CommitmentDeed>>(async d => (await d.StoryAsync(id, Ct)).Select(e => e.Deed));

    private Task<(CommitmentId, Nearness)?> FirstOnTodayAsync(Actor by) => WithAsync<PromisedToday, (CommitmentId, Nearness)?>(async d =>
        (await d.RunAsync(BusinessCalendar.Standard(TimeZoneInfo.Utc), new HashSet<CommitmentId>(), by, Ct)).Select(l => ((CommitmentId, Nearness)?)(l.Promise.Id, l.Nearness)).FirstOrDefault());
}
