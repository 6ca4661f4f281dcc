using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Commitments;
using Rapport.Members;
using Rapport.Tests.Conversations;
using Rapport.Tests.Webhooks;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Commitments;

/// <summary>Customers find us by the address that is set for them, wherever our members are signed in.</summary>
public sealed class SiteTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Links_that_leave_the_house_begin_with_the_address_that_is_set_for_them()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await TakeAsync(await MailboxAsync(Ada, "sited", shared: true), Ada, new TestMail("sited-1", "lena@sited.example"));
        var id = (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, "Send the drawings", await PersonAsync("lena@sited.example"), null), owner, Ct))).Value;
        foreach (var (set, begins) in new[] { ("https://customers.example.com/", "https://customers.example.com/promised/"), ("", "http://127.0.0.1:") })
        {
            await using var node = await TellingNode.StartAsync(Rapport, ("Site:Address", set));
            using var client = new HttpClient { BaseAddress = node.Address };
            client.DefaultRequestHeaders.Authorization = (await Rapport.TokenClientAsync(TokenScope.Write)).DefaultRequestHeaders.Authorization;
            Assert.StartsWith(begins, (await client.GetFromJsonAsync<JsonElement>($"/api/commitments/{id}/recipient-link", Ct)).GetProperty("url").GetString(), StringComparison.Ordinal);
        }
    }
}
