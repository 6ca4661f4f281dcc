using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Somebody else of theirs whom something was promised to, beside the first; said when it is made, and not changed.</summary>
public sealed class AlsoPromised
{
    /// <summary>What was promised.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>To whom.</summary>
    public PartyId To { get; init; }
}

/// <summary>A member who helps that it is kept. Its owner alone answers for it.</summary>
public sealed class Helping
{
    /// <summary>With what.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>Who.</summary>
    public MemberId Member { get; init; }
    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>Somebody whom something was promised to, or who helps, with their name.</summary>
public sealed record Named<T>(T Id, string Name);

internal sealed class CommitmentPeopleTable : IEntityTypeConfiguration<AlsoPromised>, IEntityTypeConfiguration<Helping>
{
    public void Configure(EntityTypeBuilder<AlsoPromised> builder)
    {
        builder.ToTable("commitment_recipients").Journaled();
        builder.HasKey(a => new { a.Commitment, a.To });
        builder.HasIndex(a => a.To);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(a => a.Commitment);
    }

    public void Configure(EntityTypeBuilder<Helping> builder)
    {
        builder.ToTable("commitment_helpers").Journaled();
        builder.HasKey(h => new { h.Commitment, h.Member });
        builder.HasIndex(h => h.Member);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(h => h.Commitment);
    }
}

internal static class CommitmentPeople
{
    /// <summary>Whom else these were promised to.</summary>
    public static async Task<ILookup<CommitmentId, Named<PartyId>>> AlsoToAsync(this RapportDb db, IReadOnlyCollection<CommitmentId> commitments, CancellationToken ct)
    {
        var found = await (from a in db.Set<AlsoPromised>() where EF.Parameter(commitments).Contains(a.Commitment) join p in db.Set<Party>() on a.To equals p.Id select new { a.Commitment, p.Id, p.Name }).ToListAsync(ct);
        return found.OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Id.Value).ToLookup(a => a.Commitment, a => new Named<PartyId>(a.Id, a.Name));
    }

    /// <summary>Who helps with these.</summary>
    public static async Task<ILookup<CommitmentId, Named<MemberId>>> HelpersAsync(this RapportDb db, IReadOnlyCollection<CommitmentId> commitments, CancellationToken ct)
    {
        var found = await (from h in db.Set<Helping>() where EF.Parameter(commitments).Contains(h.Commitment) join m in db.Set<Member>() on h.Member equals m.Id orderby h.Since, h.Member select new { h.Commitment, m.Id, m.Name }).ToListAsync(ct);
        return found.ToLookup(h => h.Commitment, h => new Named<MemberId>(h.Id, h.Name));
    }

    /// <summary>Those that were promised to somebody, beside others.</summary>
    public static Task<List<CommitmentId>> AlsoPromisedToAsync(this RapportDb db, PartyId party, CancellationToken ct) =>
        db.Set<AlsoPromised>().Where(a => a.To == party).Select(a => a.Commitment).ToListAsync(ct);
}
