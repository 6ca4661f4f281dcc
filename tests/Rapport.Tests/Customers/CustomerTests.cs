using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Customers;

/// <summary>What product tests of customers share: a member, and deeds run in a scope of their own.</summary>
public abstract class CustomerTests(RapportFixture rapport) : ProductTests(rapport)
{
    protected static readonly Actor Ada = new(MemberId.From(new Guid("00000000-0000-7000-8000-0000000000ad")), "Ada Example", Roles.Member);
    protected static readonly Actor Ben = new(MemberId.From(new Guid("00000000-0000-7000-8000-0000000000be")), "Ben Example", Roles.Member);

    protected Task<TResult> RunAsync<TDeed, TResult>(Func<TDeed, Task<TResult>> run) where TDeed : notnull =>
        Rapport.InScopeAsync(services => run(services.GetRequiredService<TDeed>()));

    protected async Task<PartyId> PersonAsync(string name, PartyId? organization = null, params string[] emails) =>
        Given(await RunAsync((AddPerson deed) => deed.RunAsync(new(name, Organization: organization, ContactPoints: [.. emails.Select(e => new NewContactPoint(ContactKind.Email, e))]), Ada, Ct)));

    protected async Task<PartyId> OrganizationAsync(string name, params string[] domains) =>
        Given(await RunAsync((AddOrganization deed) => deed.RunAsync(new(name, Domains: domains), Ada, Ct)));

    protected async Task<RelationshipId> RelationshipAsync(PartyId customer, RelationshipTerms? terms = null, PartyId? provider = null) =>
        Given(await RunAsync((StartRelationship deed) => deed.RunAsync(customer, provider, terms ?? new(), Ada, Ct)));

    protected async Task JudgeAsync(RelationshipId relationship, JudgementKind kind, Answer answer)
    {
        Rapport.Clock.Advance(TimeSpan.FromSeconds(1));
        Given(await RunAsync((Judge deed) => deed.RunAsync(relationship, new(kind, answer, "They told us on the telephone."), Ada, Ct)));
    }

    protected async Task JudgeAsync(RelationshipId relationship, Answer answer)
    {
        foreach (var kind in new[] { JudgementKind.Authority, JudgementKind.Means, JudgementKind.Intention }) await JudgeAsync(relationship, kind, answer);
    }

    protected Task<Party> PartyAsync(PartyId id) => Rapport.InDatabaseAsync(db => db.Parties().AsNoTracking().SingleAsync(p => p.Id == id, Ct));

    protected async Task<Standing?> StandingAsync(PartyId id) => (await PartyAsync(id)).Standing;

    protected static T Given<T>(Result<T> result)
    {
        Assert.True(result.Succeeded(out var value, out var refusal), refusal?.Message);
        return value;
    }
}
