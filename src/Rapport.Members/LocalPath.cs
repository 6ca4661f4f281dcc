namespace Rapport.Members;

/// <summary>Where to go after signing in.</summary>
internal static class LocalPath
{
    /// <summary>The wanted path when it is one of ours, else the front page: a link to another site is not followed.</summary>
    public static string Of(string? wanted) =>
        wanted is { Length: > 0 and < 2000 } && wanted[0] == '/' && (wanted.Length == 1 || wanted[1] is not ('/' or '\\')) && !wanted.Any(char.IsControl) ? wanted : "/";
}
