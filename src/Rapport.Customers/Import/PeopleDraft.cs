using System.Buffers;

namespace Rapport.Customers.Import;

/// <summary>Gathers what one row or card says, and what is wrong with it.</summary>
internal sealed class PeopleDraft(int number, string region)
{
    private const int MostContacts = 40, MostProblems = 20;
    private static readonly string[] Between = [":::", ";", ",", "\n", " / ", "|"];

    private static readonly SearchValues<char> MayPart = SearchValues.Create(";,:\n/|");

    private readonly List<ImportedContact> _contacts = [];
    private List<RowProblem>? _problems;
    private string? _domain, _mailDomain;

    public IReadOnlyList<RowProblem> Problems => _problems ?? (IReadOnlyList<RowProblem>)[];

    public static string Short(string value) => value.Length <= 60 ? value : value[..60] + "...";

    public void Reject(string? column, string message)
    {
        _problems ??= [];
        if (_problems.Count < MostProblems) _problems.Add(new RowProblem(number, column, message));
    }

    public void AddEmails(string cell, string? column, string? label)
    {
        foreach (var text in Parts(cell, text => EmailAddresses.Read(text) is not null))
        {
            if (EmailAddresses.Read(text) is not { } address) { Reject(column, $"'{Short(text)}' is not an e-mail address; correct it or leave the cell empty."); continue; }
            Add(new ImportedContact(ContactKind.Email, address.Key, address.Original, label));
            if (_mailDomain is null && !FreeMailDomains.Contains(address.Domain)) _mailDomain = RegistrableDomain.Of(address.Domain);
        }
    }

    public void AddPhones(string cell, string? column, string? label)
    {
        foreach (var text in Parts(cell, text => PhoneNumbers.Read(text, region) is not null))
        {
            if (PhoneNumbers.Read(text, region) is { } phone)
                Add(new ImportedContact(ContactKind.Telephone, phone.E164, phone.Original, phone.Extension is null ? label ?? (phone.IsMobile ? "mobile" : null) : $"ext. {phone.Extension}"));
            else Reject(column, $"'{Short(text)}' is not a telephone number; write it with its country code, like +49 30 1234567, or leave the cell empty.");
        }
    }

    public void AddWebsite(string cell, string? column)
    {
        foreach (var text in Parts(cell, text => HostOf(text) is not null))
        {
            if (HostOf(text) is not { } host) { Reject(column, $"'{Short(text)}' is not a web address; correct it or leave the cell empty."); continue; }
            Add(new ImportedContact(ContactKind.Web, text, text, null));
            var domain = RegistrableDomain.Of(host);
            if (!IsPlatform(domain)) _domain ??= domain;
        }
    }

    public void AddDomain(string cell, string? column)
    {
        if (cell.Length == 0) return;
        if (HostOf(cell) is { } host) _domain = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        else Reject(column, $"'{Short(cell)}' is not a domain; write it like example.com, or leave the cell empty.");
    }

    public void AddPostal(string street, string postcode, string city, string state, string country)
    {
        var address = string.Join(", ", new[] { street, PersonNames.Join(postcode, city), state, country }.Where(part => part.Length > 0));
        if (address.Length == 0) return;
        if (address.Length > ContactPoint.LongestValue) Reject(null, $"the postal address is longer than {ContactPoint.LongestValue} characters; shorten it.");
        else Add(new ImportedContact(ContactKind.Postal, address, address, null));
    }

    public PeopleRow ToRow(PersonName? person, string? organization)
    {
        // Somebody of whom only an address is known is known by it, until a name comes.
        var reached = _contacts.Find(contact => contact.Kind is ContactKind.Email or ContactKind.Telephone);
        if (person is null && organization is null && reached is not null) person = PersonNames.From(reached.Given, null);
        if (person is null && organization is null && _problems is null) Reject(null, "there is no name, organisation, e-mail address or telephone number in it; add one, or remove the row.");
        return new PeopleRow { Number = number, Person = person, Organization = organization, Contacts = _contacts, Domain = _domain ?? _mailDomain, Problems = Problems };
    }

    // A whole cell first: what parts several may also stand in one.
    private static string[] Parts(string cell, Func<string, bool> isOne)
    {
        if (cell.Length == 0) return [];
        return cell.AsSpan().ContainsAny(MayPart) && (cell.Length > 200 || !isOne(cell))
            ? cell.Split(Between, MostContacts, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [cell];
    }

    private void Add(ImportedContact contact)
    {
        if (contact.Value.Length > ContactPoint.LongestValue || contact.Given.Length > ContactPoint.LongestValue || _contacts.Count >= MostContacts) return;
        if (!_contacts.Exists(known => known.Kind == contact.Kind && known.Value == contact.Value)) _contacts.Add(contact);
    }

    private static string? HostOf(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var path ? start + path : text.Length;
        var host = text.AsSpan(start, end - start);
        if (host.LastIndexOf(':') is > 0 and var port) host = host[..port];
        return start > 0 && !text.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? null : EmailAddresses.Domain(host);
    }

    private static bool IsPlatform(string domain) => domain is "linkedin.com" or "facebook.com" or "x.com" or "twitter.com" or "instagram.com" or "xing.com" or "youtube.com" or "google.com" || FreeMailDomains.Contains(domain);
}
