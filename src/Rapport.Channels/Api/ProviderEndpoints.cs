using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Channels.Api;

/// <summary>A provider without its secret.</summary>
public sealed record ProviderRow(MailProviderId Id, string Name, string ClientId, bool HasSecret, string AuthorizeAddress, string TokenAddress, string Scopes, string? ReadingServer, string? SendingServer, int Version);

/// <summary>Where people sign in for their mailboxes, in the API. Secrets go in and never come out.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviderApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/mail-providers").WithTags("Mailboxes");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Write).WithSummary("Where one can sign in for a mailbox instead of giving its password");
        api.MapPost("", MakeAsync).RequireAuthorization(Policies.Administer).WithSummary("Sets up a provider, by the client id and the secret that it gave Rapport");
        api.MapPut("/{id}", ChangeAsync).RequireAuthorization(Policies.Administer).ChecksVersion<MailProviderId, MailProvider>((db, _, id, ct) => db.MailProviderAsync(id, ct)).WithSummary("Changes one; a secret that is left out stays");
        api.MapDelete("/{id}", RemoveAsync).RequireAuthorization(Policies.Administer).ChecksVersion<MailProviderId, MailProvider>((db, _, id, ct) => db.MailProviderAsync(id, ct)).WithSummary("Removes one at which no mailbox signs in");
    }

    private static async Task<Ok<List<ProviderRow>>> ListAsync(RapportDb db, CancellationToken ct) => TypedResults.Ok((await db.MailProvidersAsync(ct)).ConvertAll(Row));

    private static async Task<Results<Created<ProviderRow>, ProblemHttpResult>> MakeAsync(NewMailProvider body, HttpContext http, RapportDb db, KeepMailProvider deed, CancellationToken ct) =>
        (await deed.MakeAsync(body, http.Actor(), ct)).Succeeded(out var id, out var refusal) ? TypedResults.Created($"/api/mail-providers/{id}", Row((await db.MailProviderAsync(id, ct))!)) : refusal.ToProblem();

    private static async Task<Results<Ok<ProviderRow>, ProblemHttpResult>> ChangeAsync(MailProviderId id, NewMailProvider body, HttpContext http, RapportDb db, KeepMailProvider deed, CancellationToken ct)
    {
        if (await db.MailProviderAsync(id, ct) is not { } provider) return Refusal.Missing("provider").ToProblem();
        if (await deed.ChangeAsync(id, body, http.Actor(), ct) is { } refusal) return refusal.ToProblem();
        http.WriteVersion(provider.Version);
        return TypedResults.Ok(Row(provider));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(MailProviderId id, HttpContext http, KeepMailProvider deed, CancellationToken ct) =>
        (await deed.RemoveAsync(id, http.Actor(), ct)).ToAnswer();

    private static ProviderRow Row(MailProvider p) => new(p.Id, p.Name, p.ClientId, p.Secret.Length > 0, p.AuthorizeAddress, p.TokenAddress, p.Scopes, p.ReadingServer, p.SendingServer, p.Version);
}
