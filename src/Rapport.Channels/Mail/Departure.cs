using System.Buffers;
using System.Text.RegularExpressions;

namespace Rapport.Channels.Mail;

/// <summary>
/// Whether an automatic answer says that its sender works there no more (C6), in the languages most mail is written in.
/// Only what says so of an employment or a firm: "no longer at my desk", "nicht mehr für Sie erreichbar" and "ya no trabajo hoy" are those of people who come back.
/// </summary>
internal static partial class Departure
{
    private const int MostRead = 5_000, LongestSentence = 300, MostSigns = 50, Around = 120;

    // What firms are called by those who left them, or a name; and what may stand between the halves of a phrase.
    private const string Firm = "(company|firm|business|organi[sz]ation|agency|bank|group|university|school|institute|council|employer|corporation|practice)", Name = @"(?-i:\p{Lu})", Within = @"[^.!?\n]{0,60}?\b";

    private const string Clear =
        @"no longer (works?|working) (at|for|with|here|there)\b|no longer (be )?employed\b|no longer (be )?(a )?(part|member) of\b|no longer (be )?(with|at) (the|our|this) " + Firm + @"|\b(left|leaving|leave) (the|our|this) " + Firm + @"|last (working )?day (at|with) (the |our )?(" + Firm + "|" + Name + @")|\bretired from (the|our|my|" + Name + @")|\b(i|he|she) (have|has|am|is) (now )?retired\b"
        + @"|nicht mehr (im|in unserem|in diesem) unternehmen|nicht mehr in (der|unserer|dieser) firma|(unternehmen|firma|betrieb|bank|gesellschaft)( \S+){0,3}? verlassen\b|\bausgeschieden\b|im ruhestand\b|letzter arbeitstag (bei|im unternehmen|in (der|unserer) firma)"
        + @"|ne travaill(e|ons)? plus (chez|pour|au sein|dans (la|l'|notre)|à la (société|mairie))|ne fai[ts] plus partie|n'est plus employée?|quitté (la société|l'entreprise|l'association|le groupe|notre (société|entreprise)|(mes|ses) fonctions)|plus dans l'entreprise|partie? (à la|en) retraite"
        + @"|ya no trabaj[ao] (para|con nosotros|aquí|en (la|nuestra|esta|el|" + Name + @"))|ya no form[ao] parte|(ha|he) dejado (la|nuestra|esta) (empresa|compañía|organización)"
        + @"|non lavor[ao] più (per|presso|qui|con noi|(in|alla|nella) (azienda|società|ditta|" + Name + @"))|non (fa|faccio) più parte|lasciato (l'azienda|la società|la ditta|la nostra)"
        + @"|(não trabalh[ao] mais|já não trabalh[ao]) (para|aqui|con?nosco|(na|nesta|nossa) (empresa|companhia)|(na|no|em) " + Name + @")|não fa(z|ço) mais parte"
        + @"|niet (meer|langer) werkzaam (bij|voor|binnen)|werkt? niet (meer|langer) (bij|voor|hier)|uit dienst (getreden|gegaan)|niet meer in dienst"
        + @"|(nie pracuj[eę] już|już nie pracuj[eę]) (dla|u nas|w (firmie|naszej|spółce|" + Name + @"))"
        + @"|(arbetar|jobbar) inte längre (här|hos|kvar|på (företaget|" + Name + @"))|har slutat (här|hos|sin anställning|min anställning|på (företaget|" + Name + @"))|(arbejder|jobber) ikke (længere|lenger) (her|hos|for|i (firmaet|virksomheden|selskapet|" + Name + @"))|har sluttet (her|hos|i (firmaet|selskapet|" + Name + @"))|er fratrådt"
        + @"|(ei|en) (ole|työskentele) enää " + Within + @"(palveluksessa|työsuhteessa|yrityksessä)|больше не работа(ет|ю) (у нас|здесь|(в|на) (компании|фирме|организации|" + Name + @"))|退職|已离职|퇴사";

    private const string Loose =
        "no longer (be )?(with|at) (us\\b|" + Name + @")|\b(have|has) left " + Name + @"|nicht (mehr|länger) (für|bei|in) " + Within + @"(tätig|beschäftigt|angestellt|arbeite[nt]?)\b|nicht (mehr|länger) (tätig|beschäftigt|angestellt)\b";

    // Words without which none of these stands there. They are looked for first, since few mails hold one.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "no longer", "left ", "leaving ", "leave ", "last day", "last working day", "retired", "nicht mehr", "nicht länger", "verlassen", "ausgeschieden", "ruhestand", "letzter arbeitstag",
            "ne travail", "ne fai", "n'est plus", "quitté ", "plus dans", "retraite", "ya no ", "dejado ", "non lavor", "più parte", "lasciato ", "não trabalh", "já não", "não fa", "niet meer", "niet langer", "uit dienst",
            "nie pracuj", "inte längre", "har slutat", "ikke længere", "ikke lenger", "har sluttet", "fratrådt", "enää", "больше не", "退職", "已离职", "퇴사",
        ],
        StringComparison.OrdinalIgnoreCase);

    public static string? Of(string text)
    {
        var read = text.AsSpan(0, Math.Min(text.Length, MostRead)).ToString().Replace('\u2019', '\'').Replace('\n', ' ');
        for (int at = 0, signs = 0; signs < MostSigns && read.AsSpan(at).IndexOfAny(Signs) is >= 0 and var next; at++, signs++)
        {
            at += next;
            var from = Math.Max(0, at - Around);
            var near = read.AsSpan(from, Math.Min(read.Length, at + Around) - from);
            foreach (var clear in Left().EnumerateMatches(near)) return Sentence(read, from + clear.Index);
            // Whoever says until when comes back.
            foreach (var loose in MayHaveLeft().EnumerateMatches(near))
                if (Sentence(read, from + loose.Index) is var sentence && !ForAWhile().IsMatch(sentence)) return sentence;
        }
        return null;
    }

    private static string Sentence(string read, int at)
    {
        var (start, end) = (at, at);
        while (start > 0 && !Ends(read, start - 1)) start--;
        while (end < read.Length && !Ends(read, end)) end++;
        return MailText.OnOneLine(read[start..Math.Min(read.Length, end + 1)].Trim(), LongestSentence);
    }

    // The dot behind a number is a date's ("bis 6. Januar").
    private static bool Ends(string read, int at) => read[at] is '!' or '?' or '。' || read[at] == '.' && (at == 0 || !char.IsAsciiDigit(read[at - 1]));

    [GeneratedRegex(Clear, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Left();

    [GeneratedRegex(Loose, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MayHaveLeft();

    [GeneratedRegex(@"\b(until|till|today|tonight|tomorrow|this week|back (on|in|at)|return|bis|heute|morgen|diese woche|wieder|urlaub)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ForAWhile();
}
