using System.Globalization;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Customers.Pages;

/// <summary>Words and colours of this floor's states, the same on every page.</summary>
internal static class PartyWords
{
    public static string Of(Level level) => level switch
    {
        Level.Unknown => "Level not known",
        Level.Executive => "Executive",
        Level.Management => "Management",
        Level.Professional => "Professional",
        Level.Operational => "Operational",
    };

    public static string Of(ContactKind kind) => kind switch
    {
        ContactKind.Email => "E-mail",
        ContactKind.Telephone => "Telephone",
        ContactKind.Postal => "Address",
        ContactKind.Chat => "Chat",
        ContactKind.Web => "Web",
    };

    public static string Question(JudgementKind kind) => kind switch
    {
        JudgementKind.Authority => "May they decide to buy?",
        JudgementKind.Means => "Can they pay?",
        JudgementKind.Intention => "Do they want to?",
        JudgementKind.Relevance => "Are they a customer at all?",
    };

    public static string Of(Answer answer) => answer switch { Answer.Unknown => "not known", Answer.Yes => "yes", Answer.No => "no" };

    public static Tone ToneOf(Standing standing) => standing switch
    {
        Standing.Customer => Tone.Green,
        Standing.PotentialCustomer => Tone.Accent,
        Standing.Unqualified or Standing.NotACustomer or Standing.Former => Tone.Neutral,
    };

    /// <summary>Where a contact point leads: the mail program, the telephone, a web page; null for what leads nowhere.</summary>
    public static string? Href(ContactPointRow point) => point.Kind switch
    {
        ContactKind.Email => $"mailto:{Uri.EscapeDataString(point.Value).Replace("%40", "@", StringComparison.Ordinal)}",
        ContactKind.Telephone => $"tel:{point.Value}",
        ContactKind.Web => point.Value,
        ContactKind.Postal or ContactKind.Chat => null,
    };

    public static IReadOnlyList<Choice> Levels { get; } = [.. Enum.GetValues<Level>().Select(l => new Choice(l.ToString(), Of(l)))];

    public static IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<ContactKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    public static IReadOnlyList<Choice> Tiers { get; } = [new("None", "No tier"), new("A", "A"), new("B", "B"), new("C", "C")];

    private static readonly Choice[] KnownLanguages = [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures).Where(c => c.Name.Length == 2).Select(c => new Choice(c.Name, c.EnglishName)).OrderBy(c => c.Text, StringComparer.Ordinal)];

    private static readonly Choice[] KnownZones = [.. Zones.All.Select(z => new Choice(z, z.Replace('_', ' ')))];

    /// <summary>Languages by name; what is on record stays among them.</summary>
    public static IReadOnlyList<Choice> Languages(string? present) => With(KnownLanguages, present, PartySentence.Language);

    /// <summary>Time zones; what is on record stays among them.</summary>
    public static IReadOnlyList<Choice> TimeZones(string? present) => With(KnownZones, present, zone => zone);

    private static Choice[] With(Choice[] known, string? present, Func<string, string> name) =>
        string.IsNullOrEmpty(present) || Array.Exists(known, c => c.Value == present) ? known : [new(present, name(present)), .. known];

    public static IReadOnlyList<Choice> Standings { get; } = [.. new[] { Standing.Customer, Standing.PotentialCustomer, Standing.Unqualified, Standing.Former, Standing.NotACustomer }.Select(s => new Choice(s.ToString(), PartySentence.Word(s)))];

    /// <summary>"2021–2024", "since 2021", "until 2024", or nothing.</summary>
    public static string Span(DateOnly? from, DateOnly? until) => (from, until) switch
    {
        ({ } f, { } u) => $"{f.Year}–{u.Year}",
        ({ } f, null) => $"since {f.Year}",
        (null, { } u) => $"until {u.Year}",
        (null, null) => "",
    };
}
