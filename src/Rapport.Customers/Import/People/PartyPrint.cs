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
        var text = new StringBuilder(500);
        var party = state.Party;
        text.Say(party.Name).Say(party.Note).Say(party.Language).Say(party.Zone).Say(party.ExternalKey).Say(party.Who).Say(party.ArchivedAt?.UtcTicks).Say(party.MergedInto).End();
        if (party is Person person) text.Say(person.GivenName).Say(person.FamilyName).Say(person.Member).Say(person.Prefers).End();
        if (party is Organization organization) text.Say(organization.Parent).End();
        foreach (var p in state.Points.OrderBy(p => p.Kind).ThenBy(p => p.Value, StringComparer.Ordinal)) text.Say(p.Kind).Say(p.Value).Say(p.Given).Say(p.Label).Say(p.Preferred).Say(p.DoNotUse).Say(p.VerifiedAt?.UtcTicks).End();
        foreach (var a in state.Places.OrderBy(a => a.Id.Value)) text.Say(a.Organization).Say(a.Title).Say(a.Level).Say(a.Department).Say(a.From?.DayNumber).Say(a.Until?.DayNumber).Say(a.Proposed).End();
        foreach (var d in state.Domains.OrderBy(d => d.Domain, StringComparer.Ordinal)) text.Say(d.Domain).End();
        if (state.Relationship is { } r) text.Say(r.Provider).Say(r.Tier).Say(r.Owner).Say(r.Primary).Say(r.Payer).Say(r.HasBought).Say(r.Since?.DayNumber).Say(r.Until?.DayNumber).Say(state.Judgements.Count).End();
        return SHA256.HashData(MemoryMarshal.AsBytes(text.ToString().AsSpan()))[..8];
    }

    private static StringBuilder Say<T>(this StringBuilder text, T value) => text.Append(CultureInfo.InvariantCulture, $"{value}\u001f");

    private static void End(this StringBuilder text) => text.Append('\u001e');
}
