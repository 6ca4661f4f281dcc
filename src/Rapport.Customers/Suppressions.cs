using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Why nothing is sent to an address. Names are part of the API.</summary>
public enum SuppressionReason
{
    /// <summary>They asked not to be reached there.</summary>
    Asked,
    /// <summary>They, or a program of theirs, complained of a mail.</summary>
    Complaint,
    /// <summary>Mail to it comes back for good.</summary>
    Gone,
}

/// <summary>That nothing is sent to an address.</summary>
/// <param name="Address">The address, as addresses are compared.</param>
/// <param name="Reason">Why.</param>
/// <param name="Words">Why, for people: how a sentence goes on after "Nothing is sent to ada@example.com:".</param>
/// <param name="Since">Since when; null where nobody wrote that down.</param>
/// <param name="Report">The mail that told it; null where a person did.</param>
public sealed record Suppression(string Address, SuppressionReason Reason, string Words, DateTimeOffset? Since, InteractionId? Report)
{
    /// <summary>A member may send there again. What somebody asked for is changed where it is kept: "do not use" at the address.</summary>
    public bool MayBeLifted => Reason != SuppressionReason.Asked;
}

/// <summary>That a member lets mail go to an address again, whatever was reported of it so far. What is reported later counts anew.</summary>
internal sealed class SuppressionLift
{
    public string Address { get; init; } = "";
    /// <summary>The newest report when it was lifted.</summary>
    public InteractionId UpTo { get; set; }
    public MemberId By { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class SuppressionLiftTable : IEntityTypeConfiguration<SuppressionLift>
{
    public void Configure(EntityTypeBuilder<SuppressionLift> builder)
    {
        builder.ToTable("suppression_lifts").Journaled();
        builder.HasKey(l => l.Address);
        builder.Property(l => l.Address).HasMaxLength(254);
    }
}

/// <summary>
/// To which addresses nothing is sent (V7, U9). Nothing is written down for it but what mail told: who is gone, or complained, stands in the reports;
/// a mail that arrives later, or that they write, ends a bounce by itself; a complaint ends when a member says so.
/// </summary>
public static class Suppressions
{
    /// <summary>Of these addresses, those to which nothing is sent, by the address as addresses are compared. Whoever sends asks this before.</summary>
    public static async Task<Dictionary<string, Suppression>> SuppressedAsync(this RapportDb db, IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        var keys = addresses.Select(a => EmailAddresses.Key(a) ?? a.Trim().ToLowerInvariant()).Distinct().ToList();
        var found = new Dictionary<string, Suppression>();
        if (keys.Count == 0) return found;
        var told = await db.Newest(keys, [AddressNews.Hard, AddressNews.Arrived, AddressNews.Heard]).Where(r => r.News == AddressNews.Hard).ToListAsync(ct);
        told.AddRange(await db.Newest(keys, [AddressNews.Complaint]).ToListAsync(ct));
        var lifted = told.Count == 0 ? [] : await db.Set<SuppressionLift>().AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Address)).ToDictionaryAsync(l => l.Address, l => l.UpTo, ct);
        foreach (var report in told.Where(r => !lifted.TryGetValue(r.Address, out var upTo) || r.Interaction > upTo))
            found[report.Address] = new(report.Address, report.News == AddressNews.Hard ? SuppressionReason.Gone : SuppressionReason.Complaint, report.Reason, report.At, report.Interaction);
        foreach (var asked in await db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Email && c.DoNotUse && EF.Parameter(keys).Contains(c.Value)).Select(c => c.Value).Distinct().ToListAsync(ct))
            found[asked] = new(asked, SuppressionReason.Asked, "they asked not to be written to there", null, null);
        return found;
    }
}
