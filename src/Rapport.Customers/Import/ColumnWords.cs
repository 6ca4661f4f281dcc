using System.Collections.Frozen;
using System.Text;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Knows what heads of columns mean, in English, German, French, Spanish and Dutch and in the exports of common programs.</summary>
internal static class ColumnWords
{
    // Folded, punctuation as spaces, numbers left out. Several meanings of one word are settled by its neighbours, in MappingGuess.
    private static readonly (ColumnKind Kind, string Heads)[] Meanings =
    [
        (ColumnKind.FullName, "name, full name, contact name, contact, display name, person, customer name, kunde, kundenname, ansprechpartner, kontakt, kontaktperson, vollstandiger name, nom complet, nom et prenom, interlocuteur, client, nombre completo, nombre y apellidos, cliente, contacto, volledige naam, naam, contactpersoon, klant, klantnaam, file as, e mail display name"),
        (ColumnKind.Given, "first name, firstname, given name, givenname, forename, fname, christian name, vorname, prenom, nombre, nombre de pila, voornaam, roepnaam"),
        (ColumnKind.Middle, "middle name, middlename, additional name, middle initial, zweiter vorname, deuxieme prenom, segundo nombre, tweede naam"),
        (ColumnKind.Family, "last name, lastname, family name, familyname, surname, sname, lname, nachname, familienname, zuname, nom de famille, nom, apellido, apellidos, primer apellido, achternaam, familienaam"),
        (ColumnKind.Honorific, "salutation, honorific, name prefix, honorific prefix, prefix, anrede, civilite, tratamiento, aanhef, aanspreektitel, titre de civilite, akademischer titel"),
        (ColumnKind.Suffix, "suffix, name suffix, honorific suffix, namenszusatz, suffixe, sufijo, achtervoegsel"),
        (ColumnKind.Organization, "company, company name, organisation, organization, organisation name, organization name, account, account name, employer, firm, business name, associated company, firma, firmenname, unternehmen, betrieb, gesellschaft, entreprise, societe, raison sociale, empresa, razon social, organizacion, compania, bedrijf, bedrijfsnaam, organisatie, organisatienaam, firmanaam, werkgever, company company name"),
        (ColumnKind.Department, "department, unit, division, team, organization department, organisation department, business unit, abteilung, einheit, bereich, referat, service, departement, direction, unite, departamento, unidad, area, afdeling, eenheid"),
        (ColumnKind.Title, "title, job title, jobtitle, position, function, job, organization title, organisation title, titel, funktion, berufsbezeichnung, stellung, stelle, fonction, poste, titre, intitule du poste, cargo, puesto, funcion, titulo, functie, functietitel, role, rolle, beruf, profession"),
        (ColumnKind.Level, "level, seniority, management level, ebene, hierarchieebene, niveau, niveau hierarchique, nivel, hierarchie, job level, seniority level"),
        (ColumnKind.Email, "email, e mail, mail, email address, e mail address, mail address, e mail value, email value, emailadresse, e mail adresse, mailadresse, adresse mail, adresse e mail, adresse email, courriel, adresse electronique, correo, correo electronico, direccion de correo, direccion de correo electronico, mailadres, emailadres, e mailadres, work email, business email, email id"),
        (ColumnKind.Phone, "phone, telephone, phone number, telephone number, tel, tel no, phone value, mobile, mobile phone, mobile number, cell, cell phone, cellphone, gsm, direct line, direct dial, telefon, telefonnummer, rufnummer, handy, handynummer, mobil, mobiltelefon, mobilnummer, durchwahl, telefono, telefono movil, movil, celular, numero de telephone, numero de telefono, portable, tel portable, telephone portable, telephone mobile, telefoon, telefoonnummer, mobiel, mobiele telefoon, main phone, primary phone, company main phone, car phone, assistant s phone, asst phone"),
        (ColumnKind.Street, "street, street address, address, address line, street name, address street, address formatted, strasse, str, strasse und hausnummer, strasse hausnummer, adresse, anschrift, rue, adresse postale, calle, direccion, domicilio, straat, straatnaam, adres, postal address"),
        (ColumnKind.HouseNumber, "house number, street number, house no, hausnummer, hausnr, numero de rue, huisnummer, numero de calle"),
        (ColumnKind.Postcode, "postcode, post code, postal code, zip, zip code, zipcode, zip postal code, plz, postleitzahl, code postal, codigo postal, cp"),
        (ColumnKind.City, "city, town, suburb, locality, ort, stadt, wohnort, ville, commune, localite, ciudad, poblacion, localidad, municipio, plaats, woonplaats, stad, gemeente"),
        (ColumnKind.Region, "state, province, county, region, state province, state region, bundesland, kanton, departement code, provincia, estado, comunidad autonoma, provincie"),
        (ColumnKind.Country, "country, country region, country name, nation, country code, land, staat, pays, pais"),
        (ColumnKind.Website, "website, web site, web, web page, webpage, homepage, url, website url, website value, internet, webseite, internetseite, site web, site internet, sitio web, pagina web, company website"),
        (ColumnKind.Domain, "domain, domain name, company domain, company domain name, email domain, domane, domaine, dominio, domein"),
        (ColumnKind.Language, "language, preferred language, locale, sprache, korrespondenzsprache, langue, idioma, lengua, taal, voertaal"),
        (ColumnKind.Note, "note, notes, comment, comments, remark, remarks, description, memo, notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung, anmerkungen, beschreibung, remarque, remarques, commentaire, commentaires, nota, notas, observaciones, comentario, comentarios, notitie, notities, opmerking, opmerkingen"),
        (ColumnKind.CustomerSince, "customer since, client since, since, customer from, start date, first order, first purchase, become a customer date, kunde seit, seit, kundenbeginn, kunde ab, client depuis, depuis, cliente desde, desde, klant sinds, sinds, date client, date d entree, fecha de alta, klant vanaf"),
        (ColumnKind.Owner, "owner, contact owner, account owner, company owner, record owner, account manager, relationship owner, relationship manager, responsible, sales rep, sales representative, assigned to, verantwortlich, verantwortlicher, betreuer, kundenbetreuer, zustandig, vertriebsmitarbeiter, bearbeiter, responsable, commercial, charge de compte, proprietaire, gestor, propietario, comercial, asignado a, eigenaar, accountmanager, accounthouder, verantwoordelijke, relatiebeheerder, contacteigenaar"),
        (ColumnKind.Tier, "tier, class, customer class, abc, abc class, category abc, priority, rating, segment abc, klasse, stufe, kundenstufe, kundenklasse, abc klasse, abc kategorie, prioritat, classe, niveau, classement, priorite, categorie abc, clase, nivel, clasificacion, prioridad, klantklasse, klantniveau, prioriteit"),
        (ColumnKind.Payer, "payer, pays us, paying, paying customer, is payer, primary, zahler, zahlt, zahlend, zahlender kunde, payeur, paye, client payant, pagador, paga, cliente de pago, betaler, betaalt, betalende klant"),
        (ColumnKind.PersonKey, "id, contact id, person id, record id, customer id, rec id, unique id, external id, key, customer number, customer no, kundennummer, kunden nr, kundennr, kontakt id, personen id, numero client, no client, id client, id contact, numero de cliente, id cliente, id contacto, klantnummer, contact nummer, record id contact, uid, lead id, user id, people id"),
        (ColumnKind.OrganizationKey, "company id, account id, organization id, organisation id, associated company id, company number, firmen id, firmennummer, organisations id, id entreprise, id societe, siret, siren, id empresa, bedrijfs id, organisatie id, associated company ids, record id company"),
        (ColumnKind.Tags, "tags, tag, labels, label, categories, category, groups, group, group membership, keywords, schlagworte, schlagworter, kategorie, kategorien, gruppe, etiquettes, etiquette, categorie, mots cles, etiquetas, etiqueta, categoria, categorias, trefwoorden, groep"),
    ];

