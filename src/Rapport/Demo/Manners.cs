using System.Globalization;
using System.Net;
using System.Text;

namespace Rapport.Demo;

/// <summary>What surrounds the words: greeting, farewell, signature, and the history below.</summary>
internal static class Manners
{
    public static string Dress(Draft draft, bool travelling, Dice dice)
    {
        if (draft.Step.Plain || draft.Kind != DemoMailKind.Human) return draft.Words;
        var (who, to, language) = (draft.Speaker, draft.To[0], draft.Script.Language);
        var local = WorkingHours.In(draft.At, who.House(draft.At).Zone);
        var among = who.IsOurs && to.IsOurs;
        var greeting = draft.To.Count > 1
            ? language switch { "de" => "Hallo zusammen,", "fr" => "Bonjour à tous,", "es" => "Buenos días a todos:", "pl" => "Dzień dobry,", _ => dice.Pick(["Hello both,", "Hi both,", "Dear all,", "Hello,"]) }
            : who.Voice.Greet(language, to.FirstName(draft.At), to.FamilyName, to.IsWoman, draft.Turn, local.Hour + (local.Minute / 60.0), among, dice);
        var all = new StringBuilder();
        if (greeting.Length > 0) all.Append(greeting).Append("\n\n");
        all.Append(draft.Words).Append("\n\n").Append(Farewell(draft, travelling, among, dice));
        return all.ToString();
    }

    private static string Farewell(Draft draft, bool travelling, bool among, Dice dice)
    {
        var (who, language) = (draft.Speaker, draft.Script.Language);
        var first = among || language is "en" or "es" ? Given(who, draft.At) : who.Said;
        if (travelling) return $"{first}\n\n{dice.Pick(Scripts.Lists["phone." + language])}";
        if (among && draft.Turn > 0) return dice.Chance(0.5) ? first : first[..1];
        var close = who.Voice.Close(language, draft.Turn, dice);
        if (draft.Turn > 1 && dice.Chance(0.5)) return $"{close}\n{first}";
        if (among) return $"{close}\n{first}\n\n{(who.Voice.Dashes ? "-- \n" : "")}{who.Place(draft.At).Title}, {Unit(who, draft.At)}";
        return $"{close}\n{(language is "en" ? draft.Turn == 0 && who.Voice.Formal ? who.Said : first : who.Said)}\n\n{(who.Voice.Dashes ? "-- \n" : "")}{Signature(who, draft.At)}";
    }

    private static string Given(Someone who, DateTimeOffset at)
    {
        var words = who.Said.Split(' ');
        if (who.House(at).Country is "KR" or "CN") return words[^1];
        return words[0].EndsWith('.') || words[0] == "Commander" ? words[1] : words[0];
    }

    private static string Unit(Someone who, DateTimeOffset at)
    {
        var place = who.Place(at);
        return place.House.Units.Find(u => u.Key == place.Unit).Name ?? place.House.Name;
    }

    private static string Signature(Someone who, DateTimeOffset at)
    {
        var place = who.Place(at);
        var name = who.Said != who.Name ? $"{who.Said} | {who.Name}" : who.Name;
        var lines = new List<string> { name, place.Title, place.House.OtherName is { } other && !place.House.IsOurs ? $"{place.House.Name} | {other}" : place.House.Name };
        if (place.House.IsOurs) lines.Add("Speicherkai 14, 20099 Möwenhafen");
        if (who.Phone is not null) lines.Add("T " + who.Phone);
        if (who.Mobile is not null) lines.Add("M " + who.Mobile);
        if (place.House.IsOurs) lines.Add("www.moewenkamp.example");
        return string.Join('\n', lines.Where(l => l != "-"));
    }

    /// <summary>The answered letter as history, never more than three letters deep.</summary>
    public static string Quote(Draft answered, QuoteStyle style, string language)
    {
        var (who, at) = (answered.Speaker, WorkingHours.In(answered.At, answered.Speaker.House(answered.At).Zone));
        var (date, time) = ($"{at.Day} {CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(at.Month)} {at.Year}", at.ToString("HH:mm", CultureInfo.InvariantCulture));
        var address = who.Place(answered.At).Address;
        var old = Shorten(answered.Plain);
        return style switch
        {
            QuoteStyle.Bare => "",
            QuoteStyle.Marks => Attribution(language, at, time, who.Name, address) + "\n" + string.Join('\n', old.Split('\n').Select(l => l.StartsWith('>') ? ">" + l : l.Length == 0 ? ">" : "> " + l)),
            _ => language switch
            {
                "de" => $"Von: {who.Name} <{address}>\nGesendet: {DuePhrases.Day(at.DateTime, "de")} {at.Year} {time}\nAn: {string.Join("; ", answered.To.Select(p => p.Name))}\nBetreff: {answered.Subject}\n\n{old}",
                "fr" => $"De : {who.Name} <{address}>\nEnvoyé : {DuePhrases.Day(at.DateTime, "fr")} {at.Year} {time}\nÀ : {string.Join("; ", answered.To.Select(p => p.Name))}\nObjet : {answered.Subject}\n\n{old}",
                "es" => $"De: {who.Name} <{address}>\nEnviado: {DuePhrases.Day(at.DateTime, "es")} de {at.Year} {time}\nPara: {string.Join("; ", answered.To.Select(p => p.Name))}\nAsunto: {answered.Subject}\n\n{old}",
                "pl" => $"Od: {who.Name} <{address}>\nWysłano: {DuePhrases.Day(at.DateTime, "pl")} {at.Year} {time}\nDo: {string.Join("; ", answered.To.Select(p => p.Name))}\nTemat: {answered.Subject}\n\n{old}",
                _ => $"From: {who.Name} <{address}>\nSent: {at.DayOfWeek}, {date} {time}\nTo: {string.Join("; ", answered.To.Select(p => p.Name))}\nSubject: {answered.Subject}\n\n{old}",
            },
        };
    }

    private static string Attribution(string language, DateTimeOffset at, string time, string name, string address) => language switch
    {
        "de" => $"Am {at.Day:00}.{at.Month:00}.{at.Year} um {time} schrieb {name} <{address}>:",
        "fr" => $"Le {DuePhrases.Day(at.DateTime, "fr")} {at.Year} à {time}, {name} <{address}> a écrit :",
        "es" => $"El {DuePhrases.Day(at.DateTime, "es")} de {at.Year} a las {time}, {name} <{address}> escribió:",
        "pl" => $"W dniu {at.Day:00}.{at.Month:00}.{at.Year} o {time}, {name} <{address}> napisał(a):",
        _ => $"On {at.ToString("ddd, d MMM yyyy", CultureInfo.InvariantCulture)} at {time}, {name} <{address}> wrote:",
    };

    private static string Shorten(string text) => text.Length > 3500 ? text[..text.LastIndexOf('\n', 3500)] : text;

    /// <summary>The same text as simple HTML, the history in a block quote.</summary>
    public static string Html(string text, string? answered, string history)
    {
        var all = new StringBuilder("<html><head><meta charset=\"utf-8\"></head><body>");
        foreach (var paragraph in text.Split("\n\n"))
            all.Append("<p>").Append(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>\n");
        if (history.Length > 0 && answered is not null)
        {
            var head = history.Split('\n')[0];
            all.Append("<div>").Append(WebUtility.HtmlEncode(head)).Append("</div>\n<blockquote type=\"cite\">").Append(WebUtility.HtmlEncode(answered).Replace("\n", "<br>\n", StringComparison.Ordinal)).Append("</blockquote>\n");
        }
        return all.Append("</body></html>\n").ToString();
    }
}
