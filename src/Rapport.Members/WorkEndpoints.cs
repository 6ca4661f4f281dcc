using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>A line of the journal, in the API.</summary>
internal sealed record JournalAnswer(long Seq, DateTimeOffset At, string By, string Deed, string Subject, bool Erased, IReadOnlyList<JournalChange> Changes);

/// <summary>How many were tried again.</summary>
internal sealed record RetriedAnswer(int Retried);

/// <summary>What administrators see of what goes on beneath: the journal, the jobs, what could not be told.</summary>
internal static class WorkEndpoints
{
    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Operation").RequireAuthorization(Policies.Administer);
        api.MapGet("/journal", JournalAsync).WithSummary("Who changed what, the newest first; with subject only that of one record, like parties/ID, with by only what one member did");
        api.MapGet("/jobs", JobsAsync).WithSummary("The jobs, and how their last run went");
        api.MapGet("/dead-letters", LettersAsync).WithSummary("What happened and could not be told to those who listen, the newest first");
        api.MapPut("/dead-letters/{id:guid}/retried", RetryAsync).WithSummary("Tries one of them again");
        api.MapPut("/dead-letters/retried", RetryAllAsync).WithSummary("Tries all of them again");
        var forms = routes.MapGroup("/do/dead-letters").ExcludeFromDescription().RequireAuthorization(Policies.Administer);
        forms.MapPost("/{id:guid}/retry", RetryFormAsync);
        forms.MapPost("/retry", RetryAllFormAsync);
    }

    private static async Task<Ok<Page<JournalAnswer>>> JournalAsync(JournalQueries journal, string? subject, MemberId? by, string? after, int? size, CancellationToken ct)
    {
        var most = Math.Clamp(size ?? Page<JournalAnswer>.Usual, 1, Page<JournalAnswer>.Most);
        var before = Cursor.Parse(after, 1) is { Values: [var text] } && long.TryParse(text, out var seq) ? seq : (long?)null;
        var lines = await journal.ListAsync(subject, by, before, most + 1, ct);
        return TypedResults.Ok(Page<JournalAnswer>.Of([.. lines.Select(Answer)], most, line => new Cursor(line.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static async Task<Ok<IReadOnlyList<JobState>>> JobsAsync(JobQueries jobs, CancellationToken ct) => TypedResults.Ok(await jobs.ListAsync(ct));

    private static async Task<Ok<List<DeadLetterRow>>> LettersAsync(DeadLetters letters, CancellationToken ct) => TypedResults.Ok(await letters.ListAsync(Page<DeadLetterRow>.Most, ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> RetryAsync(Guid id, HttpContext http, DeadLetters letters, CancellationToken ct) =>
        (await letters.RetryAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<RetriedAnswer>> RetryAllAsync(HttpContext http, DeadLetters letters, CancellationToken ct) =>
        TypedResults.Ok(new RetriedAnswer(await letters.RetryAllAsync(http.Actor(), ct)));

    private static async Task<IResult> RetryFormAsync(Guid id, HttpContext http, DeadLetters letters, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/work", (await letters.RetryAsync(id, http.Actor(), ct))?.Message ?? "It is tried again.");

    private static async Task<IResult> RetryAllFormAsync(HttpContext http, DeadLetters letters, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/work", await letters.RetryAllAsync(http.Actor(), ct) is 1 ? "It is tried again." : "All of them are tried again.");

    private static JournalAnswer Answer(JournalLine line) => new(line.Seq, line.At, line.By, line.Deed, line.Subject, line.Content is null, JournalChange.Of(line.Content));
}
