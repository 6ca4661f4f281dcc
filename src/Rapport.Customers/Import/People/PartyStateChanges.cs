using System.Text.Json;

namespace Rapport.Customers.Import;

/// <summary>Changes of a party that leave a trace to take them back by.</summary>
internal static class PartyStateChanges
{
    public static void Note(this PartyState state, string field, string? from, string? to, RowOutcome outcome)
    {
        if (from == to) return;
        if (!state.IsNew) state.Changes.Note(field, from, to);
        outcome.Done(field[(field.LastIndexOf(':') + 1)..] switch { "proposed" => "place confirmed", "given" or "family" => "name", "who" or "bought" or "formerNames" => "standing", var said => said });
    }

    public static void Rename(this PartyState state, string name, KnownParties known, RowOutcome outcome)
    {
        var former = JsonSerializer.Serialize(state.Party.FormerNames, Json.Options);
        state.Note("name", state.Party.Name, name, outcome);
        state.Party.Rename(name);
        state.Note("formerNames", former, JsonSerializer.Serialize(state.Party.FormerNames, Json.Options), outcome);
        known.Renamed(state);
    }

    public static void Key(this PartyState state, string key, KnownParties known, RowOutcome outcome)
    {
        state.Note("key", state.Party.ExternalKey, key, outcome);
        state.Party.ExternalKey = key;
        known.Keyed(state);
    }
}
