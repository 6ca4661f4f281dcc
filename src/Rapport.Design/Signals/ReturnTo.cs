using Microsoft.AspNetCore.Http;

namespace Rapport.Design;

/// <summary>One-click deeds on pages post a form and lead back to where the click was, with a word about what was done.</summary>
public static class ReturnTo
{
    /// <summary>The form's field that holds the path to lead back to.</summary>
    public const string Field = "returnTo";

    /// <summary>Redirects to the form's <c>returnTo</c> (a path of ours, never another site) or else to <paramref name="otherwise"/>.</summary>
    /// <param name="http">The request, whose form has been read.</param>
    /// <param name="otherwise">A path of ours.</param>
    /// <param name="said">What was done, or why it was not; shown once.</param>
    /// <param name="undo">A path that a POST undoes it at; null when there is nothing to undo.</param>
    public static IResult Redirect(HttpContext http, string otherwise, string said, string? undo = null)
    {
        Toasts.Leave(http, said, undo);
        var wanted = http.Request.HasFormContentType ? http.Request.Form[Field].ToString() : "";
        return Results.LocalRedirect(IsOurs(wanted) ? wanted : otherwise);
    }

    /// <summary>Whether this is a path of ours that a browser follows to nowhere else: neither <c>//</c> nor <c>/\</c>, which lead to other hosts, and nothing that is left out while it is read.</summary>
    internal static bool IsOurs(string path) =>
        path.Length is > 0 and < 2000 && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Any(c => c == '\\' || char.IsControl(c));
}
