using Microsoft.AspNetCore.Authorization;

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
        builder.AddPolicy(Write, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Member) && !context.User.OnlyReads()));
        builder.AddPolicy(Manage, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Manager) && !context.User.OnlyReads()));
        builder.AddPolicy(Administer, policy => policy.RequireAssertion(context => context.User.Holds(Roles.Administrator) && !context.User.OnlyReads()));
        var read = new AuthorizationPolicyBuilder().RequireAssertion(context => context.User.Holds(Roles.Reader)).Build();
        builder.SetDefaultPolicy(read).SetFallbackPolicy(read);
    }
}
