using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Interfaces;

/// <summary>The description of the API at <c>/openapi/v1.json</c> (OpenAPI 3.1); <see cref="ApiPage"/> shows it to people.</summary>
internal static class Api
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Rapport",
                Version = "v1",
                Description = "Everything that the pages do. Send a token as `Authorization: Bearer rap_...`. Lists are paged by `after` and `size`. "
                    + "Answers carry an ETag; send it back as `If-Match` when you change what you read, where 412 is among the answers. "
                    + "A POST with an `Idempotency-Key` is done once, however often it is sent within a day. What is refused is problem details with a stable `code` (RFC 9457).",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" } };
            document.Security = [new() { [new("token", document)] = [] }];
            document.Servers = [];
            CompleteDescription.Of(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ChecksVersion>().Any()) CompleteDescription.OfVersion(operation, context.Document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            Describe(schema, type);
            if (type == typeof(string) && context.JsonPropertyInfo is { IsSetNullable: true }) schema.Type |= JsonSchemaType.Null;
            if (schema is not { Items: null, Type: { } of } || !of.HasFlag(JsonSchemaType.Array) || ElementOf(type) is not { } element) return Task.CompletedTask;
            var items = new OpenApiSchema();
            Describe(items, element);
            schema.Items = items;
            return Task.CompletedTask;
        });
    });

    // Our own converters read text, words and ids, so the exporter does not know them.
    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(string)) schema.Type = JsonSchemaType.String;
        if (type.IsEnum) (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))]);
        if (Is(type, typeof(IId<>))) (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String, "uuid", null, null);
        if (Is(type, typeof(IMomentId<>))) (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String, null, null, null);
    }

    private static Type? ElementOf(Type type) => type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool Is(Type type, Type id) => type.IsValueType && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == id);

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.Read);
}
