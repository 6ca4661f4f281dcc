using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapport.Kernel.Web;

/// <summary>Refusals at the edge of the API: problem details with a stable code (RFC 9457).</summary>
public static class Problems
{
    /// <summary>422, 404, 409, 403 or 412, with <c>code</c> and, where one input is to blame, <c>field</c>.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal)
    {
        var (status, title) = refusal.Kind switch
        {
            RefusalKind.Invalid => (StatusCodes.Status422UnprocessableEntity, "This cannot be accepted"),
            RefusalKind.Missing => (StatusCodes.Status404NotFound, "There is no such thing"),
            RefusalKind.Conflict => (StatusCodes.Status409Conflict, "This clashes with the present state"),
            RefusalKind.Forbidden => (StatusCodes.Status403Forbidden, "This is not yours to do"),
            RefusalKind.Stale => (StatusCodes.Status412PreconditionFailed, "This is no longer what you read"),
        };
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
        if (refusal.Field is not null) extensions["field"] = refusal.Field;
        return TypedResults.Problem(refusal.Message, statusCode: status, title: title, extensions: extensions);
    }

    /// <summary>204 where a deed was done, or why it was not.</summary>
    public static Results<NoContent, ProblemHttpResult> ToAnswer(this Refusal? refusal) => refusal is null ? TypedResults.NoContent() : refusal.ToProblem();
}
