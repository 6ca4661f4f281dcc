using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Customers.Import;

/// <summary>An import as the API shows it.</summary>
public sealed record ImportDetail(ImportId Id, ImportKind Kind, string Files, ImportState State, ImportCounts Counts, int PerMille, DateTimeOffset At, DateTimeOffset? DoneAt, string? Problem)
{
    internal static ImportDetail Of(ImportRun run) => new(run.Id, run.Kind, run.Name, run.State, run.Counts, run.PerMille, run.At, run.DoneAt, run.Problem);
}

internal static class ImportEndpoints
{
    public static void MapImportEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/imports").WithTags("Imports").RequireAuthorization(Policies.Write);
        api.MapPost("", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(UploadFiles.MostBytes)).WithSummary("Uploads files as multipart/form-data, up to 120 MB, and prepares their import; start it to import");
        api.MapGet("", ListAsync).WithSummary("Lists the newest imports");
        api.MapGet("{id}", FindAsync).WithSummary("Reads how an import stands");
        api.MapGet("{id}/preview", PreviewAsync).WithSummary("Says what an import would do, row by row for the first ones; changes nothing");
        api.MapPut("{id}/mapping", MapAsync).WithSummary("Says what columns hold, before it is started: by their index, as the preview lists them; the preview follows");
        api.MapPut("{id}/started", StartAsync).WithSummary("Starts an import, or lets it go on");
        api.MapPut("{id}/stopped", StopAsync).WithSummary("Stops an import after its present batch");
        api.MapPut("{id}/undone", UndoAsync).WithSummary("Takes out again what an import brought within the last thirty days, updates included; what was changed or used since stays");
        api.MapGet("{id}/errors", ErrorsAsync).Produces(StatusCodes.Status200OK, contentType: "text/csv").WithSummary("Downloads the rows that could not be used, as CSV with the reason in a last column");

