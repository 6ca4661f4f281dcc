using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rapport.Design;

namespace Rapport.Tests.Design;

/// <summary>Components as the HTML they become, without a host.</summary>
internal static class Rendered
{
    public static readonly LocalTime Local = new(new DateTimeOffset(2026, 11, 23, 9, 40, 0, TimeSpan.Zero), TimeZoneInfo.Utc, LocalTime.DefaultCulture);

    public static async Task<string> HtmlOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => Local).AddDesign().AddRailItem(new("/", "Today", Glyph.Today, 10, "g t")).AddRailItem(new("/customers", "Customers", Glyph.Customers, 20));
        services.AddSingleton<AntiforgeryStateProvider, NoToken>();
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)))).ToHtmlString());
    }

    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
