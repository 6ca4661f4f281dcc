using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>A way to reach somebody, as imported: what is compared, and what was given.</summary>
public sealed record ImportedContact(ContactKind Kind, string Value, string Given, string? Label);

/// <summary>What stands in the way of a part of a row, as one sentence for people. The rest of the row is good.</summary>
public sealed record RowProblem(int Row, string? Column, string Message)
{
    /// <summary>With the row it is about.</summary>
    public override string ToString() => $"Row {Row}: {Message}";
}

/// <summary>One person or organisation to import, from a row of a table or a card. Everything is normalised; the originals stand beside.</summary>
public sealed record PeopleRow
{
    private string? _personSort, _organizationSort, _registered;

    /// <summary>The row in the file, or the number of the card; the first is 1.</summary>
    public required int Number { get; init; }
    /// <summary>The person; null where the row is of an organisation alone.</summary>
    public PersonName? Person { get; init; }
    /// <summary>The organisation's name; null where none is given.</summary>
    public string? Organization { get; init; }
    /// <summary>Unit or department in it.</summary>
    public string? Department { get; init; }
    /// <summary>Job title.</summary>
    public string? Title { get; init; }
    /// <summary>Level in the organisation.</summary>
    public Level Level { get; init; }
    /// <summary>E-mail addresses, telephone numbers, a postal address, web pages; each once.</summary>
    public IReadOnlyList<ImportedContact> Contacts { get; init; } = [];
    /// <summary>The organisation's domain (ASCII): as given, else of the web page, else of an address that is not free mail.</summary>
    public string? Domain { get; init; }
    /// <summary>Language as given.</summary>
    public string? Language { get; init; }
    /// <summary>Free words.</summary>
    public string? Note { get; init; }
    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Who of us is accountable: an e-mail address or a name, as given.</summary>
    public string? Owner { get; init; }
    /// <summary>Tier; null where nothing is said, <see cref="Customers.Tier.None"/> where "none" is.</summary>
    public Tier? Tier { get; init; }
    /// <summary>Whether they pay; null where nothing is said.</summary>
    public bool? Payer { get; init; }
    /// <summary>Since when they are a customer.</summary>
    public DateOnly? CustomerSince { get; init; }
    /// <summary>The person's id in the system the file came from.</summary>
    public string? PersonKey { get; init; }
    /// <summary>The organisation's id in the system the file came from.</summary>
    public string? OrganizationKey { get; init; }
    /// <summary>What could not be used, and what to do about it.</summary>
    public IReadOnlyList<RowProblem> Problems { get; init; } = [];

    // Asked for many times, and first by the thread that reads: a million rows come by here.
    /// <summary>What the person sorts by once they are stored.</summary>
    internal string PersonSort => _personSort ??= Customers.Person.SortNameOf(Person!.Original);

    /// <summary>What the organisation sorts by.</summary>
    internal string OrganizationSort => _organizationSort ??= TextFold.Fold(Organization!);

    /// <summary>The part of the domain that somebody registered; null without one.</summary>
    internal string? RegisteredDomain => Domain is null ? null : _registered ??= RegistrableDomain.Of(Domain);

    /// <summary>Works out beforehand what deciding about the row needs.</summary>
    internal PeopleRow Ready()
    {
        _ = (Person is null ? null : PersonSort, Organization is null ? null : OrganizationSort, RegisteredDomain);
        return this;
    }

    /// <summary>Whether there is anybody in it to import.</summary>
    public bool IsUsable => Person is not null || Organization is not null;
}
