using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>A member as lists show them.</summary>
public sealed record MemberRow(MemberId Id, string Name, string Email, Roles Roles, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt, DateTimeOffset? LastSeenAt);

/// <summary>How to reach the members.</summary>
public static class MemberQueries
{
    /// <summary>One member, or null.</summary>
    public static Task<Member?> MemberAsync(this RapportDb db, MemberId id, CancellationToken ct) => db.Set<Member>().SingleOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>The member of an e-mail address, or null.</summary>
    public static Task<Member?> MemberAsync(this RapportDb db, string email, CancellationToken ct)
    {
        var key = Member.KeyOf(email);
        return db.Set<Member>().SingleOrDefaultAsync(m => m.EmailKey == key, ct);
    }

    /// <summary>Those who may sign in, by name: for choosing an owner.</summary>
    public static Task<List<MemberRow>> MembersHereAsync(this RapportDb db, CancellationToken ct) =>
        db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null).OrderBy(m => m.SortName).ThenBy(m => m.EmailKey).Select(Row).ToListAsync(ct);

    /// <summary>All who ever joined, by name.</summary>
    public static async Task<Page<MemberRow>> MembersAsync(this RapportDb db, string? after, int size, CancellationToken ct)
    {
        var members = db.Set<Member>().AsNoTracking();
        if (Cursor.Parse(after, 2) is { Values: [var name, var email] })
#pragma warning disable CA1309 // The database compares, by code units: both columns are sortable text.
            members = members.Where(m => string.Compare(m.SortName, name) > 0 || (m.SortName == name && string.Compare(m.EmailKey, email) > 0));
#pragma warning restore CA1309
        size = Math.Clamp(size, 1, Page<MemberRow>.Most);
        var rows = await members.OrderBy(m => m.SortName).ThenBy(m => m.EmailKey).Take(size + 1).Select(Row).ToListAsync(ct);
        return Page<MemberRow>.Of(rows, size, row => new Cursor(TextFold.Fold(row.Name), Member.KeyOf(row.Email)));
    }

    /// <summary>Whether anybody owns this installation; false on the first run.</summary>
    public static async Task<bool> HasOwnerAsync(this RapportDb db, CancellationToken ct) =>
        (await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null).Select(m => m.Roles).ToListAsync(ct)).Exists(r => r.HasFlag(Roles.Owner));

    private static readonly Expression<Func<Member, MemberRow>> Row =
        m => new MemberRow(m.Id, m.Name, m.Email, m.Roles, m.JoinedAt, m.LeftAt, m.LastSeenAt);
}
