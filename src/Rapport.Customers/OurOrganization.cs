using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Customers;

/// <summary>Us: the organisation that installed Rapport. It has the same id in every installation, so that nothing has to look for it.</summary>
public static class OurOrganization
{
    /// <summary>Its id.</summary>
    public static PartyId Id { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    /// <summary>Our organisation, made where it does not exist yet; tracked, the caller saves.</summary>
    internal static async Task<Organization> OursAsync(this RapportDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Set<Organization>().FindAsync([Id], ct) is { } existing) return existing;
        var us = new Organization { Id = Id, Who = Who.OneOfUs, CreatedAt = clock.GetUtcNow() };
        us.Rename((await db.InstallationAsync(ct))?.Name is { Length: > 0 } name ? name : "Our organisation");
        db.Add(us);
        return us;
    }

    /// <summary>Whether a party is one of us: our organisation, a unit of it, a colleague.</summary>
    public static bool IsOurs(this Party party) => party.Who == Who.OneOfUs;

    /// <summary>What members are called, for names of owners.</summary>
    public static async Task<Dictionary<MemberId, string>> NamesOfMembersAsync(this RapportDb db, IEnumerable<MemberId?> members, CancellationToken ct)
    {
        var wanted = members.OfType<MemberId>().Distinct().ToList();
        return wanted.Count == 0 ? [] : await db.Set<Member>().Where(m => wanted.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, ct);
    }

    /// <summary>The country whose national telephone numbers are understood; "ZZ", which is none, before the first run.</summary>
    internal static async Task<string> RegionAsync(this RapportDb db, CancellationToken ct) =>
        (await db.InstallationAsync(ct))?.Country is { Length: 2 } country ? country : "ZZ";

    /// <summary>Today in our zone.</summary>
    public static async Task<DateOnly> TodayAsync(this RapportDb db, TimeProvider clock, CancellationToken ct) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc).Date);
}
