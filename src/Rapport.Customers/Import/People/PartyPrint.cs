using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Runtime.InteropServices;

namespace Rapport.Customers.Import;

/// <summary>What a party looks like, in eight bytes: the same before and after as long as no person changed it. What Rapport counts itself is not looked at.</summary>
internal static class PartyPrint
{
    public static byte[] Of(PartyState state)
    {
        var text = new StringBuilder(300);
        var party = state.Party;
        Say(text, party.Name, party.Note, party.Language, party.Zone, party.ExternalKey, party.Who, party.ArchivedAt?.UtcTicks, party.MergedInto);
        if (party is Person person) Say(text, person.GivenName, person.FamilyName, person.Member, person.Prefers);
        if (party is Organization organization) Say(text, organization.Parent);
        foreach (var p in state.Points.OrderBy(p => p.Kind).ThenBy(p => p.Value, StringComparer.Ordinal)) Say(text, p.Kind, p.Value, p.Given, p.Label, p.Preferred, p.DoNotUse, p.VerifiedAt?.UtcTicks);
        foreach (var a in state.Places.OrderBy(a => a.Id.Value)) Say(text, a.Organization, a.Title, a.Level, a.Department, a.From?.DayNumber, a.Until?.DayNumber, a.Proposed);
        foreach (var d in state.Domains.OrderBy(d => d.Domain, StringComparer.Ordinal)) Say(text, d.Domain);
        if (state.Relationship is { } r) Say(text, r.Provider, r.Tier, r.Owner, r.Primary, r.Payer, r.HasBought, r.Since?.DayNumber, r.Until?.DayNumber, state.Judgements.Count);
        return SHA256.HashData(MemoryMarshal.AsBytes(text.ToString().AsSpan()))[..8];
    }

    private static void Say(StringBuilder text, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values) text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append('\u001f');
        text.Append('\u001e');
    }
}
