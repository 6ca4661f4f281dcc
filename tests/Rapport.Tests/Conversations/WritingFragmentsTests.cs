using System.Net;
using Rapport.Conversations;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>What is proposed while somebody writes: those who can be told of it, and the texts that are written often.</summary>
public sealed class WritingFragmentsTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Behind_an_at_those_are_proposed_who_may_see_the_conversation()
    {
        var (owner, member) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        var (hers, his) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Member));
        await TakeAsync(await MailboxAsync(owner, "Mentions", shared: true), owner, new TestMail("mention-all", "lena@mention.example"));
        await TakeAsync(await MailboxAsync(owner, "Own mentions"), owner, new TestMail("mention-own", "lena@mention.example"));
        var (shared, own) = ((await ConversationOfAsync("mention-all")).Id, (await ConversationOfAsync("mention-own")).Id);

        Assert.Contains($"data-label=\"@{member.Name} \"", await GetAsync(hers, shared, member.Name[..3]), StringComparison.Ordinal);
        Assert.Contains($"@{owner.Name} ", await GetAsync(his, shared, owner.Name.Split(' ')[^1].ToUpperInvariant()), StringComparison.Ordinal);
        // Neither oneself, nor anybody for nothing, nor who may not see it, nor of what one may not see oneself.
        Assert.DoesNotContain("option", await GetAsync(his, shared, member.Name), StringComparison.Ordinal);
        Assert.DoesNotContain("option", await GetAsync(hers, shared, ""), StringComparison.Ordinal);
        Assert.DoesNotContain(member.Name, await GetAsync(hers, own, member.Name[..3]), StringComparison.Ordinal);
        Assert.DoesNotContain("option", await GetAsync(his, own, owner.Name[..3]), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Reader)).GetAsync($"/conversations/{shared}/mentions?q=a", Ct)).StatusCode);

        Task<string> GetAsync(HttpClient client, ConversationId id, string typed) => client.GetStringAsync($"/conversations/{id}/mentions?q={Uri.EscapeDataString(typed)}", Ct);
    }

    [Fact]
    public async Task Behind_a_shortcut_texts_are_proposed_filled_in_or_with_what_they_lack()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await TakeAsync(await MailboxAsync(owner, "Texts", shared: true), owner, new TestMail("texts-1", "Lena Brandt <lena@texts.example>"));
        foreach (var (name, shortcut, text) in new[] { ("Crane greeting", "cranehello", "Dear {{ person.name }}, <the> crane comes."), ("Crane by ship", "craneship", "It comes with {{ ship.name }}."), ("Without", "", "Nothing") })
            Assert.Null((await WithAsync<SavedTexts, Result<SavedTextId>>(t => t.KeepAsync(null, new(name, shortcut, null, text), owner, Ct))).Refusal);
        var client = await Rapport.SignedInAsync(Roles.Member);
        var conversation = (await ConversationOfAsync("texts-1")).Id;
        var found = await client.GetStringAsync($"/write/texts?q=CRANE&to={Uri.EscapeDataString("lena@texts.example")}&conversation={conversation}", Ct);
        Assert.Contains("data-label=\"Dear Lena Brandt, &lt;the&gt; crane comes.\"", found, StringComparison.Ordinal);
        Assert.Contains(";cranehello", found, StringComparison.Ordinal);
        Assert.Contains("ship", found[found.IndexOf("Crane by ship", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("It comes with", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Without", found, StringComparison.Ordinal);
        Assert.DoesNotContain("option", await client.GetStringAsync("/write/texts?q=quay", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Reader)).GetAsync("/write/texts?q=crane", Ct)).StatusCode);
    }
}
