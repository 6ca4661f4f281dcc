using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;
using Rapport.Kernel.Search;

namespace Rapport.Members;

/// <summary>How the pages look to a member.</summary>
public enum Look
{
    /// <summary>As the member's system says.</summary>
    System,
    /// <summary>Dark on light.</summary>
    Light,
    /// <summary>Light on dark.</summary>
    Dark,
}

/// <summary>A person of ours who signs in, by e-mail address and password.</summary>
public sealed class Member : IVersioned
{
    /// <summary>The most characters of a name, and of an address (RFC 5321).</summary>
    public const int LongestName = 200, LongestEmail = 254;

    private Member() { }

    /// <summary>Whose it is.</summary>
    public MemberId Id { get; private init; }
    /// <summary>The address they sign in by, as given.</summary>
    public string Email { get; private init; } = "";
    /// <summary>The address as it is compared: lower-case.</summary>
    public string EmailKey { get; private init; } = "";
    /// <summary>As given.</summary>
    public string Name { get; private set; } = "";
    /// <summary>Folded, for sorting.</summary>
    public string SortName { get; private set; } = "";
    /// <summary>What they may do; never none while they are here.</summary>
    public Roles Roles { get; internal set; }
    /// <summary>As Identity's hasher writes it; empty until they choose one.</summary>
    public string PasswordHash { get; internal set; } = "";
    /// <summary>Random; changes with every change of how they sign in, so that what Identity signed before is void.</summary>
    public string SecurityStamp { get; internal set; } = "";
    /// <summary>Attempts in a row whose password was wrong, or is being looked at.</summary>
    public int FailedSignIns { get; internal set; }
    /// <summary>Until when no password lets them in, after too many that were wrong; null when none were.</summary>
    public DateTimeOffset? LockedUntil { get; internal set; }
    /// <summary>IANA zone of their clock; null for the installation's.</summary>
    public string? Zone { get; internal set; }
    /// <summary>How the pages look.</summary>
    public Look Theme { get; internal set; }
    /// <summary>BCP 47 tag for dates and the page's language; null for the installation's.</summary>
    public string? Language { get; internal set; }
    /// <summary>When they joined.</summary>
    public DateTimeOffset JoinedAt { get; private init; }
    /// <summary>When they left; null while they may sign in.</summary>
    public DateTimeOffset? LeftAt { get; private set; }
    /// <summary>The last request of theirs, to about a minute; null before the first.</summary>
    public DateTimeOffset? LastSeenAt { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Whether they may sign in.</summary>
    public bool IsHere => LeftAt is null;

    /// <summary>Whether they have chosen a password yet.</summary>
    public bool HasPassword => PasswordHash.Length > 0;

    /// <summary>Who does their deeds.</summary>
    public Actor Actor => new(Id, Name, Roles);

    /// <summary>A new member, who has no password yet.</summary>
    public static Result<Member> Join(string? name, string? email, Roles roles, TimeProvider clock)
    {
        if (CheckEmail(email) is { } refusal) return refusal;
        if (roles == Roles.None) return Refusal.Invalid("member.roles", "Choose at least one role.", "roles");
        var address = email!.Trim();
        var member = new Member { Id = Ids.New<MemberId>(clock), Email = address, EmailKey = KeyOf(address), Roles = roles, JoinedAt = clock.GetUtcNow() };
        return member.Rename(name) is { } unnamed ? unnamed : member;
    }

    /// <summary>Gives another name.</summary>
    public Refusal? Rename(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) return Refusal.Invalid("member.name", $"Write a name of at most {LongestName} characters.", "name");
        (Name, SortName) = (name, TextFold.Fold(name));
        return null;
    }

    /// <summary>May no longer sign in. What they did stays theirs.</summary>
    public Refusal? Leave(DateTimeOffset now)
    {
        if (!IsHere) return Refusal.Conflict("member.left", $"{Name} has left already.");
        LeftAt = now;
        return null;
    }

    /// <summary>May sign in again, with the password they had.</summary>
    public Refusal? Return()
    {
        if (IsHere) return Refusal.Conflict("member.here", $"{Name} has not left.");
        LeftAt = null;
        return null;
    }

    /// <summary>An address as it is compared.</summary>
    public static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    private static Refusal? CheckEmail(string? email)
    {
        var address = email?.Trim() ?? "";
        var at = address.LastIndexOf('@');
        var good = address.Length <= LongestEmail && at > 0 && at < address.Length - 1 && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',');
        return good ? null : Refusal.Invalid("member.email", "Write an e-mail address, like ada@example.com.", "email");
    }
}

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members").Journaled().IsShownLive(nameof(Member.Id));
        builder.HasIndex(m => m.EmailKey).IsUnique();
        builder.HasIndex(m => new { m.SortName, m.EmailKey });
        builder.Property(m => m.SortName).Sortable();
        builder.Property(m => m.EmailKey).Sortable();
        builder.Property(m => m.Roles).HasMaxLength(80);
        builder.Property(m => m.PasswordHash).Unjournaled();
        builder.Property(m => m.SecurityStamp).HasMaxLength(64).Unjournaled();
        builder.Property(m => m.FailedSignIns).Unjournaled();
        builder.Property(m => m.LockedUntil).Unjournaled();
        builder.Property(m => m.LastSeenAt).Unjournaled();
    }
}
