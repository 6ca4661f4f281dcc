using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>What is in doubt is settled by a word that is known, and by no other.</summary>
public sealed class SettlePageTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("lost", "Say what became of it", DispatchState.Unknown)]
    [InlineData("", "Say what became of it", DispatchState.Unknown)]
    [InlineData("arrived", "Noted: it arrived.", DispatchState.Delivered)]
    [InlineData("left", "Left at that.", DispatchState.Failed)]
    public async Task Only_a_word_that_is_known_settles_a_mail_in_doubt(string how, string said, DispatchState then)
    {
        var me = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(me, $"settle-{how}");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"settle-{how}@ours.example", server, server), me, Ct)));
        var mail = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "kim@settle.example", "Offer", "Here it is."), me, Ct))).Value.Interaction;
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Unknown), Ct));

        var browser = await Rapport.SignedInAsync(Roles.Owner);
        await browser.SubmitAsync("/outgoing", $"/do/mails/{mail}/settle", ("how", how));
        Assert.Contains(said, await browser.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.Equal(then, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).Select(d => d.State).SingleAsync(Ct)));
    }
}
