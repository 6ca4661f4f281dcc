using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>That mail about a promise carries the link by which whom it was made to sees it. Whoever a mail is passed on to has the link, too; so it is only there where somebody wants it.</summary>
public sealed class LinksInMail
{
    /// <summary>Always 1: there is such a row, or none.</summary>
    public int Id { get; init; } = 1;
    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}

internal sealed class LinksInMailTable : IEntityTypeConfiguration<LinksInMail>
{
    public void Configure(EntityTypeBuilder<LinksInMail> builder)
    {
        builder.ToTable("links_in_mail").Journaled();
        builder.Property(l => l.Id).ValueGeneratedNever();
    }
}

internal static class LinksInMailSets
{
    /// <summary>Whether mail about a promise carries the link.</summary>
    public static Task<bool> WantsLinksInMailAsync(this RapportDb db, CancellationToken ct) => db.Set<LinksInMail>().AnyAsync(ct);
}

/// <summary>Says whether mail about a promise carries the link. What asks for a verdict carries it always: there it is what is asked for.</summary>
public sealed class WantLinksInMail(RapportDb db, TimeProvider clock)
{
    /// <summary>It does from now on, or does not.</summary>
    public async Task<Refusal?> RunAsync(bool wanted, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return Refusal.Forbidden("promises.settings", "Only an administrator can say so.");
        var there = await db.Set<LinksInMail>().SingleOrDefaultAsync(ct);
        if (wanted == there is not null) return null;
        if (there is not null) db.Remove(there);
        else db.Add(new LinksInMail { Since = clock.GetUtcNow() });
        return await db.SaveAsync(by, ct);
    }
}
