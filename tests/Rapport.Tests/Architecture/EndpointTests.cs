using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Tests.Architecture;

public sealed class EndpointTests(RapportFixture rapport) : ProductTests(rapport)
{
    private IEnumerable<RouteEndpoint> Endpoints => Rapport.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        // The framework's own, which take no policy of ours and are closed by the fallback.
        .Where(e => e.RoutePattern.RawText is not ("{**path:file}" or "/_framework/opaque-redirect" or "_framework/opaque-redirect"));

    [Fact]
    public void Every_endpoint_is_authorised_or_declared_anonymous()
    {
        Assert.True(Endpoints.Count() > 20);
        Assert.Empty(Endpoints.Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => e.DisplayName));
    }

    [Fact]
    public void A_handler_is_compiled_once_whoever_asks_for_the_routes()
    {
        var (one, other) = (Handlers(), Handlers());
        Assert.True(one.Count > 200);
        Assert.Equal(one, other, ReferenceEqualityComparer.Instance);

        // As the matching of requests does, and the list that authorising and the description of the API go by.
        List<Endpoint> Handlers() => [.. new CompositeEndpointDataSource(Rapport.Routes.DataSources).Endpoints.Where(e => e.Metadata.GetMetadata<MethodInfo>() is not null)];
    }

    [Fact]
    public void No_page_or_endpoint_without_policy()
    {
        var bare = Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => string.IsNullOrEmpty(a.Policy)));
        Assert.Empty(bare.Select(e => e.DisplayName));
    }

    [Fact]
    public void Only_these_are_open_to_everyone()
    {
        string[] open = ["/calendar/{token}.ics", "/enter/{token}", "/health/live", "/health/ready", "/join/{token}", "/promised/{token}", "/reset/{token}", "/sign-in", "/style", "/unsubscribe/{token}", "/unsubscribe/{token}/undone", "/welcome/{token}"];
        var found = Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(path => !path.Contains('.', StringComparison.Ordinal) || path.Contains('{', StringComparison.Ordinal)).Distinct();
        Assert.Empty(found.Except(open));
    }

    // What is answered is promised to programs, so that it is said and not given away: a new column must not be a new field.
    [Fact]
    public async Task No_answer_of_the_API_is_a_record_of_the_database()
    {
        var records = await Rapport.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(e => e.ClrType).ToHashSet()));
        var answers = Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(e => e.Metadata.OfType<IProducesResponseTypeMetadata>()).Select(p => p.Type).OfType<Type>().ToHashSet();
        Assert.True(records.Count > 50 && answers.Count > 50);
        var seen = new HashSet<Type>();
        foreach (var answer in answers) Reach(answer);
        Assert.Empty(seen.Intersect(records).Select(t => t.Name));

        void Reach(Type type)
        {
            if (!seen.Add(type)) return;
            foreach (var part in type.GetGenericArguments()) Reach(part);
            if (type.GetElementType() is { } element) Reach(element);
            if (type.Namespace?.StartsWith("Rapport", StringComparison.Ordinal) == true) foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)) Reach(property.PropertyType);
        }
    }

    // The framework understands a word only in the capitals of the code. What forms post, our own pages wrote.
    [Fact]
    public void No_endpoint_leaves_reading_a_word_of_ours_to_the_framework()
    {
        var handlers = Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).Select(e => e.Metadata.GetMetadata<MethodInfo>()).OfType<MethodInfo>().ToList();
        Assert.True(handlers.Count > 100);
        Assert.Empty(from handler in handlers
                     from parameter in handler.GetParameters()
                     where (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).IsEnum
                     select $"{handler.DeclaringType?.Name}.{handler.Name} {parameter.Name}");
    }

    [Fact]
    public async Task Every_form_that_posts_carries_an_anti_forgery_token()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var pages = Endpoints.Select(e => e.RoutePattern.RawText!).Where(path => path.StartsWith('/') && !path.StartsWith("/api", StringComparison.Ordinal) && !path.StartsWith("/do", StringComparison.Ordinal) && !path.Contains('{', StringComparison.Ordinal) && !path.Contains('.', StringComparison.Ordinal)).Distinct();
        var forms = 0;
        foreach (var page in pages)
        {
            var response = await owner.GetAsync(page, Ct);
            if (response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (Match form in Regex.Matches(await response.Content.ReadAsStringAsync(Ct), "<form[^>]*method=\"post\"[^>]*>(.*?)</form>", RegexOptions.Singleline))
            {
                forms++;
                Assert.True(form.Groups[1].Value.Contains("__RequestVerificationToken", StringComparison.Ordinal), $"{page} has a form without a token: {form.Value}");
            }
        }
        Assert.True(forms > 5);
    }
}
