using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Tests.Customers.Import;

namespace Rapport.Tests.Conversations;

/// <summary>Whom a conversation is with follows where its people belong, and its clock with it; what is over stays with whom it was.</summary>
public sealed class FollowedCustomerTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Whoever_is_placed_at_an_organisation_later_is_answered_by_the_time_of_its_tier()
    {
        var lena = await AskedAsync("placed");
        Assert.Equal((lena, Tier.None), await StandAsync("placed"));
        var quay = await OrganizationAsync("Quay of the placed", Tier.A);
        await PlaceAsync(lena, quay);
        Assert.Equal((quay, Tier.A), await StandAsync("placed"));
    }

    [Fact]
    public async Task Whoever_changes_house_takes_along_what_is_open_and_leaves_what_is_over()
    {
        var lena = await AskedAsync("moves");
        await TakeAsync(await MailboxAsync(Ada, "Over", shared: true), Ada, new TestMail("moves-over-1", "lena.moves@gmail.com", "ada@ours.example") { Date = Rapport.Clock.GetUtcNow().AddMinutes(-1), Subject = "Another matter" });
        var (first, second) = (await OrganizationAsync("First house", Tier.A), await OrganizationAsync("Second house", Tier.C));
        var place = await PlaceAsync(lena, first);
        var over = (await ConversationOfAsync("moves-over-1")).Id;
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(over, Ada, Ct)));

        // Who leaves for nowhere that we know of still speaks for the house.
        Assert.Null(await WithAsync<EndAffiliation, Refusal?>(d => d.RunAsync(lena, place, null, Ada, Ct)));
        await Rapport.RunJobsAsync();
        Assert.Equal((first, Tier.A), await StandAsync("moves"));
        await PlaceAsync(lena, second);
        Assert.Equal((second, Tier.C), await StandAsync("moves"));
        Assert.Equal(first, (await ConversationOfAsync("moves-over-1")).Customer);
    }

    [Fact]
    public async Task A_place_that_begins_on_a_day_takes_along_what_is_open_when_that_day_comes()
    {
        var lena = await AskedAsync("later");
        var (first, second) = (await OrganizationAsync("House until then", Tier.A), await OrganizationAsync("House from then on", Tier.B));
        var place = await PlaceAsync(lena, first);
        var today = DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime);
        Assert.Null(await WithAsync<EndAffiliation, Refusal?>(d => d.RunAsync(lena, place, today.AddDays(3), Ada, Ct)));
        Assert.Null((await WithAsync<Affiliate, Result<AffiliationId>>(d => d.RunAsync(lena, new(second, From: today.AddDays(4)), Ada, Ct))).Refusal);
        await Rapport.RunJobsAsync();
        Assert.Equal((first, Tier.A), await StandAsync("later"));

        Rapport.Clock.Advance(TimeSpan.FromDays(5));
        await Rapport.RunJobsAsync();
        await Rapport.RunJobsAsync();
        Assert.Equal((second, Tier.B), await StandAsync("later"));
    }

    [Fact]
    public async Task What_somebody_else_of_the_house_takes_part_in_stays_with_the_house()
    {
        var (first, second) = (await OrganizationAsync("House that stays", Tier.A), await OrganizationAsync("House beside", Tier.C));
        var lena = await AskedAsync("stays", cc: "tom.stays@gmail.com");
        await PlaceAsync(await PersonAsync("tom.stays@gmail.com"), first);
        var place = await PlaceAsync(lena, first);
        Assert.Equal(first, (await ConversationOfAsync("stays-1")).Customer);
        Assert.Null(await WithAsync<EndAffiliation, Refusal?>(d => d.RunAsync(lena, place, null, Ada, Ct)));
        await PlaceAsync(lena, second);
        Assert.Equal(first, (await ConversationOfAsync("stays-1")).Customer);
    }

    [Fact]
    public async Task Taking_back_who_it_is_gives_the_conversation_back_to_the_person()
    {
        var lena = (await WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(new("Lena Unsaid", ContactPoints: [new(ContactKind.Email, "lena@unsaid.example")]), Ada, Ct))).Value;
        await TakeAsync(await MailboxAsync(Ada, "Unsaid", shared: true), Ada, new TestMail("unsaid-1", "lena@unsaid.example", "ada@ours.example") { Date = Rapport.Clock.GetUtcNow().AddMinutes(-1) });
        Assert.Equal(lena, (await ConversationOfAsync("unsaid-1")).Customer);
        var said = (await WithAsync<SayWho, Result<WhoAnswered>>(d => d.RunAsync(lena, Who.Customer, Ada, Ct))).Value!;
        await Rapport.RunJobsAsync();
        Assert.NotEqual(lena, said.About);
        Assert.Equal(said.About, (await ConversationOfAsync("unsaid-1")).Customer);
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(async d => await d.RunAsync((await ConversationOfAsync("unsaid-1")).Id, Ada, Ct)));

        Assert.Null(await WithAsync<TakeBackWho, Refusal?>(d => d.RunAsync(said.Id, Ada, Ct)));
        await Rapport.RunJobsAsync();
        Assert.Equal(lena, (await ConversationOfAsync("unsaid-1")).Customer);
    }

    [Fact]
    public async Task What_an_import_places_is_placed_until_the_import_is_undone()
    {
        using var bench = new ImportBench(Rapport);
        var lena = await AskedAsync("imported");
        var run = await ImportAsync(bench, "Name,Company,E-mail\nLena Imported,Import House,lena.imported@gmail.com\n");
        var house = await Rapport.InDatabaseAsync(db => db.Organizations().Where(o => o.Name == "Import House").Select(o => o.Id).SingleAsync(Ct));
        Assert.Equal(house, (await ConversationOfAsync("imported-1")).Customer);

        var undone = await UndoAsync(bench, run);
        Assert.Equal((ImportState.Undone, null), (undone.State, undone.Problem));
        Assert.Equal(lena, (await ConversationOfAsync("imported-1")).Customer);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Organizations().AnyAsync(o => o.Id == house, Ct)));
    }

    [Fact]
    public async Task Who_was_there_before_the_import_is_left_when_its_place_is_undone()
    {
        using var bench = new ImportBench(Rapport);
        var house = await OrganizationAsync("House before", Tier.A);
        var lena = await AskedAsync("before");
        var run = await ImportAsync(bench, "Name,Company,E-mail\nLena Before,House before,lena.before@gmail.com\n");
        Assert.Equal((house, Tier.A), await StandAsync("before"));
        Assert.Equal((ImportState.Undone, null), await UndoAsync(bench, run) is { } undone ? (undone.State, undone.Problem) : default);
        Assert.Equal((lena, Tier.None), await StandAsync("before"));
    }

    // By the tier of the import no clock runs once we have answered: there is none that is found to be wrong.
    [Fact]
    public async Task A_tier_that_an_import_took_is_back_when_it_is_undone_and_so_is_the_clock()
    {
        using var bench = new ImportBench(Rapport);
        await TakeAsync(await MailboxAsync(Ada, "Tiered", shared: true), Ada, new TestMail("tiered-1", "Lena <lena@tiered-house.example>", "ada@ours.example") { Date = Rapport.Clock.GetUtcNow().AddMinutes(-20) },
            new TestMail("tiered-2", "Ada Berg <ada@ours.example>", "Lena <lena@tiered-house.example>") { InReplyTo = ["tiered-1"], Date = Rapport.Clock.GetUtcNow().AddMinutes(-10), Text = "We look into it." });
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(async d => await d.RunAsync((await ConversationOfAsync("tiered-1")).Customer!.Value, null, new RelationshipTerms(Tier: Tier.A, Owner: owner.Id), owner, Ct))).Refusal);
        await Rapport.RunJobsAsync();
        var before = (await ConversationOfAsync("tiered-1")).DueAt;
        Assert.NotNull(before);

        var run = await ImportAsync(bench, "Company,Tier\nTiered House,C\n");
        Assert.Equal(new ImportCounts(Read: 1, Changed: 1), run.Counts);
        Assert.Null((await ConversationOfAsync("tiered-1")).DueAt);
        Assert.Equal((ImportState.Undone, null), await UndoAsync(bench, run) is { } undone ? (undone.State, undone.Problem) : default);
        Assert.Equal(before, (await ConversationOfAsync("tiered-1")).DueAt);
    }

    private async Task<PartyId> AskedAsync(string name, string? cc = null)
    {
        await TakeAsync(await MailboxAsync(Ada, name, shared: true), Ada, new TestMail($"{name}-1", $"lena.{name}@gmail.com", "ada@ours.example") { Date = Rapport.Clock.GetUtcNow().AddMinutes(-2), Subject = $"About {name}", Cc = cc });
        return await PersonAsync($"lena.{name}@gmail.com");
    }

    // What an import does is told by the jobs behind it.
    private async Task<ImportRun> ImportAsync(ImportBench bench, string content)
    {
        var run = await bench.ImportAsync(content);
        await Rapport.RunJobsAsync();
        return run;
    }

    private async Task<ImportRun> UndoAsync(ImportBench bench, ImportRun run)
    {
        var undone = await bench.UndoAsync(run.Id);
        await Rapport.RunJobsAsync();
        return undone;
    }

    private async Task<(PartyId?, Tier?)> StandAsync(string name) => await ConversationOfAsync($"{name}-1") is { DueAt: not null } now ? (now.Customer, now.ClockTier) : default;

    private async Task<PartyId> OrganizationAsync(string name, Tier tier)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var id = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new(name), owner, Ct))).Value;
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(id, null, new RelationshipTerms(Tier: tier, Owner: owner.Id), owner, Ct))).Refusal);
        return id;
    }

    private async Task<AffiliationId> PlaceAsync(PartyId person, PartyId organization)
    {
        var placed = await WithAsync<Affiliate, Result<AffiliationId>>(d => d.RunAsync(person, new(organization), Ada, Ct));
        await Rapport.RunJobsAsync();
        return placed.Value;
    }
}
