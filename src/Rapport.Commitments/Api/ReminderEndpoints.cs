using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Api;

/// <summary>Whom to tell when a commitment is late; nobody when null.</summary>
internal sealed record EscalationBody(MemberId? To);

/// <summary>Reminders over REST.</summary>
internal static class ReminderEndpoints
{
    public static void MapReminderApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/commitments/day", DayAsync).RequireAuthorization(Policies.Read).WithTags("Commitments").WithSummary("What the member is to be reminded of today: late, due, at risk, soon, and what others named them for");
        routes.MapPut("/api/commitments/{id}/escalation", EscalateAsync).RequireAuthorization(Policies.Write).WithTags("Commitments").ChecksVersion<CommitmentId, Commitment>((db, http, id, ct) => db.CommitmentsFor(http.Actor()).SingleOrDefaultAsync(c => c.Id == id, ct)).WithSummary("Says who is told when it is late");
    }

    private static async Task<Ok<MemberDay>> DayAsync(HttpContext http, RapportDb db, DayAhead ahead, TimeProvider clock, CancellationToken ct)
    {
        var calendar = await db.CalendarAsync(ct);
        var zone = LocalTime.ZoneOr((await db.MemberAsync(http.Actor().Id, ct))?.Zone, calendar.Zone);
        return TypedResults.Ok(await ahead.OfAsync(http.Actor().Id, calendar.In(zone), clock.GetUtcNow(), ct));
    }

    private static async Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> EscalateAsync(CommitmentId id, EscalationBody body, HttpContext http, NameForEscalation name, CommitmentDetails details, CancellationToken ct)
    {
        if (await name.RunAsync(id, body.To, http.Actor(), ct) is { } refusal) return refusal.ToProblem();
        var found = (await details.FindAsync(id, http.Actor(), ct))!;
        http.WriteVersion(found.Version);
        return TypedResults.Ok(found);
    }
}
