namespace Rapport.Customers.Import;

/// <summary>Understands one card: a person with their place, or an organisation.</summary>
internal static class VCardReader
{
    /// <summary>The row; null for cards of groups and places, which are neither.</summary>
    public static PeopleRow? Read(VCard card, string region)
    {
        var kind = (card.First("KIND") ?? card.First("X-ADDRESSBOOKSERVER-KIND"))?.Text.ToUpperInvariant();
        if (kind is "GROUP" or "LOCATION" or "DEVICE" or "APPLICATION") return null;

        var draft = new PeopleDraft(card.Number, region);
        if (card.Problem is not null) draft.Reject(null, card.Problem);
        Contacts(card, draft);
        var org = card.First("ORG")?.Components ?? [];
        var name = Name(card);
        var organization = Bounded(org.FirstOrDefault(), Party.LongestName);
        if (kind == "ORG" || card.First("X-ABSHOWAS")?.Text.ToUpperInvariant() == "COMPANY" || organization is not null && name?.Original == organization)
            (organization, name) = (organization ?? Bounded(name?.Original, Party.LongestName), null);

        return draft.ToRow(name, organization) with
        {
            Department = Bounded(string.Join(" / ", org.Skip(1).Where(unit => unit.Length > 0)), 200),
            Title = Bounded((card.First("TITLE") ?? card.First("ROLE"))?.Text, 200),
            Note = Bounded(string.Join('\n', card.All("NOTE").Select(note => note.Text)), 20_000),
            Language = Bounded(card.First("LANG")?.Text, 35),
            Tags = [.. card.All("CATEGORIES").SelectMany(list => list.List).Where(tag => tag.Length <= 100).Distinct(StringComparer.OrdinalIgnoreCase).Take(50)],
            PersonKey = name is null ? null : Bounded(card.First("UID")?.Text, 200),
            OrganizationKey = name is null ? Bounded(card.First("UID")?.Text, 200) : null,
        };
    }

    private static PersonName? Name(VCard card)
    {
        var full = card.First("FN")?.Text ?? "";
        var parts = card.First("N")?.Components ?? [];
        string Part(int index) => index < parts.Length ? parts[index] : "";
        var named = PersonNames.From(Part(1), Part(0), Part(2), Part(3), Part(4));
        var name = Part(0).Length + Part(1).Length == 0 ? (full.Length > 0 ? PersonNames.Read(full) : null)
            : full.Length > 0 ? named with { Original = full } : named;
        return name is { Original.Length: > 0 and <= Party.LongestName } ? name : null;
    }

    private static void Contacts(VCard card, PeopleDraft draft)
    {
        foreach (var mail in card.All("EMAIL")) draft.AddEmails(mail.Text, "EMAIL", mail.Is("home") ? "home" : null);
        foreach (var phone in card.All("TEL").Where(phone => !phone.Is("fax") && !phone.Is("pager") || phone.Is("voice")))
            draft.AddPhones(phone.Text, "TEL", phone.Is("cell") ? "mobile" : phone.Is("home") ? "home" : null);
        foreach (var page in card.All("URL")) draft.AddWebsite(page.Text, "URL");
        // A postal address at work before one at home; components are box, extension, street, town, region, code, country.
        if (card.All("ADR").OrderBy(address => address.Is("home")).FirstOrDefault()?.Components is { Length: >= 3 } adr)
        {
            string Part(int index) => index < adr.Length ? adr[index].Replace('\n', ' ') : "";
            draft.AddPostal(string.Join(", ", new[] { Part(0), Part(1), Part(2) }.Where(part => part.Length > 0)), Part(5), Part(3), Part(4), Part(6));
        }
    }

    private static string? Bounded(string? text, int longest) => string.IsNullOrEmpty(text) ? null : text.Length <= longest ? text : text[..longest];
}
