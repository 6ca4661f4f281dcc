using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Kernel.Database;
using Rapport.Updates;

namespace Rapport.Tests.Updates;

/// <summary>A notice binds the organisation: who sent it may be ill when its next word is due.</summary>
public sealed class OthersGoOnTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task What_went_out_from_somebodys_own_mailbox_is_gone_on_with_by_others_from_theirs()
    {
        var (me, other) = (await MeAsync(), await Rapport.ActorAsync(Roles.Member));
        var (own, shared) = (await ConnectAsync(await MailboxAsync(me, "go-on-own"), "go-on-own"), await SharedAsync());
        var person = await PersonAsync("Gunda Going", "gunda@going.example", await CustomerAsync("Going Example"));
        var id = await SendAsync(await NoticeAsync("Going crane stands still", new() { People = [person] }) with { Mailbox = own });
        var promise = (await DetailAsync(id)).Promise!.Value;
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);

        var update = new NoticeUpdate("The part has come.", null, null, Later.AddDays(1));
        Assert.Equal(("notice.mailbox", "mailbox"), await SayAsync(update) is { } refused ? (refused.Code, refused.Field) : default);
        Assert.Equal("mailbox.missing", (await SayAsync(update with { Mailbox = await ConnectAsync(await MailboxAsync(me, "go-on-second"), "go-on-second") }))?.Code);
        Assert.Null(await SayAsync(update with { Mailbox = shared }));
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);
        var (first, second) = (await MailAsync(id, person), await MailAsync(id, person, 2));
        Assert.Equal(("go-on-shared@ours.example", first.MessageId), (second.From.Mailboxes.Single().Address, second.InReplyTo));
        Assert.Equal(CommitmentState.Kept, (await CommitmentAsync(promise)).State);
        Assert.Equal(other.Id, (await CommitmentAsync((await DetailAsync(id)).Promise!.Value)).Owner);

        // From there on nobody has to choose.
        Assert.Null(await WithAsync<SayNextWord, Refusal?>(d => d.EndAsync(id, null, other, Ct)));
        await TellAsync();
        Assert.Equal("Over: Going crane stands still", (await MailAsync(id, person, 3)).Subject);

        Task<Refusal?> SayAsync(NoticeUpdate said) => WithAsync<SayNextWord, Refusal?>(d => d.UpdateAsync(id, said, other, Ct));
        Task<Commitment> CommitmentAsync(Guid of) => Rapport.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().SingleAsync(c => c.Id == new CommitmentId(of), Ct));
    }

    [Fact]
    public async Task The_page_asks_from_where_only_whoever_may_not_write_from_there()
    {
        var (me, shared) = (await MeAsync(), await SharedAsync());
        var own = await ConnectAsync(await MailboxAsync(me, "go-on-paged"), "go-on-paged");
        var person = await PersonAsync("Gerd Going", "gerd@going-on.example", await CustomerAsync("Going On Example"));
        var id = await SendAsync(await NoticeAsync("Paged crane stands still", new() { People = [person] }) with { Mailbox = own });
        Assert.DoesNotContain("Update.Mailbox", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/notices/{id}", Ct), StringComparison.Ordinal);

        var browser = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains("Update.Mailbox", await browser.GetStringAsync($"/notices/{id}", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync($"/notices/{id}", "all-clear", ("AllClear.Words", "It lifts again."), ("AllClear.Mailbox", shared.ToString()))).StatusCode);
        Assert.Equal(shared, (await DetailAsync(id)).Mailbox);

        // What others can go on with is offered first.
        var form = await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync("/notices/new", Ct);
        Assert.True(form.IndexOf($"value=\"{shared}\"", StringComparison.Ordinal) is > 0 and var there && there < form.IndexOf($"value=\"{own}\"", StringComparison.Ordinal));
    }

    private async Task<MailboxId> SharedAsync() => await ConnectAsync((await WithAsync<OpenMailbox, Result<MailboxId>>(async d => await d.SharedAsync("go-on-shared", new(Visibility.Everyone), await MeAsync(), Ct))).Value, "go-on-shared");

    private async Task<MailboxId> ConnectAsync(MailboxId id, string name)
    {
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(async d => await d.RunAsync(id, new($"{name}@ours.example", server, server), await MeAsync(), Ct)));
        return id;
    }
}
