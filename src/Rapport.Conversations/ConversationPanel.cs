using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Conversations;

/// <summary>A part of a conversation's page that a later floor adds beside the messages: a component with one parameter, <c>Conversation</c>, a <see cref="ConversationDetail"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="Order">Lower first.</param>
public sealed record ConversationPanel(Type Component, int Order);

/// <summary>How later floors add to a conversation's page.</summary>
public static class ConversationPanels
{
    /// <summary>Adds a panel.</summary>
    public static IServiceCollection AddConversationPanel<T>(this IServiceCollection services, int order) where T : IComponent =>
        services.AddSingleton(new ConversationPanel(typeof(T), order));
}
