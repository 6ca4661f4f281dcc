using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Demo;

/// <summary>What the play's names have become in the database.</summary>
internal sealed class DemoNames
{
    public Dictionary<string, Actor> Members { get; } = [];
    public Dictionary<string, PartyId> Parties { get; } = [];
    public Dictionary<string, RelationshipId> Relationships { get; } = [];
    public Dictionary<string, InteractionId> Said { get; } = [];
    public Dictionary<string, ConversationId> Threads { get; } = [];

    /// <summary>Who has the address: of the cast, or a stranger that mail made known.</summary>
    public async Task<PartyId?> PersonAsync(IServiceProvider services, string key, CancellationToken ct)
    {
        if (Parties.TryGetValue(key, out var known)) return known;
        var found = await services.GetRequiredService<PartyQueries>().PersonsByAddressAsync([key], ct);
        return found.Values.FirstOrDefault() is { } stranger ? Parties[key] = stranger.Party : null;
    }
}
