using System.Globalization;

namespace Rapport.Customers.Import;

/// <summary>Writes into a person what a row says of them. What is here is replaced by what is said, never by nothing.</summary>
internal sealed class FillPerson(KnownParties known, ImportContext context, Claims claims, OrderedIds ids, RowOutcome outcome)
{
    private static readonly Dictionary<string, string> Languages = CultureInfo.GetCultures(CultureTypes.NeutralCultures).Where(c => c.TwoLetterISOLanguageName.Length == 2 && c.Name.Length == 2)
        .SelectMany(c => new[] { (c.EnglishName, c.Name), (c.NativeName, c.Name) }).DistinctBy(n => n.Item1, StringComparer.OrdinalIgnoreCase).ToDictionary(n => n.Item1, n => n.Name, StringComparer.OrdinalIgnoreCase);

    public void Fill(PartyState state, PeopleRow row, PartyState? organization)
    {
        var first = !claims.IsTaken(state.Id, Claim.Person);
        if (!state.IsNew) Name(state, row, first);
        if (state.Party.ExternalKey is null && row.PersonKey is not null) state.Key(row.PersonKey, known, outcome);
        if (LanguageOf(row.Language) is { } language && language != state.Party.Language && (first || state.Party.Language is null))
        {
            state.Note("language", state.Party.Language, language, outcome);
            state.Party.Language = language;
        }
        if (row.Note is not null) AddNote(state, row.Note);
        if (row.Tags.Count > 0) AddNote(state, $"Labels: {string.Join(", ", row.Tags)}");
        if (organization is not null) Place(state, organization, row, first);
    }

    private void Name(PartyState state, PeopleRow row, bool first)
    {
        var name = row.Person!;
        if (!first || name.Original.Contains('@', StringComparison.Ordinal) || name.ComparisonKey == PersonNames.Read(state.Party.Name).ComparisonKey) return;
        // Two systems write one name differently: only who knows them by their key, or by an address alone, says it better.
        if (!state.IsNamedByAddress && (row.PersonKey is null || state.Party.ExternalKey != row.PersonKey)) return;
        var person = (Person)state.Party;
        state.Note("given", person.GivenName, PartyInput.Clean(name.Given), outcome);
        state.Note("family", person.FamilyName, PartyInput.Clean(name.Family), outcome);
        (person.GivenName, person.FamilyName) = (PartyInput.Clean(name.Given), PartyInput.Clean(name.Family));
        state.Rename(name.Original, known, outcome);
    }

    private void AddNote(PartyState state, string words)
    {
        var before = state.Party.Note;
        if (before?.Contains(words, StringComparison.Ordinal) == true) return;
        var after = before is null ? words : $"{before}\n\n{words}";
        if (after.Length > PartyInput.LongestNote)
        {
            outcome.Problems.Add($"The note would become longer than {PartyInput.LongestNote} characters and was left out; shorten it.");
            return;
        }
        state.Note("note", before, after, outcome);
        state.Party.Note = after;
    }

    private void Place(PartyState state, PartyState organization, PeopleRow row, bool first)
    {
        var title = PartyInput.Clean(row.Title, 200);
        if (state.PlaceAt(organization.Id, context.Today) is not { } place)
        {
            place = new Affiliation { Id = ids.New<AffiliationId>(), Person = state.Id, Organization = organization.Id, Title = title, Level = row.Level, Department = row.Department };
            state.Gain(place);
            if (!state.IsNew) outcome.Done($"place at {organization.Party.Name}");
            return;
        }
        var at = $"place:{place.Id}:";
        if (title is not null && title != place.Title && (first || place.Title is null))
        {
            state.Note(at + "title", place.Title, title, outcome);
            place.Title = title;
        }
        if (row.Department is not null && row.Department != place.Department && (first || place.Department is null))
        {
            state.Note(at + "department", place.Department, row.Department, outcome);
            place.Department = row.Department;
        }
        if (row.Level != Level.Unknown && row.Level != place.Level && (first || place.Level == Level.Unknown))
        {
            state.Note(at + "level", place.Level.ToString(), row.Level.ToString(), outcome);
            place.Level = row.Level;
        }
        if (!place.Proposed) return;
        state.Note(at + "proposed", "true", "false", outcome);
        place.Proposed = false;
    }

    // "German" and "Deutsch" are said as often as "de".
    private static string? LanguageOf(string? said) =>
        said is null ? null : PartyInput.CheckDetails(null, said, null) is null ? said.Trim() : Languages.GetValueOrDefault(said.Trim());
}
