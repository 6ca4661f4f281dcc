using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Rapport.Members;

/// <summary>The names of the policies that stand on routes and pages.</summary>
public static class Policies
{
    /// <summary>Sees what is visible to them: every member.</summary>
    public const string Read = "read";
    /// <summary>Serves customers: all but readers.</summary>
    public const string Write = "write";
    /// <summary>Reassigns: managers and above.</summary>
    public const string Manage = "manage";
    /// <summary>Invites and configures: administrators and the owner.</summary>
    public const string Administer = "administer";

    /// <summary>What the names mean. A route that says nothing is for members only: what was forgotten is closed.</summary>
    internal static void AddRapportPolicies(this AuthorizationBuilder builder)
    {
        builder.AddPolicy(Read, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Reader)));
        builder.AddPolicy(Write, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Member) && MayMean(context)));
        builder.AddPolicy(Manage, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Manager) && MayMean(context)));
        builder.AddPolicy(Administer, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Administrator) && MayMean(context)));
        var read = new AuthorizationPolicyBuilder().RequireAssertion(context => context.User.Holds(Roles.Reader)).Build();
        builder.SetDefaultPolicy(read).SetFallbackPolicy(read);
    }

    // A token that only reads reads what its member may read, also what is for administrators: metrics, the journal.
    private static bool MayMean(AuthorizationHandlerContext context) =>
        !context.User.OnlyReads() || context.Resource is HttpContext http && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));
}
