namespace Rapport.Customers;

/// <summary>A way to reach somebody, as a person gives it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Given">As they write it.</param>
/// <param name="Label">What it is for: work, mobile, invoices.</param>
/// <param name="Preferred">They asked to be reached here.</param>
public sealed record NewContactPoint(ContactKind Kind, string Given, string? Label = null, bool Preferred = false);

/// <summary>Turns what was given into what is compared.</summary>
public static class ContactPointReading
{
    /// <summary>A contact point of a party. Refused when the text cannot be one of its kind.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="party">Whose it is.</param>
    /// <param name="region">Country whose national telephone numbers are understood.</param>
    /// <param name="clock">For its id.</param>
    public static Result<ContactPoint> Read(this NewContactPoint given, PartyId party, string region, TimeProvider clock)
    {
        if (Value(given.Kind, given.Given, region) is not { } value) return Refusal.Invalid($"{given.Kind.ToString().ToLowerInvariant()}.unreadable", Unreadable(given.Kind), "given");
        return new ContactPoint
        {
            Id = Ids.New<ContactPointId>(clock),
            Party = party,
            Kind = given.Kind,
            Value = value,
            Domain = given.Kind == ContactKind.Email ? EmailAddresses.Read(given.Given)!.Domain : null,
            Given = given.Given.Trim(),
            Label = string.IsNullOrWhiteSpace(given.Label) ? null : given.Label.Trim(),
            Preferred = given.Preferred,
        };
    }

    /// <summary>What two writings of the same address or number share; null when the text is none of that kind.</summary>
    public static string? Value(ContactKind kind, string? text, string region)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > ContactPoint.LongestValue) return null;
        return kind switch
        {
            ContactKind.Email => EmailAddresses.Key(text),
            ContactKind.Telephone => Number(text, region),
            ContactKind.Web => Address(text),
            ContactKind.Postal or ContactKind.Chat => text.Trim(),
        };
    }

    // What nobody abroad could dial, an extension inside a house, is kept by its digits.
    private static string? Number(string text, string region) =>
        PhoneNumbers.Read(text, region) is { } number ? number.E164 : PhoneNumbers.Digits(text) is { Length: >= 3 and <= 15 } digits ? digits : null;

    // Anything else than a web address would become a link that runs a script.
    private static string? Address(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains("://", StringComparison.Ordinal)) trimmed = "https://" + trimmed;
        return Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.Host.Contains('.', StringComparison.Ordinal) ? uri.AbsoluteUri : null;
    }

    private static string Unreadable(ContactKind kind) => kind switch
    {
        ContactKind.Email => "This is not an e-mail address. Write it like name@example.com.",
        ContactKind.Telephone => "This is not a telephone number. Write it with its country code, like +49 30 901820.",
        ContactKind.Web => "This is not a web address. Write it like https://example.com.",
        ContactKind.Postal or ContactKind.Chat => $"Write at least one and at most {ContactPoint.LongestValue} characters.",
    };
}
