using Microsoft.Extensions.DependencyInjection;
using Rapport.Conversations;
using Rapport.Dialogue;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Dialogue;

public class FindPageTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Theory]
    [InlineData("lukasz")]
    [InlineData("rincz")]
    [InlineData("030 1234-567")]
    [InlineData("przyklad.example")]
    public async Task A_person_is_found_by_any_scrap_on_the_page_in_the_palette_and_by_program(string scrap)
    {
        var id = Ids.New<Rapport.Customers.PartyId>(Rapport.Clock);
        var reader = await Rapport.ActorAsync(Roles.Member);
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Index(new SearchDocument(new(SearchKind.Person, id.Value), "Łukasz Lőrincz", "Buyer, Przykład", ["l.lorincz@przyklad.example", "030 1234567", "+49301234567"]));
            return await db.SaveAsync(reader, Ct);
        });
        var client = await Rapport.SignedInAsync(Roles.Member);
        foreach (var path in new[] { "/find", "/find/suggest", "/api/find" })
            Assert.Contains(id.ToString(), await client.GetStringAsync($"{path}?q={Uri.EscapeDataString(scrap)}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_palette_marks_the_letters_and_speaks_the_language_of_options()
    {
        var reader = await Rapport.ActorAsync(Roles.Member);
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Index(new SearchDocument(new(SearchKind.Organization, Ids.New<Rapport.Customers.PartyId>(Rapport.Clock).Value), "Pelicanworks & Sons", "Hamburg", []));
            return await db.SaveAsync(reader, Ct);
        });
        var html = await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync("/find/suggest?q=pelican", Ct);
        Assert.Contains("role=\"group\" aria-label=\"Organisations\"", html, StringComparison.Ordinal);
        Assert.Contains("<mark>Pelican</mark>works &amp; Sons", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/find", "Type any scrap")]
    [InlineData("/find?q=qqzzqqzz", "Try fewer letters")]
    [InlineData("/find/suggest?q=qqzzqqzz", "Try fewer letters")]
    [InlineData("/find?q=%22%27%3Cscript%3E", "&lt;script&gt;")]
    public async Task Nothing_found_says_what_to_try(string path, string said) =>
        Assert.Contains(said, await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync(path, Ct), StringComparison.Ordinal);

    [Fact]
    public async Task Words_of_messages_are_found_newest_first_and_never_those_of_others()
    {
        var me = await Rapport.ActorAsync(Roles.Member);
        var other = await Rapport.ActorAsync(Roles.Manager);
        var old = await SaidAsync("The gangway needs new hinges", daysAgo: 9, null);
        var secret = await SaidAsync("My gangway is nobody's business", daysAgo: 5, other.Id);
        var latest = await SaidAsync("Long before it. Where does the gangway go?", daysAgo: 1, null);

        var seen = await FindAsync("gangway", other);
        Assert.Equal([latest, secret, old], seen.Messages.Select(m => m.Message));
        var mine = await FindAsync("gangway", me);
        Assert.Equal([latest, old], mine.Messages.Select(m => m.Message));
        Assert.Contains(mine.Messages[0].Said, p => p is { Hit: true, Text: "gangway" });
        Assert.DoesNotContain("nobody", await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync("/find?q=gangway", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_may_see_is_found_behind_many_messages_that_one_may_not()
    {
        var other = await Rapport.ActorAsync(Roles.Manager);
        var mine = await SaidAsync("The binnacle shines", daysAgo: 300, null);
        for (var i = 0; i < 70; i++) await SaidAsync("The binnacle is mine", daysAgo: 200 - i, other.Id);
        Assert.Equal([mine], (await FindAsync("binnacle", await Rapport.ActorAsync(Roles.Member))).Messages.Select(m => m.Message));
    }

    private Task<Found> FindAsync(string text, Actor by) => Rapport.InScopeAsync(services => services.GetRequiredService<FindAnything>().RunAsync(text, 20, by, Ct));

    private Task<InteractionId> SaidAsync(string text, int daysAgo, ReaderId? onlyFor) => Rapport.InDatabaseAsync(async db =>
    {
        var at = RapportFixture.Monday.AddDays(-daysAgo);
        var conversation = new Conversation { Id = Ids.New<ConversationId>(Rapport.Clock), Subject = "About the ship", OnlyFor = onlyFor, LastAt = at, Count = 1 };
        var said = new Interaction { Id = new(Moments.Key(at, daysAgo)), Conversation = conversation.Id, At = at, Subject = "About the ship", Text = text, OnlyFor = onlyFor, AuthorName = "Mika Example" };
        db.AddRange(conversation, said);
        db.Index(new MessageText(said.Id.Value, text));
        await db.SaveAsync(Actor.Rapport, Ct);
        return said.Id;
    });
}
