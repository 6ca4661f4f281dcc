using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;

namespace Rapport.Tests.Conversations;

/// <summary>Two nodes on one database: what one does, the pages of the other hear.</summary>
public sealed class LiveNodesTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Two_nodes_on_one_database_tell_each_others_pages_within_two_seconds()
    {
        var (address, ada) = (Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));
        await Rapport.ActorAsync(Roles.Member);
        await using var one = await MailNode.StartAsync(address);
        await using var two = await MailNode.StartAsync(address);
        using var browser = await SignInAsync(one, Roles.Owner);
        using var mates = await SignInAsync(two, Roles.Member);
        var box = await one.WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync("Nodes", ada, Ct));
        Assert.Null(await one.WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box.Value, new(Visibility.Everyone), ada, Ct)));

        await using var list = await OpenLine.OpenAsync(mates, "list", await LivePageTests.NowAsync(Rapport));
        var clock = Stopwatch.StartNew();
        await one.WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box.Value, [new TestMail("live-nodes", "lena@nodes.example").Raw()], ada, Ct));
        await list.UntilAsync("message", "page");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"It took {clock.Elapsed}.");

        var id = (await ConversationOfAsync("live-nodes")).Id;
        await using var hers = await OpenLine.OpenAsync(browser, id.ToString());
        await using (await OpenLine.OpenAsync(mates, id.ToString())) await hers.UntilAsync("here", "Member Harbour is looking at this too.");
        await hers.UntilAsync("here", "");
    }

    private static async Task<HttpClient> SignInAsync(MailNode node, Roles roles)
    {
        var client = new HttpClient(new KeepsCookies()) { BaseAddress = node.Address };
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(roles)), ("Input.Password", SignedInClients.Password))).StatusCode);
        return client;
    }
}
