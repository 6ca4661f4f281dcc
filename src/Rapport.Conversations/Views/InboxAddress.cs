using Microsoft.AspNetCore.WebUtilities;
using Rapport.Conversations.Pages;
using Rapport.Customers;
using Rapport.Kernel.Web;

namespace Rapport.Conversations;

/// <summary>How the inbox is narrowed, as it stands in an address: the same words on pages, in saved views and in the API.</summary>
public static class InboxAddress
{
    /// <summary>The longest query that is kept.</summary>
    public const int Longest = 1_000;

    private static readonly string[] Filters = ["kind", "state", "owner", "mine", "channel", "customer", "tag", "due"];

    /// <summary>Whether more than a part of the inbox is asked for.</summary>
    public static bool IsNarrowed(Func<string, string?> of) => Filters.Any(name => !string.IsNullOrEmpty(of(name)));

    /// <summary>What an address asks for. "Mine" is whoever reads it; what is none of our words does not narrow.</summary>
    public static ConversationFilter Filter(Func<string, string?> of, Actor by)
    {
        // An address that names no part of the inbox means what needs us; one that asks for something means all that fits.
        var view = InboxWords.Parse(of("view")) ?? (of("waiting") == "true" || !IsNarrowed(of) ? ConversationView.NeedsUs : ConversationView.All);
        return new()
        {
            View = view,
            State = view == ConversationView.All ? Words.Of<ConversationState>(of("state")) : null,
            Owner = of("mine") == "true" ? by.Id : IId<MemberId>.TryParse(of("owner"), null, out var owner) ? owner : null,
            Customer = IId<PartyId>.TryParse(of("customer"), null, out var customer) ? customer : null,
            Channel = Words.Of<Channel>(of("channel")),
            Tag = of("tag") is { Length: > 0 } tag ? tag : null,
            Kind = Words.Of<ConversationKind>(of("kind")),
            Due = Words.Of<ConversationDue>(of("due")),
        };
    }

    /// <summary>The same of a query as it was kept.</summary>
    public static ConversationFilter Filter(string query, Actor by) => Filter(Of(query), by);

    /// <summary>A query in the one form in which it is kept and compared. Refused when a word in it is none of ours.</summary>
    public static Result<string> Normal(string? query)
    {
        if (query?.Length > Longest) return Refusal.Invalid("query.long", $"Write at most {Longest} characters.", "query");
        var of = Of(query ?? "");
        if ((Words.Unknown<ConversationState>(of("state"), "state") ?? Words.Unknown<Channel>(of("channel"), "channel") ?? Words.Unknown<ConversationKind>(of("kind"), "kind") ?? Words.Unknown<ConversationDue>(of("due"), "due")) is { } unknown) return unknown;
        if (of("view") is { Length: > 0 } view && InboxWords.Parse(view) is null) return Refusal.Invalid("view.unknown", $"Write one of {string.Join(", ", Enum.GetValues<ConversationView>().Select(InboxWords.Slug))}.", "query");
        if (of("owner") is { Length: > 0 } owner && !IId<MemberId>.TryParse(owner, null, out _)) return Refusal.Invalid("owner.unread", "Name the owner by their id.", "query");
        if (of("customer") is { Length: > 0 } customer && !IId<PartyId>.TryParse(customer, null, out _)) return Refusal.Invalid("customer.unread", "Name the customer by their id.", "query");
        var kept = Filters.Where(name => !string.IsNullOrEmpty(of(name))).Select(name => KeyValuePair.Create(name, of(name)));
        return QueryHelpers.AddQueryString("", kept.Prepend(KeyValuePair.Create("view", (string?)InboxWords.Slug(Filter(of, Actor.Rapport).View!.Value)))).TrimStart('?');
    }

    private static Func<string, string?> Of(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return name => values.TryGetValue(name, out var value) ? value.ToString().Trim() : null;
    }
}
