using System.Globalization;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Rapport.Kernel.Web;

namespace Rapport.Interfaces;

/// <summary>Says of every request what the code says once for all: its id, the problems it may answer with, the header that makes a POST happen once.</summary>
internal static class CompleteDescription
{
    private const string Problem = "Problem";

    public static void Of(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Problem] = ProblemSchema();
        foreach (var (path, item) in document.Paths)
            foreach (var (method, operation) in item.Operations ?? [])
            {
                operation.OperationId = Id(method, path);
                operation.Responses ??= [];
                // Files have no schema of their own: they are bytes.
                if (operation.Responses.TryGetValue("200", out var answer) && answer is OpenApiResponse { Content: not { Count: > 0 } } file) file.Content = new Dictionary<string, OpenApiMediaType> { ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } };
                foreach (var (status, why) in Problems(method, path)) operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), Refused(document, why));
                if (method == HttpMethod.Post) (operation.Parameters ??= []).Add(KeyParameter());
            }
    }

    // PUT /api/parties/{id}/contact-points/{point} is putPartiesByIdContactPointsByPoint: unique, because the request is.
    private static string Id(HttpMethod method, string path)
    {
        var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).SelectMany(part => part.StartsWith('{') ? ["by", part.Trim('{', '}')] : part.Split('-'));
        return method.Method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Says of a change that it looks at If-Match, where its route does.</summary>
    public static void OfVersion(OpenApiOperation operation, OpenApiDocument? document)
    {
        if (document is null) return;
        (operation.Responses ??= []).TryAdd(StatusCodes.Status412PreconditionFailed.ToString(CultureInfo.InvariantCulture), Refused(document, "It is no longer the version that If-Match names."));
        (operation.Parameters ??= []).Add(new OpenApiParameter { Name = HeaderNames.IfMatch, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Description = "The ETag or version that was read; left out, the last writer wins." });
    }

    private static IEnumerable<(int Status, string Why)> Problems(HttpMethod method, string path)
    {
        yield return (StatusCodes.Status400BadRequest, "It cannot be read.");
        yield return (StatusCodes.Status401Unauthorized, "There is no token, or none that works.");
        yield return (StatusCodes.Status403Forbidden, "It is not theirs to do, or the token only reads.");
        if (path.Contains('{', StringComparison.Ordinal)) yield return (StatusCodes.Status404NotFound, "There is no such thing, or it is not visible to who asks.");
        if (method == HttpMethod.Get) yield break;
        yield return (StatusCodes.Status409Conflict, "It clashes with the present state; somebody else may have been quicker.");
        yield return (StatusCodes.Status422UnprocessableEntity, "What was sent cannot be accepted.");
    }

    private static OpenApiResponse Refused(OpenApiDocument document, string why) => new()
    {
        Description = why,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
    };

    private static OpenApiParameter KeyParameter() => new()
    {
        Name = Idempotency.Header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.LongestKey },
        Description = "Done once within a day, however often it is sent with the same key; the answer is the same.",
    };

    private static OpenApiSchema ProblemSchema()
    {
        static OpenApiSchema Text(string what) => new() { Type = JsonSchemaType.String, Description = what };
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = "What was refused (RFC 9457).",
            Required = new HashSet<string> { "title", "status", "detail", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Where the status is explained."), ["title"] = Text("What it is, in a few words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status of the answer." },
                ["detail"] = Text("What is wrong and what to do, for people."), ["code"] = Text("What is wrong, for programs; it stays."),
                ["field"] = Text("The input that is to blame, where one is."), ["trace"] = Text("Under which number the log says more, where it does."),
            },
        };
    }
}