    // What only says where or which; and things that sound like ours and are not, or are none of our business (A7).
    private static readonly FrozenSet<string> Qualifiers =
        "primary main default work business company mailing billing shipping office home private other additional secondary direct contact customer client address kunden geschaftlich privat dienstlich professionnel personnel domicile pro trabajo casa empresa zakelijk prive your hs crm my the value".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Foreign =
        "fax pager telex birthday geburtstag geburtsdatum anniversaire cumpleanos verjaardag dob birth gender geschlecht sexe sexo geslacht password spouse children hobby religion photo ssn soc type phonetic yomi assistant manager nickname opt bounced unsubscribed count score".Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, ColumnKind> Known = Meanings
        .SelectMany(meaning => meaning.Heads.Split(", ").Select(head => (head, meaning.Kind)))
        .DistinctBy(pair => pair.head).ToFrozenDictionary(pair => pair.head, pair => pair.Kind);

    private static readonly string[] AddressPlaces = ["home", "private", "privat", "prive", "domicile", "casa", "other", "shipping", "billing"];

    /// <summary>What the head of a column means on its own; <see cref="ColumnKind.Ignore"/> where it says nothing we know.</summary>
    public static ColumnKind KindOf(string header)
    {
        var plain = Plain(header);
        if (Known.TryGetValue(plain, out var kind)) return kind;
        if (Known.TryGetValue(plain.Replace(" ", "", StringComparison.Ordinal), out kind)) return kind;
        var words = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(Foreign.Contains)) return ColumnKind.Ignore;
        var core = words.Where(word => !Qualifiers.Contains(word)).ToArray();
        return core.Length > 0 && core.Length < words.Length && Known.TryGetValue(string.Join(' ', core), out kind) ? kind : ColumnKind.Ignore;
    }

    /// <summary>Whether the head names something that is known, and known not to be wanted, whatever its values look like.</summary>
    public static bool IsForeign(string header) => !Known.ContainsKey(Plain(header)) && Plain(header).Split(' ').Any(Foreign.Contains);

    /// <summary>Which of several addresses a column of an address belongs to; empty for the one that matters most.</summary>
    public static string AddressOf(string header)
    {
        var words = Words(header);
        if (words.FirstOrDefault(AddressPlaces.Contains) is { } place) return place;
        var number = Array.FindIndex(words, word => char.IsAsciiDigit(word[0]));
        // "Address 2 - City" is of a second address, "Address 2" the second line of the first.
        return number >= 0 && number < words.Length - 1 && words[number] != "1" ? words[number] : "";
    }

    /// <summary>The head folded, its words parted by single spaces, its numbers left out: "E-mail 1 - Value" is "e mail value".</summary>
    public static string Plain(string header) => string.Join(' ', Words(header).Where(word => !word.All(char.IsAsciiDigit)));

    private static string[] Words(string header) => [.. TextFold.Words(TextFold.Fold(Parted(header)))];

    // "firstName" and "Phone2" are two words each; "EMAIL" is one.
    private static string Parted(string header)
    {
        var parted = new StringBuilder(header.Length + 8);
        for (var i = 0; i < header.Length; i++)
        {
            if (i > 0 && (char.IsUpper(header[i]) && char.IsLower(header[i - 1]) || char.IsAsciiDigit(header[i]) && char.IsLetter(header[i - 1]))) parted.Append(' ');
            parted.Append(header[i]);
        }
        return parted.ToString();
    }
}
