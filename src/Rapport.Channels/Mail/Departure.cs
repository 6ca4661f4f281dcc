using System.Buffers;

namespace Rapport.Channels.Mail;

/// <summary>Whether an automatic answer says that its sender works there no more (C6), in the languages most mail is written in.</summary>
internal static class Departure
{
    private const int MostRead = 5_000, LongestSentence = 300;

    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "no longer with", "no longer work", "no longer employed", "no longer at ", "no longer part of", "have left the", "has left the", "have left our", "has left our", "i left the company", "am leaving the company", "my last day", "no longer be with", "retired from", "i have retired", "i am now retired",
            "nicht mehr im unternehmen", "nicht mehr für", "nicht mehr bei", "nicht mehr in unserem", "unternehmen verlassen", "firma verlassen", "ausgeschieden", "im ruhestand", "letzter arbeitstag",
            "ne travaille plus", "ne fait plus partie", "ne fais plus partie", "a quitté la société", "a quitté l'entreprise", "ai quitté", "plus dans l'entreprise", "parti à la retraite",
            "ya no trabaja", "ya no trabajo", "ya no forma parte", "ya no formo parte", "ha dejado la empresa", "he dejado la empresa",
            "non lavora più", "non lavoro più", "non fa più parte", "non faccio più parte", "ha lasciato l'azienda", "ho lasciato l'azienda",
            "não trabalha mais", "não trabalho mais", "já não trabalha", "já não trabalho", "não faz mais parte", "não faço mais parte",
            "niet meer werkzaam", "werkt niet meer", "werk niet meer", "uit dienst", "nie pracuje już", "już nie pracuje", "już nie pracuję", "nie pracuję już",
            "arbetar inte längre", "har slutat", "arbejder ikke længere", "jobber ikke lenger", "har sluttet", "ei ole enää", "больше не работает", "больше не работаю", "退職", "已离职", "퇴사",
        ],
        StringComparison.OrdinalIgnoreCase);

    public static string? Of(string text)
    {
        var read = text.AsSpan(0, Math.Min(text.Length, MostRead)).ToString().Replace('\u2019', '\'').Replace('\n', ' ');
        var at = read.AsSpan().IndexOfAny(Words);
        if (at < 0) return null;
        var start = read.AsSpan(0, at).LastIndexOfAny(".!?。") + 1;
        var end = read.AsSpan(at).IndexOfAny(".!?。") is var stop and >= 0 ? at + stop + 1 : read.Length;
        return MailText.OnOneLine(read[start..end].Trim(), LongestSentence);
    }
}
