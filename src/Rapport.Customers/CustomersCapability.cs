using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers.Api;
using Rapport.Customers.Pages;
using Rapport.Kernel.Journal;
using Rapport.Members;
using Rapport.Customers.Import;
using Rapport.Design;

namespace Rapport.Customers;

/// <summary>The doors to this floor.</summary>
public static class CustomersCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddTables(typeof(CustomersCapability).Assembly);
        services.AddSettings<CustomersOptions>("Customers", o => o.Wrong);
        services.AddScoped<SettleParties>().AddScoped<ComputeStandings>().AddScoped<PartyDocuments>();
        services.AddScoped<AddPerson>().AddScoped<AddOrganization>().AddScoped<ChangeParty>().AddScoped<ArchiveParty>().AddScoped<RestoreParty>();
        services.AddScoped<AddContactPoint>().AddScoped<ChangeContactPoint>().AddScoped<RemoveContactPoint>().AddScoped<LiftSuppression>();
        services.AddScoped<Affiliate>().AddScoped<ChangeAffiliation>().AddScoped<EndAffiliation>();
        services.AddScoped<StartRelationship>().AddScoped<ChangeRelationship>().AddScoped<Judge>().AddScoped<SayWho>().AddScoped<TakeBackWho>();
        services.AddScoped<LinkServes>().AddScoped<EndServes>();
        services.AddScoped<PartyQueries>().AddScoped<PartyList>().AddScoped<PartyRows>().AddScoped<PossibleDuplicates>();
        services.AddScoped<PartyDetails>().AddScoped<RelationshipQueries>().AddScoped<ServesChain>().AddScoped<INameThings, NameParties>();
        services.AddListener<RapportSetUp, KeepOurOrganization>().AddListener<InstallationChanged, KeepOurOrganization>().AddListener<MemberJoined, WelcomeMember>();
        services.AddJob<LetRelationshipsEnd>(TimeSpan.FromHours(1)).AddJob<FollowPlaces>(TimeSpan.FromHours(1));
        services.AddScoped<IImporter, PeopleImporter>().AddScoped<Importers>().AddScoped<PlanPeople>().AddScoped<PeopleBatch>().AddScoped<UndoPeopleBatch>().AddScoped<UndoPeople>();
        services.AddScoped<PrepareImport>().AddScoped<MapImport>().AddScoped<StartImport>().AddScoped<StopImport>().AddScoped<UndoImport>().AddScoped<RunImport>();
        services.AddSingleton<UploadFiles>();
        services.AddRailItem(new("/customers", "Customers", Glyph.Customers, Order: 20, Key: "g c"));
        services.AddRailItem(new("/import", "Import", Glyph.Import, Order: 80, Key: "g i"));
        services.AddJob<RunImports>(TimeSpan.FromSeconds(30), wakes: true);
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes)
    {
        routes.MapPartyEndpoints();
        routes.MapRelationshipEndpoints();
        routes.MapPartyForms();
        routes.MapImportEndpoints();
        routes.MapPartyFragments();
        return routes;
    }
}
