using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Customers.Import;

/// <summary>One thing that an import made or changed: what undoing it reads, last first.</summary>
public sealed class ImportChange
{
    /// <summary>Which import.</summary>
    public ImportId Import { get; init; }
    /// <summary>Its place in the import, from 1.</summary>
    public long Seq { get; init; }
    /// <summary>What kind of thing it is, in the importer's own word.</summary>
    public string What { get; init; } = "";
    /// <summary>The party, or what else it is by that word.</summary>
    public Guid Subject { get; init; }
    /// <summary>It was made, not changed.</summary>
    public bool Made { get; init; }
    /// <summary>What it looked like afterwards: undo leaves alone what looks different by then.</summary>
    public byte[] Print { get; init; } = [];
    /// <summary>JSON of what was changed, from and to; null for what was made.</summary>
    public string? Changes { get; init; }
}

/// <summary>A row that could not be used, or a part of it, and why.</summary>
public sealed class ImportProblem
{
    /// <summary>How many are kept of one import; more are only counted.</summary>
    public const int Most = 100_000;

    /// <summary>Which import.</summary>
    public ImportId Import { get; init; }
    /// <summary>Its place among the problems, from 1.</summary>
    public long Seq { get; init; }
    /// <summary>The row, card or mail in the file; the first is 1.</summary>
    public int Row { get; init; }
    /// <summary>What stood in it, a cell each.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
    /// <summary>What is wrong and what to do, in sentences.</summary>
    public string Reason { get; init; } = "";
    /// <summary>Nothing of it was used.</summary>
    public bool Failed { get; init; }
}

/// <summary>What somebody said the columns of a file hold, for the next file with the same heads.</summary>
public sealed class RememberedMapping
{
    /// <summary>See <see cref="PeopleMapping.Signature"/>.</summary>
    public string Signature { get; init; } = "";
    /// <summary>What was said.</summary>
    public string Mapping { get; set; } = "";
    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class ImportLedgerTable : IEntityTypeConfiguration<ImportChange>, IEntityTypeConfiguration<ImportProblem>, IEntityTypeConfiguration<RememberedMapping>
{
    public void Configure(EntityTypeBuilder<ImportChange> builder)
    {
        builder.ToTable("import_changes");
        builder.HasKey(c => new { c.Import, c.Seq });
        builder.Property(c => c.What).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<ImportProblem> builder)
    {
        builder.ToTable("import_problems");
        builder.HasKey(p => new { p.Import, p.Seq });
        builder.Property(p => p.Cells).HasConversion(AsJson.Of<IReadOnlyList<string>>());
    }

    public void Configure(EntityTypeBuilder<RememberedMapping> builder)
    {
        builder.ToTable("import_mappings").HasKey(m => m.Signature);
        builder.Property(m => m.Signature).HasMaxLength(64);
    }
}
