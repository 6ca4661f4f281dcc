using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>A hand-over of everything, in the API.</summary>
/// <param name="Of">Whose promises.</param>
/// <param name="To">The members who take them, by the ids of the promises.</param>
/// <param name="Words">What those are told to whom something was promised; nobody is told anything when it is left out.</param>
internal sealed record SuccessionBody(MemberId Of, IReadOnlyDictionary<CommitmentId, MemberId>? To, string? Words);

/// <summary>Handing over everything that somebody owes, by the API and by the page.</summary>
internal static class SuccessionEndpoints
{
    private const string Each = "to-";

    public static void MapSuccession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/commitments/successions", HandOverAsync).RequireAuthorization(Policies.Manage).WithTags("Commitments").WithSummary("Gives everything that somebody owes who left or is away to others, at once, and tells those to whom it was promised");
        routes.MapPost("/do/commitments/succession", FormAsync).RequireAuthorization(Policies.Manage).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<SuccessionDone>, ProblemHttpResult>> HandOverAsync(SuccessionBody body, HttpContext http, HandOverAll hand, CancellationToken ct) =>
        (await hand.RunAsync(new(body.Of, body.To ?? new Dictionary<CommitmentId, MemberId>(), body.Words), http.Site(), http.Actor(), ct)).Succeeded(out var done, out var refusal) ? TypedResults.Ok(done) : refusal.ToProblem();

    // One field for all, and one for each that goes to somebody else.
    private static async Task<IResult> FormAsync(HttpContext http, HandOverAll hand, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        MemberId? all = IId<MemberId>.TryParse(form["to"], null, out var everything) ? everything : null;
        var to = new Dictionary<CommitmentId, MemberId>();
        foreach (var field in form.Where(f => f.Key.StartsWith(Each, StringComparison.Ordinal)))
            if (IId<CommitmentId>.TryParse(field.Key[Each.Length..], null, out var id) && (IId<MemberId>.TryParse(field.Value, null, out var one) ? one : all) is { } taker) to[id] = taker;
        IId<MemberId>.TryParse(form["of"], null, out var of);
        if (!(await hand.RunAsync(new(of, to, form["words"]), http.Site(), http.Actor(), ct)).Succeeded(out var done, out var refusal))
            return ReturnTo.Redirect(http, $"/commitments/succession?of={of}", refusal.Message);
        var told = done.Told == 0 ? "" : $" {done.Told} told by mail.";
        var call = done.ToCall.Count == 0 ? "" : $" No mail reaches {string.Join(", ", done.ToCall)}: call them.";
        return ReturnTo.Redirect(http, $"/commitments/succession?of={of}", $"Handed over: {done.Count}.{told}{call}");
    }
}
