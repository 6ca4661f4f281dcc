using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>Who we are, in the API.</summary>
internal static class InstallationEndpoints
{
    public static void MapInstallationApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/installation").WithTags("Installation");
        api.MapGet("", GetAsync).RequireAuthorization(Policies.Read).WithSummary("Our name, domains, zone, hours and country");
        api.MapPut("", ChangeAsync).RequireAuthorization(Policies.Administer).ChecksVersion().WithSummary("Changes them");
    }

    private static async Task<Results<Ok<NewInstallation>, ProblemHttpResult>> GetAsync(HttpContext http, RapportDb db, CancellationToken ct) =>
        await db.InstallationAsync(ct) is { } us ? Answer(http, us) : Refusal.Missing("installation").ToProblem();

    private static async Task<Results<Ok<NewInstallation>, ProblemHttpResult>> ChangeAsync(NewInstallation body, HttpContext http, RapportDb db, ChangeInstallation change, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } us) return Refusal.Missing("installation").ToProblem();
        if (http.CheckVersion(us) is { } stale) return stale.ToProblem();
        return await change.RunAsync(us, body, http.Actor(), ct) is [var refusal, ..] ? refusal.ToProblem() : Answer(http, us);
    }

    private static Ok<NewInstallation> Answer(HttpContext http, OurInstallation us)
    {
        http.WriteVersion(us.Version);
        return TypedResults.Ok(new NewInstallation(us.Name, us.MailDomains, us.Zone, us.BusinessHours, us.Country, us.ExtraHolidays));
    }
}
