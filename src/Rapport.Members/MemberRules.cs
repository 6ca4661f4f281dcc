namespace Rapport.Members;

/// <summary>Who may do what to whom: an administrator to all but owners, an owner to all; nobody makes themselves or another more than they are.</summary>
internal static class MemberRules
{
    public static readonly Refusal NotYours = Refusal.Forbidden("member.not-yours", "Only an administrator or the owner may do this.");
    public static readonly Refusal OwnersOnly = Refusal.Forbidden("member.owners-only", "Only an owner may do this to an owner, or make one.");

    /// <summary>Whether a member may be changed so that they hold these roles.</summary>
    public static Refusal? Check(Actor by, Roles held, Roles wanted)
    {
        if (!by.May(Roles.Administrator)) return NotYours;
        return (held | wanted).HasFlag(Roles.Owner) && !by.May(Roles.Owner) ? OwnersOnly : null;
    }
}