        var forms = routes.MapGroup("/do/imports").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("", UploadFormAsync).WithMetadata(new RequestSizeLimitAttribute(UploadFiles.MostBytes));
        forms.MapPost("{id}/start", StartFormAsync);
        forms.MapPost("{id}/stop", StopFormAsync);
        forms.MapPost("{id}/undo", UndoFormAsync);
    }

    private static async Task<Result<ImportRun>> TakeAsync(HttpContext http, UploadFiles upload, PrepareImport prepare, TimeProvider clock, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Refusal.Invalid("import.files", "Send the files as multipart/form-data.", "file");
        var form = await http.Request.ReadFormAsync(ct);
        var id = Ids.New<ImportId>(clock);
        if (!(await upload.SaveAsync(form.Files, id, ct)).Succeeded(out var files, out var refusal)) return refusal;
        var ours = form["ours"].ToString().Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = new ImportOptions(ours.Length == 0 ? null : ours, form["mailbox"].ToString() is { Length: > 0 } name ? name : null, form["shared"].ToString() is "true" or "on");
        var prepared = await prepare.PreviewAsync(files, options, 1_000, http.Actor(), ct) is { Refusal: { } unreadable } ? unreadable : await prepare.RunAsync(id, files, options, uploaded: true, http.Actor(), ct);
        if (prepared.Refusal is not null) upload.Remove(id);
        return prepared;
    }

    private static async Task<Results<Created<ImportDetail>, ProblemHttpResult>> UploadAsync(HttpContext http, UploadFiles upload, PrepareImport prepare, TimeProvider clock, CancellationToken ct) =>
        (await TakeAsync(http, upload, prepare, clock, ct)).Succeeded(out var run, out var refusal) ? TypedResults.Created($"/api/imports/{run.Id}", ImportDetail.Of(run)) : refusal.ToProblem();

    private static async Task<Ok<List<ImportDetail>>> ListAsync(HttpContext http, RapportDb db, CancellationToken ct) =>
        TypedResults.Ok((await db.RecentImportsAsync(http.Actor(), 200, ct)).ConvertAll(ImportDetail.Of));

    private static async Task<Results<Ok<ImportDetail>, ProblemHttpResult>> FindAsync(ImportId id, HttpContext http, RapportDb db, CancellationToken ct) =>
        await db.ImportsFor(http.Actor()).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run ? TypedResults.Ok(ImportDetail.Of(run)) : Refusal.Missing("import").ToProblem();

    private static async Task<Results<Ok<ImportPreview>, ProblemHttpResult>> PreviewAsync(ImportId id, HttpContext http, RapportDb db, PrepareImport prepare, CancellationToken ct)
    {
        if (await db.ImportsFor(http.Actor()).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return Refusal.Missing("import").ToProblem();
        return (await prepare.PreviewAsync(run.Files, run.Options, 20_000, http.Actor(), ct)).Succeeded(out var preview, out var refusal) ? TypedResults.Ok(preview) : refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> MapAsync(ImportId id, ChosenMapping chosen, HttpContext http, MapImport map, CancellationToken ct) =>
        (await map.RunAsync(id, chosen, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> StartAsync(ImportId id, HttpContext http, StartImport start, CancellationToken ct) =>
        (await start.RunAsync(id, null, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> StopAsync(ImportId id, HttpContext http, StopImport stop, CancellationToken ct) =>
        (await stop.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(ImportId id, HttpContext http, UndoImport undo, CancellationToken ct) =>
        (await undo.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ErrorsAsync(ImportId id, HttpContext http, RapportDb db, CancellationToken ct)
    {
        if (await db.ImportsFor(http.Actor()).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return Refusal.Missing("import").ToProblem();
        var path = Path.GetTempFileName();
        await db.WriteErrorRowsAsync(run, File.Create(path), ct);
        var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        return TypedResults.File(stream, "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(run.Files[0].Name)}.errors.csv");
    }

    private static async Task<IResult> UploadFormAsync(HttpContext http, UploadFiles upload, PrepareImport prepare, TimeProvider clock, CancellationToken ct)
    {
        var taken = await TakeAsync(http, upload, prepare, clock, ct);
        if (taken.Succeeded(out var run, out var refusal)) return Results.LocalRedirect($"/import/{run.Id}");
        return ReturnTo.Redirect(http, "/import", refusal.Message);
    }

    private static async Task<IResult> StartFormAsync(ImportId id, [FromForm] string? then, HttpContext http, RapportDb db, MapImport map, StartImport start, CancellationToken ct)
    {
        var page = $"/import/{id}";
        if (await db.ImportsFor(http.Actor()).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return Results.LocalRedirect("/import");
        if (run.State == ImportState.Draft && ShownMapping(http.Request.Form) is { } mapping && await map.RunAsync(id, mapping, http.Actor(), ct) is { } refusal) return ReturnTo.Redirect(http, page, refusal.Message);
        if (then == "look") return Results.LocalRedirect(page);
        return ReturnTo.Redirect(http, page, (await start.RunAsync(id, null, http.Actor(), ct))?.Message ?? "It goes on by itself; you can leave this page.");
    }

    private static async Task<IResult> StopFormAsync(ImportId id, HttpContext http, StopImport stop, CancellationToken ct) =>
        ReturnTo.Redirect(http, $"/import/{id}", (await stop.RunAsync(id, http.Actor(), ct))?.Message ?? "It stops after the batch that is being written.");

    private static async Task<IResult> UndoFormAsync(ImportId id, HttpContext http, UndoImport undo, CancellationToken ct) =>
        ReturnTo.Redirect(http, $"/import/{id}", (await undo.RunAsync(id, http.Actor(), ct))?.Message ?? "It is being undone.");

    // The guess stands in the form as it was shown, and each column's choice beside it.
    private static PeopleMapping? ShownMapping(IFormCollection form)
    {
        if (form["mapping"].ToString() is not { Length: > 0 and < 500_000 } json || PeopleMapping.FromJson(json) is not { } mapping) return null;
        foreach (var column in mapping.Columns)
            if (Enum.TryParse<ColumnKind>(form[$"column-{column.Index}"].ToString(), out var kind) && Enum.IsDefined(kind) && kind != column.Kind) mapping = mapping.With(column.Index, kind);
        return mapping;
    }
}
