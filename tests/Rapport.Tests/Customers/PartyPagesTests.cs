using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel;

namespace Rapport.Tests.Customers;

public class PartyPagesTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task The_first_run_makes_our_organisation_and_makes_members_its_people()
    {
        var ada = await Rapport.ActorAsync(Roles.Owner);
        await Rapport.RunJobsAsync();
        var us = await PartyAsync(OurOrganization.Id);
        Assert.Equal(("Harbourline Example", Who.OneOfUs), (us.Name, us.Who));
        Assert.Equal(us.Id, await Rapport.InDatabaseAsync(db => db.OrganizationByDomainAsync("harbourline.example", Ct)));
        var detail = await RunAsync((PartyDetails details) => details.FindAsync(us.Id, Ct));
        Assert.Contains(detail!.Affiliations, a => a.Name == ada.Name);
        await Rapport.RunJobsAsync();
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Persons().CountAsync(p => p.Member == ada.Id, Ct)));
    }

    [Fact]
    public async Task Adding_somebody_who_may_be_here_already_shows_who_before_it_adds()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        (string, string)[] typed = [("Input.Name", "Mika Korhonen"), ("Input.Email", "mika@northwind.example")];
        var first = await client.SubmitAsync("/parties/new?kind=person", "new-party", typed);
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);

        var hint = await client.SubmitAsync("/parties/new?kind=person", "new-party", ("Input.Name", "Mika Korhonnen"), ("Input.Email", "MIKA@northwind.example"));
        var html = await hint.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, hint.StatusCode);
        Assert.Contains("has the same e-mail address", html);
        Assert.Contains("Add anyway", html);
        var anyway = await client.SubmitAsync("/parties/new?kind=person", "new-party", ("Input.Name", "Mika Korhonnen"), ("Input.Email", "MIKA@northwind.example"), ("Input.Seen", "true"));
        Assert.Equal(HttpStatusCode.Found, anyway.StatusCode);

        var fragment = await client.GetStringAsync("/parties/suggest-duplicates?Input.Name=Korhonen,+Mika", Ct);
        Assert.Contains("has the same name", fragment);
        Assert.Contains("Mika Korhonen", await client.GetStringAsync("/parties/suggest?q=mika", Ct));
    }

    [Fact]
    public async Task The_page_of_a_party_says_what_they_are_to_us_and_takes_deeds_with_undo()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var organization = await OrganizationAsync("Hilltop Schools Example", "hilltop-schools.example");
        var page = await client.GetStringAsync($"/parties/{organization}", Ct);
        Assert.Contains("nobody has said who they are", page, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/parties/{organization}", $"/do/parties/{organization}/who", ("who", "Customer"))).StatusCode);
        Assert.Contains("External customer", await client.GetStringAsync($"/parties/{organization}", Ct));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var relationship = (await RunAsync((PartyDetails d) => d.FindAsync(organization, Ct)))!.Relationship!;
        await client.SubmitAsync($"/parties/{organization}", $"/do/relationships/{relationship.Id}/judgements", ("kind", "Means"), ("answer", "No"), ("evidence", "Their budget is gone <b>."));
        var judged = await client.GetStringAsync($"/parties/{organization}", Ct);
        Assert.Contains("Their budget is gone &lt;b&gt;.", judged);
        Assert.Contains("Not a customer", judged);

        await client.SubmitAsync($"/parties/{organization}", $"/do/parties/{organization}/archive");
        Assert.Contains($"/do/parties/{organization}/restore", await client.GetStringAsync($"/parties/{organization}", Ct));
        await client.SubmitAsync($"/parties/{organization}", $"/do/parties/{organization}/restore");
        Assert.Null((await PartyAsync(organization)).ArchivedAt);
    }

    [Fact]
    public async Task Everything_known_is_filled_in_when_editing_and_a_slower_editor_is_told()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Tom Oyelaran", null, "tom@oyelaran.example");
        var form = await client.GetStringAsync($"/parties/{person}/edit", Ct);
        Assert.Contains("value=\"Tom Oyelaran\"", form);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/parties/{person}/edit", "edit-party", ("Input.Name", "Tom A. Oyelaran"), ("Input.Language", "en"))).StatusCode);
        var slow = await client.SubmitAsync($"/parties/{person}/edit", "edit-party", ("Input.Name", "Slow"), ("Input.Version", "0"));
        Assert.Contains("Somebody else changed this", await slow.Content.ReadAsStringAsync(Ct));
        Assert.Equal("Tom A. Oyelaran", (await PartyAsync(person)).Name);
        await client.SubmitAsync($"/parties/{person}/edit", $"/do/parties/{person}/contact-points", ("kind", "Telephone"), ("given", "030 901821"), ("label", "work"));
        Assert.Contains("030 901821", await client.GetStringAsync($"/parties/{person}", Ct));
    }

    [Fact]
    public async Task A_place_and_a_relationship_are_made_by_their_forms()
    {
        var (client, me) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.ActorAsync(Roles.Member));
        var (person, organization) = (await PersonAsync("Form Filler"), await OrganizationAsync("Form House Example"));
        await client.SubmitAsync($"/parties/{person}/affiliation", "affiliation", ("Input.Organization", $"{organization}"), ("Input.Title", "Clerk"), ("Input.Level", "Operational"), ("Input.From", "2024-02-01"));
        Assert.Contains("Clerk", await client.GetStringAsync($"/parties/{organization}", Ct));
        await client.SubmitAsync($"/parties/{organization}/relationship", "relationship", ("Input.Owner", $"{me.Id}"), ("Input.Tier", "B"), ("Input.Pays", "self"), ("Input.HasBought", "true"), ("Input.Since", "2022-01-01"));
        Assert.Contains($"External customer since 2022, pays, tier B, looked after by {me.Name}.", await client.GetStringAsync($"/parties/{organization}", Ct));
        Assert.Contains("Form House Example", await client.GetStringAsync("/customers?owner=me&tier=B&sort=tier", Ct));
    }

    [Fact]
    public async Task A_reader_gets_no_form_and_no_deed()
    {
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        var organization = await OrganizationAsync("Read Only Example");
        Assert.DoesNotContain("/do/parties", await reader.GetStringAsync($"/parties/{organization}", Ct));
        Assert.NotEqual(HttpStatusCode.OK, (await reader.GetAsync("/parties/new", Ct)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await reader.GetAsync($"/parties/{organization}/edit", Ct)).StatusCode);
        var posted = await reader.PostAsync($"/do/parties/{organization}/archive", new FormUrlEncodedContent([]), Ct);
        Assert.False(posted.IsSuccessStatusCode);
        Assert.Null((await PartyAsync(organization)).ArchivedAt);
    }
}
