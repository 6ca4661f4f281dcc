using System.Text.RegularExpressions;
using Rapport.Design;

namespace Rapport.Customers.Import.Pages;

/// <summary>The words of imports on pages.</summary>
internal static partial class ImportWords
{
    public static IReadOnlyList<string> Steps { get; } = ["The file", "What it will do", "Done"];

    public static IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<ColumnKind>().Select(k => new Choice(k.ToString(), k == ColumnKind.Ignore ? "(not imported)" : Capitals().Replace(k.ToString(), " $1").Trim().ToLowerInvariant()))];

    public static string Of(ImportState state) => state switch
    {
        ImportState.Draft => "not started",
        ImportState.Waiting => "waits",
        ImportState.Running => "running",
        ImportState.Stopped => "stopped",
        ImportState.Done => "done",
        ImportState.Failed => "broke off",
        ImportState.Undoing => "being undone",
        ImportState.Undone => "undone",
    };

    public static Tone ToneOf(ImportState state) => state switch
    {
        ImportState.Done => Tone.Green,
        ImportState.Failed => Tone.Red,
        ImportState.Stopped => Tone.Amber,
        ImportState.Draft or ImportState.Waiting or ImportState.Running or ImportState.Undoing or ImportState.Undone => Tone.Neutral,
    };

    public static string Of(RowFate fate) => fate switch
    {
        RowFate.Created => "new",
        RowFate.Changed => "changed",
        RowFate.Skipped => "nothing new",
        RowFate.Failed => "not usable",
    };

    public static Tone ToneOf(RowFate fate) => fate switch
    {
        RowFate.Created => Tone.Green,
        RowFate.Changed => Tone.Accent,
        RowFate.Failed => Tone.Red,
        RowFate.Skipped => Tone.Neutral,
    };

    public static string Sentence(ImportRun run) => run.State == ImportState.Draft ? "Nothing has been imported yet." : $"{char.ToUpperInvariant(Of(run.State)[0])}{Of(run.State)[1..]}: {run.InWords()}.";

    public static string Will(ImportPreview preview) =>
        $"{(preview.Whole ? "It will give" : "Its first rows will give")}: {preview.Kind.InWords(preview.Counts)}.";

    /// <summary>Where one goes on when all of it is in.</summary>
    public static (string Href, string Text) Next(ImportKind kind) => kind switch
    {
        ImportKind.People => ("/customers", "See the customers"),
        ImportKind.Mail => ("/who-is-it", "Who is it?"),
        ImportKind.Tasks => ("/commitments?mine=true", "See what is promised"),
    };

    public static string Short(string cell) => cell.Length > 80 ? cell[..80] + "..." : cell;

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capitals();
}
