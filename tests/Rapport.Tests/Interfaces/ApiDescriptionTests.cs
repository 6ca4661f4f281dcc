using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Rapport.Tests.Interfaces;

/// <summary>The description of the API is valid and whole, and what it describes stands whatever is sent to it.</summary>
public sealed class ApiDescriptionTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_description_is_valid_OpenAPI_and_says_everything_of_every_request()
    {
        var description = await DescriptionAsync();
        var operations = Operations(description).ToList();
        Assert.True(operations.Count > 60, $"Only {operations.Count} requests are described.");
        Assert.Equal(operations.Count, operations.Select(o => o.Operation.OperationId).Distinct().Count());
        var missing = operations.SelectMany(o => Missing(o.Method, o.Path, o.Operation).Select(what => $"{o.Method} {o.Path}: {what}")).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public async Task Every_list_says_what_is_in_it_and_kinds_of_things_say_what_they_are()
    {
        var schemas = (await DescriptionAsync()).Components!.Schemas!;
        Assert.Empty(from kind in schemas from property in kind.Value.Properties ?? new Dictionary<string, IOpenApiSchema>() where property.Value is { Items: null, Type: { } type } && type.HasFlag(JsonSchemaType.Array) select $"{kind.Key}.{property.Key}");
        Assert.Equal("Where a conversation stands.", schemas["ConversationState"].Description);
        var participants = schemas["NewInteraction"].Properties!["participants"].Items!;
        Assert.Equal((JsonSchemaType.String, "uuid"), (participants.Type, participants.Format));
    }

    // Programs send what nobody thought of. None of it may become a fault of ours.
    [Fact]
    public async Task Whatever_is_sent_to_any_request_is_answered_and_never_by_a_fault()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var faults = new List<string>();
        var asked = 0;
        foreach (var (method, path, operation) in Operations(await DescriptionAsync()))
        {
            // These end the session or the membership of who asks.
            if (path is "/api/sessions" or "/api/sessions/{id}" || path.EndsWith("/left", StringComparison.Ordinal)) continue;
            foreach (var address in Addresses(path, operation))
                foreach (var body in Bodies(operation))
                {
                    asked++;
                    using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
                    var answer = await owner.SendAsync(request, Ct);
                    var text = await answer.Content.ReadAsStringAsync(Ct);
                    if ((int)answer.StatusCode >= 500) faults.Add($"{(int)answer.StatusCode} {method} {Short(address)} {Short(body)}");
                    else if ((int)answer.StatusCode >= 400 && !IsProblem(answer, text)) faults.Add($"{(int)answer.StatusCode} without a code: {method} {Short(address)} {Short(body)} {Short(text)}");
                }
        }
        Assert.True(asked > 500);
        Assert.True(faults.Count == 0, $"{faults.Count} of {asked}:\n{string.Join('\n', faults.Distinct())}");
    }

    private static IEnumerable<string> Missing(HttpMethod method, string path, OpenApiOperation operation)
    {
        if (string.IsNullOrEmpty(operation.Summary)) yield return "no summary";
        if (string.IsNullOrEmpty(operation.OperationId)) yield return "no operationId";
        if (operation.Tags is not { Count: > 0 }) yield return "no tag";
        var success = operation.Responses!.Where(r => r.Key[0] == '2').ToList();
        if (success.Count == 0) yield return "no answer when it is done";
        foreach (var (status, response) in success)
            if (status != "204" && (response.Content is not { Count: > 0 } || response.Content.Values.Any(c => c.Schema is null))) yield return $"no schema of its answer {status}";
        if (!operation.Responses!.Any(r => r.Key[0] == '4')) yield return "no problems";
        if (operation.RequestBody is { } body && body.Content!.Values.Any(c => c.Schema is null)) yield return "no schema of its body";
        if (method == HttpMethod.Post && operation.Parameters?.Any(p => p.Name == "Idempotency-Key") != true) yield return "no Idempotency-Key";
        var said = (operation.Parameters ?? []).Select(p => (Name: p.Name, Schema: p.Schema)).Append((Name: "body", Schema: operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema)).Concat(success.Select(r => (Name: (string?)"answer", Schema: r.Value.Content?.Values.FirstOrDefault()?.Schema)));
        foreach (var untyped in said.Where(s => s.Schema is not null).SelectMany(s => Untyped(s.Name!, s.Schema!, 0))) yield return $"{untyped} may be anything";
    }

    // As deep as answers nest; what holds itself would go on for ever.
    private static IEnumerable<string> Untyped(string name, IOpenApiSchema schema, int depth)
    {
        if (schema.Type is null && schema.OneOf is not { Count: > 0 } && schema.AnyOf is not { Count: > 0 }) yield return name;
        if (depth == 5) yield break;
        var within = (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => ($"{name}.{p.Key}", p.Value)).Concat((schema.OneOf ?? []).Select(one => (name, one)));
        if (schema.Items is { } items) within = within.Append(($"{name}[]", items));
        foreach (var (inner, what) in within)
            foreach (var untyped in Untyped(inner, what, depth + 1)) yield return untyped;
    }

    private static IEnumerable<string> Addresses(string path, OpenApiOperation operation)
    {
        var known = path;
        foreach (var parameter in (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path))
            known = known.Replace($"{{{parameter.Name}}}", parameter.Schema?.Format == "uuid" ? "00000000-0000-7000-8000-000000000001" : "1", StringComparison.Ordinal);
        yield return known;
        foreach (var value in new[] { "", "%00", "x", "-1", "99999999999999999999", "%F0%9F%92%A9", "'", new string('x', 600), "00000000-0000-7000-8000-000000000001", "2026-11-23" })
        {
            var query = string.Join('&', (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Query).Select(p => $"{p.Name}={value}"));
            if (query.Length > 0 && query.Length < 7_000) yield return $"{known}?{query}";
        }
    }

    private static IEnumerable<string?> Bodies(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var json) != true)
        {
            yield return null;
            yield break;
        }
        foreach (var body in new[] { "", "null", "{}", "[]", "7", "\"x\"", "{\"nobody\":1}" }) yield return body;
        var names = (json!.Schema?.Properties ?? new Dictionary<string, IOpenApiSchema>()).ToList();
        foreach (var value in new[] { "\"\"", "\"x\"", "true", "[]", "[{}]", "{}", "\"00000000-0000-7000-8000-000000000001\"", "\"2026-11-23T10:00:00Z\"", "\"9999-12-31T23:59:59Z\"" })
            yield return $"{{{string.Join(',', names.Select(n => $"\"{n.Key}\":{value}"))}}}";
        // One at a time among values that fit, so that each is reached.
        foreach (var value in new[] { "null", "-1", "[null]", "\"a\\u0000b\"", "\"\\ud800\"", $"\"{new string('x', 20_000)}\"" })
        {
            foreach (var (name, _) in names) yield return $"{{{string.Join(',', names.Select(n => $"\"{n.Key}\":{(n.Key == name ? value : Fitting(n.Value))}"))}}}";
        }
    }

    private static string Fitting(IOpenApiSchema schema) => (schema.Type & ~JsonSchemaType.Null) switch
    {
        JsonSchemaType.Boolean => "false",
        JsonSchemaType.Integer or JsonSchemaType.Number => "1",
        JsonSchemaType.Array => "[]",
        JsonSchemaType.String when schema.Enum is [var first, ..] => first?.ToJsonString() ?? "null",
        JsonSchemaType.String when schema.Format == "uuid" => "\"00000000-0000-7000-8000-000000000001\"",
        JsonSchemaType.String when schema.Format == "date-time" => "\"2026-11-23T10:00:00Z\"",
        JsonSchemaType.String when schema.Format == "date" => "\"2026-11-23\"",
        JsonSchemaType.String => "\"Example\"",
        _ => "null",
    };

    private static bool IsProblem(HttpResponseMessage answer, string text) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonElement.Parse(text).TryGetProperty("code", out var code) && code.GetString() is { Length: > 0 };

    private static string Short(string? text) => text is null ? "" : text.Length <= 300 ? text : text[..300] + "...";

    private static IEnumerable<(HttpMethod Method, string Path, OpenApiOperation Operation)> Operations(OpenApiDocument description) =>
        description.Paths.SelectMany(path => path.Value.Operations ?? [], (path, operation) => (operation.Key, path.Key, operation.Value));

    private async Task<OpenApiDocument> DescriptionAsync()
    {
        var member = await Rapport.SignedInAsync(Roles.Owner);
        var answer = await member.GetAsync("/openapi/v1.json", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var read = OpenApiDocument.Parse(await answer.Content.ReadAsStringAsync(Ct), "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(e => e.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(e => e.ToString()));
        return read.Document!;
    }
}
