namespace Rapport.Demo;

/// <summary>A due as people say it, and the moment it means: the end of business there, or the hour that was named.</summary>
internal readonly record struct SpokenDue(string Words, DateTimeOffset At);

/// <summary>Says when in five languages, fitting the day on which it is said.</summary>
internal static class DuePhrases
{
    private static readonly Dictionary<string, string[]> Months = new()
    {
        ["en"] = "January February March April May June July August September October November December".Split(' '),
        ["de"] = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".Split(' '),
        ["fr"] = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' '),
        ["es"] = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".Split(' '),
        ["pl"] = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".Split(' '),
    };

    private static readonly Dictionary<string, string[]> Days = new()
    {
        ["en"] = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".Split(' '),
        ["de"] = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag".Split(' '),
        ["fr"] = "dimanche lundi mardi mercredi jeudi vendredi samedi".Split(' '),
        ["es"] = "domingo lunes martes miércoles jueves viernes sábado".Split(' '),
        ["pl"] = "niedzieli poniedziałku wtorku środy czwartku piątku soboty".Split(' '),
    };

    private static readonly string[] PolishDays = "niedziela poniedziałek wtorek środa czwartek piątek sobota".Split(' ');

    /// <summary>A day with its month, as in running text.</summary>
    public static string Date(DateTime day, string language) => language switch
    {
        "de" => $"{day.Day}. {Months["de"][day.Month - 1]}",
        "es" => $"{day.Day} de {Months["es"][day.Month - 1]}",
        _ => $"{day.Day} {Months[language][day.Month - 1]}",
    };

    public static string Weekday(DateTime day, string language) =>
        language == "pl" ? PolishDays[(int)day.DayOfWeek] : Days[language][(int)day.DayOfWeek];

    public static string Day(DateTime day, string language) => language switch
    {
        "de" => $"{Weekday(day, language)}, {Date(day, language)}",
        "es" => $"{Weekday(day, language)} {Date(day, language)}",
        _ => $"{Weekday(day, language)} {Date(day, language)}",
    };

    /// <summary>Words for a due of about that range (today, short, week, long), said at a local time; the due is local to the hearer's zone.</summary>
    public static SpokenDue Say(string range, DateTimeOffset said, string zone, string language, Dice dice)
    {
        var now = WorkingHours.In(said, zone).DateTime;
        if (range == "today" && now.TimeOfDay < TimeSpan.FromHours(15.5) && WorkingHours.IsWorkday(now))
            return new(Today(language, dice), WorkingHours.At(now.Date + WorkingHours.Closing, zone));
        var days = range switch { "today" => 1, "short" => dice.Between(1, 2), "week" => dice.Between(3, 5), _ => dice.Between(8, 19) };
        var due = WorkingHours.AddWorkdays(now, days);
        if (range == "short" && days == 2 && dice.Chance(0.3)) return new(TwoWorkingDays(language), WorkingHours.At(due + WorkingHours.Closing, zone));
        return For(due + WorkingHours.Closing, now, zone, language);
    }

    /// <summary>Words for a given due, as somebody would put it at the given local time.</summary>
    public static SpokenDue For(DateTime due, DateTime now, string zone, string language)
    {
        var at = WorkingHours.At(due, zone);
        var away = (due.Date - now.Date).Days;
        if (away == 0) return new(Until(language, "today", due), at);
        if (away == 1) return new(Until(language, "tomorrow", due), at);
        return new(Until(language, away <= 6 ? "weekday" : "date", due), at);
    }

    private static string Until(string language, string how, DateTime due) => (language, how) switch
    {
        ("de", "today") => "bis heute Abend",
        ("de", "tomorrow") => "bis morgen",
        ("de", "weekday") => "bis " + Weekday(due, language),
        ("de", _) => "bis zum " + Date(due, language),
        ("fr", "today") => "avant ce soir",
        ("fr", "tomorrow") => "d'ici demain",
        ("fr", "weekday") => $"d'ici {Weekday(due, language)}",
        ("fr", _) => $"avant le {Date(due, language)}",
        ("es", "today") => "hoy mismo",
        ("es", "tomorrow") => "mañana",
        ("es", "weekday") => $"antes del {Weekday(due, language)}",
        ("es", _) => $"antes del {Date(due, language)}",
        ("pl", "today") => "do końca dnia",
        ("pl", "tomorrow") => "do jutra",
        ("pl", "weekday") => $"do {Days["pl"][(int)due.DayOfWeek]}",
        ("pl", _) => $"do {Date(due, language)}",
        (_, "today") => "by the end of the day",
        (_, "tomorrow") => "by tomorrow",
        (_, "weekday") => "by " + Weekday(due, "en"),
        _ => "by " + Date(due, "en"),
    };

    private static string Today(string language, Dice dice) => language switch
    {
        "de" => dice.Pick(["bis heute Abend", "noch heute"]),
        "fr" => dice.Pick(["avant ce soir", "dans la journée"]),
        "es" => dice.Pick(["hoy mismo", "esta tarde"]),
        "pl" => dice.Pick(["do końca dnia", "jeszcze dzisiaj"]),
        _ => dice.Pick(["by the end of the day", "this afternoon", "before five today"]),
    };

    private static string TwoWorkingDays(string language) => language switch
    {
        "de" => "innerhalb von zwei Werktagen",
        "fr" => "sous deux jours ouvrés",
        "es" => "en dos días laborables",
        "pl" => "w ciągu dwóch dni roboczych",
        _ => "within two working days",
    };
}
