namespace Rapport.Kernel;

/// <summary>A person of ours who signs in.</summary>
public readonly record struct MemberId(Guid Value) : IId<MemberId>
{
    /// <inheritdoc/>
    public static MemberId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>As whom something may be read: a member, or a team whose members may.</summary>
public readonly record struct ReaderId(Guid Value) : IId<ReaderId>
{
    /// <inheritdoc/>
    public static ReaderId From(Guid value) => new(value);
    /// <summary>A member reads as themselves.</summary>
    public static implicit operator ReaderId(MemberId member) => new(member.Value);
    /// <summary>A member reads as themselves, for languages without conversions.</summary>
    public static ReaderId FromMemberId(MemberId member) => member;
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a member may do; several each. Names are stored, so they are not renamed.</summary>
[Flags]
public enum Roles
{
    /// <summary>May do nothing.</summary>
    None = 0,
    /// <summary>Sees what is visible to them, changes nothing.</summary>
    Reader = 1,
    /// <summary>Serves customers: records, promises, answers.</summary>
    Member = 2,
    /// <summary>Also reassigns what an absent member holds.</summary>
    Manager = 4,
    /// <summary>Also invites, resets, configures.</summary>
    Administrator = 8,
    /// <summary>Installed it; cannot be removed by others.</summary>
    Owner = 16,
}

/// <summary>Who does a deed. Always an argument, never ambient.</summary>
/// <param name="Id">The member; the empty id for Rapport itself.</param>
/// <param name="Name">How the journal names them.</param>
/// <param name="Roles">What they may do.</param>
public sealed record Actor(MemberId Id, string Name, Roles Roles)
{
    /// <summary>Rapport's own jobs.</summary>
    public static Actor Rapport { get; } = new(default, "Rapport", Roles.Administrator | Roles.Member);

    /// <summary>The teams they belong to.</summary>
    public IReadOnlyList<ReaderId> Teams { get; init; } = [];

    /// <summary>As whom they read: as themselves, and as each of their teams.</summary>
    public IReadOnlyList<ReaderId> Readers => [Id, .. Teams];

    /// <summary>Whether any of these roles is held; an owner and an administrator hold those beneath them.</summary>
    public bool May(Roles any) => (Everything(Roles) & any) != 0;

    private static Roles Everything(Roles held)
    {
        if (held.HasFlag(Roles.Owner)) held |= Roles.Administrator;
        if (held.HasFlag(Roles.Administrator)) held |= Roles.Manager;
        if (held.HasFlag(Roles.Manager)) held |= Roles.Member;
        if (held.HasFlag(Roles.Member)) held |= Roles.Reader;
        return held;
    }
}
