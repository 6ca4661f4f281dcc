using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>One-click deeds of the pages of commitments, and what a due field shows while one types.</summary>
internal static class CommitmentFormEndpoints
{
    public static void MapCommitmentForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/commitments/{id}").ExcludeFromDescription();
        forms.MapPost("/kept", KeptAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/reopened", ReopenedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/broken", BrokenAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/explained", ExplainedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/released", ReleasedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/renegotiated", RenegotiatedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/offered", OfferedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/accepted", AcceptedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/declined", DeclinedAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/reassigned", ReassignedAsync).RequireAuthorization(Policies.Manage);
        forms.MapPost("/heard", HeardAsync).RequireAuthorization(Policies.Write);
        forms.MapPost("/verdict-asked", AskedAsync).RequireAuthorization(Policies.Write);
        routes.MapGet("/commitments/understood", UnderstoodAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
    }

    private static async Task<IResult> KeptAsync(CommitmentId id, [FromForm] string? proof, [FromForm] string? words, HttpContext http, SettleCommitment settle, CancellationToken ct)
    {
        InteractionId? shown = IMomentId<InteractionId>.TryParse(proof, null, out var interaction) ? interaction : null;
        var said = shown is null && string.IsNullOrWhiteSpace(words) ? "Kept, on your word." : "Kept.";
        return Back(http, id, await settle.KeepAsync(id, new(shown, Given(words)), http.Actor(), ct), said, undo: true);
    }

    private static async Task<IResult> ReopenedAsync(CommitmentId id, HttpContext http, SettleCommitment settle, CancellationToken ct) =>
        Back(http, id, await settle.ReopenAsync(id, http.Actor(), ct), "It stands again.");

    private static async Task<IResult> BrokenAsync(CommitmentId id, [FromForm] string? why, [FromForm] string? cause, HttpContext http, SettleCommitment settle, CancellationToken ct) =>
        Back(http, id, await settle.BreakAsync(id, Given(why), http.Actor(), ct, Words.Of<BreakCause>(cause)), "Marked as not kept.", undo: true);

    private static async Task<IResult> ExplainedAsync(CommitmentId id, [FromForm] string? cause, [FromForm] string? why, HttpContext http, ExplainCommitment explain, CancellationToken ct) =>
        Back(http, id, await explain.RunAsync(id, Words.Of<BreakCause>(cause), Given(why), http.Actor(), ct), "Written down.");

    private static async Task<IResult> ReleasedAsync(CommitmentId id, [FromForm] string? why, HttpContext http, SettleCommitment settle, CancellationToken ct) =>
        Back(http, id, await settle.ReleaseAsync(id, Given(why), http.Actor(), ct), "Let go.", undo: true);

    // What cannot be read as a date goes back to the page with what was typed.
    private static async Task<IResult> RenegotiatedAsync(CommitmentId id, [FromForm] string? due, [FromForm] string? agreement, HttpContext http, AgreeNewDate agree, CancellationToken ct)
    {
        if ((await agree.RunAsync(id, due, Given(agreement), http.Actor(), ct)).Succeeded(out var agreed, out var refusal))
        {
            Toasts.Leave(http, agreed.Replaced ? "Agreed. It was late already, so the old one counts as not kept and this one stands in its place." : "Agreed.");
            return Results.LocalRedirect($"/commitments/{agreed.Standing}");
        }
        if (refusal.Kind != RefusalKind.Invalid) return Back(http, id, refusal, "");
        return Results.LocalRedirect($"/commitments/{id}{QueryString.Create([KeyValuePair.Create<string, string?>("due", due), KeyValuePair.Create<string, string?>("agreement", agreement), KeyValuePair.Create<string, string?>("asked", "true")])}#new-date");
    }

    private static async Task<IResult> OfferedAsync(CommitmentId id, [FromForm] string? to, [FromForm] string? note, HttpContext http, RapportDb db, TimeProvider clock, HandOverCommitment hand, CancellationToken ct)
    {
        if (!IId<MemberId>.TryParse(to, null, out var member)) return Back(http, id, Nobody, "");
        var refusal = await hand.OfferAsync(id, member, Given(note), http.Actor(), ct);
        var absent = (await db.AwayAsync(clock.GetUtcNow(), ct)).GetValueOrDefault(member);
        return Back(http, id, refusal, absent is null ? "Offered. It stays yours until they accept." : $"Offered. It stays yours until they accept, and {absent.Name} is {InWords.Until(absent)}.");
    }

    private static async Task<IResult> AcceptedAsync(CommitmentId id, HttpContext http, HandOverCommitment hand, CancellationToken ct) =>
        Back(http, id, await hand.AcceptAsync(id, http.Actor(), ct), "Yours now.");

    private static async Task<IResult> DeclinedAsync(CommitmentId id, [FromForm] string? note, HttpContext http, HandOverCommitment hand, CancellationToken ct) =>
        Back(http, id, await hand.DeclineAsync(id, Given(note), http.Actor(), ct), "It stays with its owner.");

    private static async Task<IResult> ReassignedAsync(CommitmentId id, [FromForm] string? to, [FromForm] string? note, HttpContext http, HandOverCommitment hand, CancellationToken ct) =>
        Back(http, id, IId<MemberId>.TryParse(to, null, out var member) ? await hand.ReassignAsync(id, member, Given(note), http.Actor(), ct) : Nobody, "Reassigned.");

    private static async Task<IResult> HeardAsync(CommitmentId id, HttpContext http, JudgeCommitment judge, CancellationToken ct) =>
        Back(http, id, await judge.HearAsync(id, http.Actor(), ct), "Heard. Their word stays in its story.");

    private static async Task<IResult> AskedAsync(CommitmentId id, HttpContext http, AskForVerdict ask, CancellationToken ct) =>
        Back(http, id, await ask.RunAsync(id, http.Site(), http.Actor(), ct), "They are asked by mail.");

    // A form sends its fields under names like Input.Promises[0].Due: the last part of the name is what counts.
    private static async Task<RazorComponentResult> UnderstoodAsync(HttpContext http, ReadDue read, BeforePromising before, CancellationToken ct)
    {
        var asked = http.Request.Query.GroupBy(q => q.Key[(q.Key.LastIndexOf('.') + 1)..], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Value.ToString(), StringComparer.OrdinalIgnoreCase);
        PartyId? party = IId<PartyId>.TryParse(asked.GetValueOrDefault("party") ?? asked.GetValueOrDefault("with"), null, out var with) ? with : null;
        DateTimeOffset? saidAt = DateTimeOffset.TryParse(asked.GetValueOrDefault("saidAt"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        var side = Words.Of<Side>(asked.GetValueOrDefault("side")) ?? Side.OursToThem;
        http.Response.Headers.CacheControl = "private, no-store";
        MemberId? owner = IId<MemberId>.TryParse(asked.GetValueOrDefault("owner"), null, out var member) ? member : null;
        CommitmentId? of = IId<CommitmentId>.TryParse(asked.GetValueOrDefault("of"), null, out var commitment) ? commitment : null;
        var understood = await read.RunAsync(asked.GetValueOrDefault("due"), side, party, saidAt, ct);
        return new RazorComponentResult<DueHint>(new { Understood = understood, Outlook = await before.RunAsync(understood, side, asked.GetValueOrDefault("words"), owner, of, http.Actor(), ct), Reader = http.Actor().Id });
    }

    private static Refusal Nobody => Refusal.Invalid("commitment.to-missing", "Choose whom it goes to.", "to");

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IResult Back(HttpContext http, CommitmentId id, Refusal? refusal, string said, bool undo = false) =>
        ReturnTo.Redirect(http, $"/commitments/{id}", refusal?.Message ?? said, refusal is null && undo ? $"/do/commitments/{id}/reopened" : null);
}
