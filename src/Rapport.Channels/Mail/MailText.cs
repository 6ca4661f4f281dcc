using System.Text;

namespace Rapport.Channels.Mail;

/// <summary>Makes decoded text fit to store and show: no null bytes, control characters or halves of surrogate pairs.</summary>
internal static class MailText
{
    public static string OnOneLine(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.Length > longest) text = text[..longest];
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) line.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return line.ToString().Trim();
    }

    public static string Clean(string text)
    {
        if (!NeedsCleaning(text)) return text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t' or '\r') clean.Append(rune.ToString());
        return clean.ToString().ReplaceLineEndings("\n");
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var c in text)
            if (c is < ' ' and not ('\n' or '\r' or '\t') or >= '\u007f' and <= '\u009f' || char.IsSurrogate(c)) return true;
        return false;
    }
}
