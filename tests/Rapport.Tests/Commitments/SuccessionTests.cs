using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>When a member leaves, everything they owe goes to others at once, and those to whom it was promised hear of it (K1, P2).</summary>
public sealed class SuccessionTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    private static int leavers;

    [Fact]
    public async Task What_somebody_who_left_owes_is_handed_over_at_once_and_each_customer_gets_one_mail_with_who_answers_now()
    {
        await BoxAsync();
        Assert.Null(await WithAsync<WantLinksInMail, Refusal?>(async d => await d.RunAsync(true, await MeAsync(), Ct)));
        var (owner, manager, taker) = (await MeAsync(), await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Member));
        var leaver = await LeaverAsync();
        var (lena, nomail) = (await PersonAsync("Lena Heir", "lena@heir.example"), await PersonAsync("Nora Nomail", null));
        var (first, second, third, theirs) = (await PromiseAsync(leaver, lena, "Send the drawings"), await PromiseAsync(leaver, lena, "Repair the gate"), await PromiseAsync(leaver, nomail, "Weigh the crate"), await PromiseAsync(leaver, lena, "Send the order", Side.TheirsToUs));
        var client = await Rapport.SignedInAsync(Roles.Owner);
        Assert.DoesNotContain("left and still answers for", await client.GetStringAsync("/commitments", Ct), StringComparison.Ordinal);
        await LeaveAsync(leaver.Id);
        Assert.Contains($"{leaver.Name} left and still answers for 4 promises.", await client.GetStringAsync("/commitments", Ct), StringComparison.Ordinal);
        // Members see no such line, and cannot hand over for others.
        var member = await Rapport.SignedInAsync(Roles.Member);
        Assert.DoesNotContain("left and still answers for", await member.GetStringAsync("/commitments", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsJsonAsync("/api/commitments/successions", new { of = leaver.Id, to = new Dictionary<string, string> { [first.ToString()] = taker.Id.ToString() } }, Ct)).StatusCode);

        var done = await client.SubmitAsync($"/commitments/succession?of={leaver.Id}", "/do/commitments/succession", ("of", leaver.Id.ToString()), ("to", taker.Id.ToString()), ($"to-{first}", ""), ($"to-{second}", manager.Id.ToString()), ($"to-{third}", ""), ($"to-{theirs}", ""), ("words", "Bo has left us. We keep our word."));
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        var page = await client.GetStringAsync(done.Headers.Location!.ToString(), Ct);
        Assert.Contains("Handed over: 4. 1 told by mail. No mail reaches Nora Nomail: call them.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"{leaver.Name} owes nothing any more.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal([taker.Id, manager.Id, taker.Id, taker.Id], await OwnersAsync(first, second, third, theirs));
        Assert.Equal((CommitmentDeed.Reassigned, owner.Id), await LastAsync(first));

        var mail = await MailAsync(await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => db.Set<Dispatch>().Any(d => d.Interaction == m.Interaction && d.Address == "lena@heir.example")).Select(m => m.Interaction).SingleAsync(Ct)));
        var text = mail.TextBody!.ReplaceLineEndings("\n");
        Assert.StartsWith("Hello Lena Heir,\n\nBo has left us. We keep our word.\n\nWhat we promised you stands.", text, StringComparison.Ordinal);
        Assert.Contains($"- Send the drawings (by Friday): {taker.Name}\n", text, StringComparison.Ordinal);
        Assert.Contains($"- Repair the gate (by Friday): {manager.Name}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Send the order", text, StringComparison.Ordinal);
        // Their own page says so, too.
        var link = text.Split('\n').SkipWhile(l => !l.StartsWith("- Send the drawings", StringComparison.Ordinal)).First(l => l.Contains("/promised/", StringComparison.Ordinal)).Trim();
        Assert.Contains($"<strong>{taker.Name}</strong> answers for it, after {leaver.Name}", WebUtility.HtmlDecode(await Rapport.Client().GetStringAsync(new Uri(link).AbsolutePath, Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hand_over_is_all_or_nothing_and_goes_only_to_those_who_can_take_it()
    {
        var (manager, taker, reader) = (await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Reader));
        var leaver = await LeaverAsync();
        var person = await PersonAsync("Ally Allornothing", "ally@all.example");
        var (first, second) = (await PromiseAsync(leaver, person, "Send the list"), await PromiseAsync(leaver, person, "Send the map"));
        Assert.Equal("commitment.owner", (await HandOverAsync(leaver, manager, (first, reader.Id))).Refusal?.Code);
        Assert.Equal("commitment.owner", (await HandOverAsync(leaver, manager, (first, leaver.Id))).Refusal?.Code);
        Assert.Equal("hand-over.none", (await HandOverAsync(leaver, manager)).Refusal?.Code);
        Assert.Equal("commitment.reassign", (await HandOverAsync(leaver, taker, (first, taker.Id))).Refusal?.Code);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(second, Proof.OnMyWord, leaver, Ct)));
        Assert.Equal("changed.meanwhile", (await HandOverAsync(leaver, manager, (first, taker.Id), (second, taker.Id))).Refusal?.Code);
        Assert.Equal([leaver.Id], await OwnersAsync(first));
    }

    [Fact]
    public async Task Who_was_asked_to_take_something_and_says_nothing_for_three_working_days_does_not_take_it()
    {
        var (owner, other) = (await MeAsync(), await Rapport.ActorAsync(Roles.Member));
        var id = await PromiseAsync(owner, await PersonAsync("Otto Offered", "otto@offered.example"), "Order the bearing", days: 60);
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.OfferAsync(id, other.Id, null, owner, Ct)));
        await EndOffersAsync();
        Assert.Equal(other.Id, (await OneAsync(id)).OfferedTo);
        Rapport.Clock.Advance(TimeSpan.FromDays(7));
        await EndOffersAsync();
        var after = await OneAsync(id);
        Assert.Equal((owner.Id, (MemberId?)null), (after.Owner, after.OfferedTo));
        Assert.Equal((CommitmentDeed.OfferEnded, default(MemberId)), await LastAsync(id));
        Assert.Equal("commitment.not-offered", (await WithAsync<HandOverCommitment, Refusal?>(d => d.AcceptAsync(id, other, Ct)))?.Code);
        // Asked again, the time begins again.
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.OfferAsync(id, other.Id, null, owner, Ct)));
        await EndOffersAsync();
        Assert.Equal(other.Id, (await OneAsync(id)).OfferedTo);
    }

    private Task<bool> EndOffersAsync() => WithAsync<LetOffersEnd, bool>(async job => { await job.RunAsync(Ct); return true; });

    private Task<Result<SuccessionDone>> HandOverAsync(Actor of, Actor by, params (CommitmentId Id, MemberId To)[] to) =>
        WithAsync<HandOverAll, Result<SuccessionDone>>(d => d.RunAsync(new(of.Id, to.ToDictionary(t => t.Id, t => t.To), null), "https://rapport.example.com", by, Ct));

    private async Task<Actor> LeaverAsync() => (await WithAsync<AdmitMember, Result<Member>>(d => d.RunAsync("Bo Leaver", $"bo.{Interlocked.Increment(ref leavers)}@ours.example", Roles.Member, Actor.Rapport, Ct))).Value!.Actor;

    private Task<Refusal?> LeaveAsync(MemberId id) => Rapport.InDatabaseAsync(async db =>
    {
        (await db.MemberAsync(id, Ct))!.Leave(Rapport.Clock.GetUtcNow());
        return await db.SaveAsync(Actor.Rapport, Ct);
    });

    private async Task<CommitmentId> PromiseAsync(Actor by, PartyId with, string words, Side side = Side.OursToThem, int days = 4)
    {
        var friday = Rapport.Clock.GetUtcNow().AddDays(days);
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(side, words, with, new Due(friday, friday, DuePrecision.Day, "by Friday")), by, Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private Task<CommitmentRow> OneAsync(CommitmentId id) => WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, await MeAsync(), Ct))!);

    private async Task<IEnumerable<MemberId>> OwnersAsync(params CommitmentId[] ids)
    {
        var owners = new List<MemberId>();
        foreach (var id in ids) owners.Add((await OneAsync(id)).Owner);
        return owners;
    }

    private Task<(CommitmentDeed, MemberId)> LastAsync(CommitmentId id) => WithAsync<CommitmentQueries, (CommitmentDeed, MemberId)>(async d => (await d.StoryAsync(id, Ct))[^1] is var last ? (last.Deed, last.By) : default);
}
