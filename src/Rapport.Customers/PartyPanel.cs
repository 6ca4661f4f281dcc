using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Customers;

/// <summary>Where a panel stands on the page of a person or organisation.</summary>
public enum PanelPlace
{
    /// <summary>The wide column: what was said.</summary>
    Main,
    /// <summary>The narrow column: what is promised, who they are.</summary>
    Side,
}

/// <summary>A part of a party's page that a later floor adds: a component with one parameter, <c>Party</c>, a <see cref="PartyId"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Order">Lower first.</param>
public sealed record PartyPanel(Type Component, PanelPlace Place, int Order);

/// <summary>How later floors add to a party's page.</summary>
public static class PartyPanels
{
    /// <summary>Adds a panel.</summary>
    public static IServiceCollection AddPartyPanel<T>(this IServiceCollection services, PanelPlace place, int order) where T : IComponent =>
        services.AddSingleton(new PartyPanel(typeof(T), place, order));
}
