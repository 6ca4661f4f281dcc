using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Updates;

namespace Rapport.Tests.Updates;

/// <summary>One click unsubscribes, without an account, for one topic and one channel (U6, RFC 8058).</summary>
public sealed class UnsubscribeTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task One_click_unsubscribes_from_the_topic_alone_for_what_is_queued_too_and_can_be_undone()
    {
        var person = await PersonAsync("Uma Click", "uma@click.example", await CustomerAsync("Click Example"));
        var id = await SendAsync(await NewsAsync("We move", NoticeKind.Information) with { Audience = new() { People = [person] } });
        await TellAsync();
        var mail = await MailAsync(id, person);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        Assert.StartsWith("https://rapport.example.com/unsubscribe/", link.ToString(), StringComparison.Ordinal);
        Assert.Contains(link.ToString(), mail.TextBody, StringComparison.Ordinal);

        // Mail programs open every link they see.
        var nobody = Rapport.Client();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head }) Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(new(method, link.AbsolutePath), Ct)).StatusCode);
        Assert.False(await LeftAsync("uma@click.example"));

        // By the mail program itself, twice; nothing of the second is another one.
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await Rapport.Client().PostAsync(link.AbsolutePath, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct)).StatusCode);
        Assert.True(await LeftAsync("uma@click.example"));
        var row = (await RecipientsAsync(id)).Single();
        Assert.Equal((Outcome.NotTried, "They unsubscribed before this left, so it was not sent."), (row.Outcome, row.Said));
        // Nobody sends it to them all the same.
        await ForbiddenAsync(row.Interaction!.Value, "uma@click.example", "They unsubscribed before this left, so it was not sent.");
        Assert.Contains("sends no more news to", await nobody.GetStringAsync(link.AbsolutePath, Ct), StringComparison.Ordinal);

        // Of that topic nothing more; of another one, and of what is their own matter, as before.
        Assert.Equal("audience.nobody", (await WithAsync<SendNotice, Result<NoticeId>>(async d => await d.RunAsync(await NewsAsync("We move again", NoticeKind.Information) with { Audience = new() { People = [person] } }, "", await MeAsync(), Ct))).Refusal?.Code);
        await SendAsync(await NewsAsync("Prices change", NoticeKind.Change) with { Audience = new() { People = [person] } });
        var own = await SendAsync("Click crane stands still", new() { People = [person] });
        await TellAsync();
        Assert.Null((await MailAsync(own, person)).Headers["List-Unsubscribe"]);

        // By the page, as a person without scripts would: undone, and done again.
        Assert.Equal(HttpStatusCode.Found, (await nobody.SubmitAsync(link.AbsolutePath, $"{link.AbsolutePath}/undone")).StatusCode);
        Assert.False(await LeftAsync("uma@click.example"));
        Assert.Equal(HttpStatusCode.Found, (await nobody.SubmitAsync(link.AbsolutePath, link.AbsolutePath)).StatusCode);
        Assert.True(await LeftAsync("uma@click.example"));
    }

    [Fact]
    public async Task What_did_not_arrive_before_they_unsubscribed_is_not_sent_again_until_they_subscribe()
    {
        var person = await PersonAsync("Ida Failed", "ida@failed.example", await CustomerAsync("Failed Example"));
        var id = await SendAsync(await NewsAsync("We paint", NoticeKind.Information) with { Audience = new() { People = [person] } });
        await TellAsync();
        await BecomesAsync(id, DispatchState.Failed);
        var mail = (await TellingsAsync(id)).Single().Interaction!.Value;
        var link = new Uri((await MailAsync(id, person)).Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;
        Assert.True(await MayAgainAsync(mail));
        Assert.Equal(HttpStatusCode.OK, (await Rapport.Client().PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct)).StatusCode);
        Assert.False(await MayAgainAsync(mail));
        var refusal = await WithAsync<SettleDispatch, Refusal?>(async d => await d.SendAgainAsync(mail, "ida@failed.example", await MeAsync(), Ct));
        Assert.Equal(("dispatch.outdated", "They unsubscribed from such notices, so this is not sent any more."), (refusal?.Code, refusal?.Message));

        Assert.Equal(HttpStatusCode.Found, (await Rapport.Client().SubmitAsync(link, $"{link}/undone")).StatusCode);
        Assert.True(await MayAgainAsync(mail));
        Assert.Null(await WithAsync<SettleDispatch, Refusal?>(async d => await d.SendAgainAsync(mail, "ida@failed.example", await MeAsync(), Ct)));
    }

    [Fact]
    public async Task What_did_not_arrive_is_not_sent_again_once_a_later_word_was_said_or_the_notice_is_over()
    {
        var person = await PersonAsync("Leo Stale", "leo@stale.example", await CustomerAsync("Stale Example"));
        var id = await SendAsync("Steam is off", new() { People = [person] });
        await TellAsync();
        await BecomesAsync(id, DispatchState.Failed);
        Assert.Null(await SayAsync((d, by) => d.UpdateAsync(id, new("Nothing has changed.", Later, null, Later.AddDays(1)), by, Ct)));
        await TellAsync();
        var (first, second) = ((await TellingsAsync(id))[0].Interaction!.Value, (await TellingsAsync(id))[1].Interaction!.Value);
        await BecomesAsync(id, DispatchState.HandedOver);
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == second).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Unknown), Ct));
        Assert.Equal((false, true), (await MayAgainAsync(first), await MayAgainAsync(second)));
        Assert.Null(await SayAsync((d, by) => d.EndAsync(id, null, by, Ct)));
        await TellAsync();
        Assert.Equal((false, false), (await MayAgainAsync(first), await MayAgainAsync(second)));
        // That it is over is of use to whom it did not reach.
        await BecomesAsync(id, DispatchState.Failed);
        Assert.True(await MayAgainAsync((await TellingsAsync(id))[2].Interaction!.Value));
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_unsubscribes_nobody()
    {
        var person = await PersonAsync("Fay Forged", "fay@forged.example", await CustomerAsync("Forged Example"));
        var id = await SendAsync(await NewsAsync("We grow", NoticeKind.Information) with { Audience = new() { People = [person] } });
        await TellAsync();
        var path = new Uri((await MailAsync(id, person)).Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;
        foreach (var forged in new[] { path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), path[..^4], "/unsubscribe/" + new string('A', 64), "/unsubscribe/x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Rapport.Client().PostAsync(forged, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await Rapport.Client().GetAsync(forged, Ct)).StatusCode);
        }
        Assert.False(await LeftAsync("fay@forged.example"));
    }

    private async Task<bool> MayAgainAsync(InteractionId mail) => Assert.Single((await WithAsync<DispatchQueries, ILookup<InteractionId, DispatchRow>>(async d => await d.OfAsync([mail], await MeAsync(), Ct)))[mail]).MayBeSentAgain;

    private async Task ForbiddenAsync(InteractionId mail, string address, string why)
    {
        var me = await MeAsync();
        foreach (var settle in new Func<SettleDispatch, Task<Refusal?>>[] { d => d.SendAgainAsync(mail, address, me, Ct), d => d.ArrivedAsync(mail, address, me, Ct), d => d.LeaveAsync(mail, address, me, Ct) })
        {
            var refusal = await WithAsync(settle);
            Assert.Equal(("dispatch.cancelled", why), (refusal?.Code, refusal?.Message));
        }
        var row = Assert.Single((await WithAsync<DispatchQueries, ILookup<InteractionId, DispatchRow>>(d => d.OfAsync([mail], me, Ct)))[mail]);
        Assert.Equal((DispatchState.Failed, true, false), (row.State, row.Cancelled, row.MayBeSentAgain));
        Assert.DoesNotContain(address, await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
    }

    private async Task<NewNotice> NewsAsync(string title, NoticeKind kind) => await NoticeAsync(title, new(), kind) with { ExpectedEnd = null, NextWord = null, Severity = Severity.Minor };

    private Task<bool> LeftAsync(string address) => Rapport.InDatabaseAsync(db => db.Set<Unsubscribed>().AnyAsync(u => u.Address == address && u.Topic == NoticeKind.Information && u.Channel == DispatchChannel.Email, Ct));
}
