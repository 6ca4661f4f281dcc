using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Tests.Sending;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Conversations;

/// <summary>Open pages follow what becomes of mail on its way out, and of what was promised.</summary>
public sealed class LiveLedgerTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("jane", DispatchState.HandedOver)]
    [InlineData("nobody", DispatchState.Failed)]
    public async Task What_became_of_a_mail_is_heard_on_the_page_of_its_conversation(string to, DispatchState becomes)
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => { if (!said.StartsWith("RCPT TO:<nobody@", StringComparison.Ordinal)) return false; await talk.SayAsync("550 5.1.1 nobody of that name"); return true; } };
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await Rapport.ActorAsync(Roles.Member);
        var box = await MailboxAsync(owner, $"Live out to {to}", shared: true);
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"live.{to}@harbourline.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "secret"), server.Sending), owner, Ct)));
        var sent = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, $"{to}@live-out.example", "The second crane", "It comes in week 50."), owner, Ct))).Value;
        Rapport.Clock.Advance(TimeSpan.FromSeconds(11));
        await Rapport.RunJobsAsync();
        await using var line = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Member), sent.Conversation.ToString(), await LivePageTests.NowAsync(Rapport));

        Assert.True(await Rapport.Services.GetRequiredService<HoldOutboxes>().ClaimAsync(box, Ct));
        await Rapport.Services.GetRequiredService<SendFromMailbox>().RunAsync(new(box), Ct);
        await Rapport.RunJobsAsync();
        Assert.Equal("page", (await line.NextAsync())?.Data);
        Assert.Equal(becomes, await StateAsync());

        // Whatever else became known by then is told by now.
        await using var later = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Owner), sent.Conversation.ToString(), await LivePageTests.NowAsync(Rapport));
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == sent.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Unknown), Ct));
        Assert.Null(await WithAsync<SettleDispatch, Refusal?>(d => d.ArrivedAsync(sent.Interaction, $"{to}@live-out.example", owner, Ct)));
        Assert.Equal("page", (await later.NextAsync())?.Data);

        Task<DispatchState> StateAsync() => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == sent.Interaction).Select(d => d.State).SingleAsync(Ct));
    }

    [Fact]
    public async Task A_promise_is_heard_of_where_it_was_made_and_on_the_Today_of_whose_it_is()
    {
        var (owner, member) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        await TakeAsync(await MailboxAsync(owner, "Promises", shared: true), owner, new TestMail("live-promise", "lena@live-promise.example"));
        var conversation = await ConversationOfAsync("live-promise");
        var lena = await PersonAsync("lena@live-promise.example");
        await using var page = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Member), conversation.Id.ToString(), await LivePageTests.NowAsync(Rapport));
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "Send the drawings", lena, null, conversation.Last), owner, Ct));
        Assert.Equal("page", (await page.NextAsync())?.Data);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(made.Value, Proof.OnMyWord, owner, Ct)));
        Assert.Equal("page", (await page.NextAsync())?.Data);

        await using var hers = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Owner), "list", await LivePageTests.NowAsync(Rapport));
        await using var his = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Member), "list", await LivePageTests.NowAsync(Rapport));
        var offered = await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "Call the yard", lena, null, Owner: member.Id), owner, Ct));
        Assert.True(offered.Succeeded(out _, out _));
        Assert.Equal(("page", "page"), ((await hers.NextAsync())?.Data, (await his.NextAsync())?.Data));
    }
}
