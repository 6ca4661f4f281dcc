using Rapport.Design;

namespace Rapport.Members.Pages;

/// <summary>Roles in words.</summary>
internal static class RoleWords
{
    private static readonly (Roles Role, string Word, string Means)[] All =
    [
        (Roles.Reader, "Reader", "Sees what is visible to them, changes nothing."),
        (Roles.Member, "Member", "Serves customers: records, promises, answers."),
        (Roles.Manager, "Manager", "Also reassigns what an absent member holds."),
        (Roles.Administrator, "Administrator", "Also invites, resets, configures."),
        (Roles.Owner, "Owner", "Cannot be removed by others."),
    ];

    /// <summary>Several with commas: "manager, administrator".</summary>
    public static string Of(Roles roles) => string.Join(", ", All.Where(each => roles.HasFlag(each.Role)).Select(each => each.Word.ToLowerInvariant()));

    /// <summary>What one may give to others.</summary>
    public static IEnumerable<(Roles Role, Choice Choice)> For(Actor by) =>
        All.Where(each => each.Role != Roles.Owner || by.May(Roles.Owner)).Select(each => (each.Role, new Choice(each.Role.ToString(), each.Word, each.Means)));

    /// <summary>What was ticked, as one value.</summary>
    public static Roles Sum(IEnumerable<Roles>? ticked) => (ticked ?? []).Aggregate(Roles.None, (sum, each) => sum | each);
}
