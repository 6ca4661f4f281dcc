using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Customers.Import;

/// <summary>Id of an import.</summary>
public readonly record struct ImportId(Guid Value) : IId<ImportId>
{
    /// <inheritdoc/>
    public static ImportId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What is imported. The names are stored.</summary>
public enum ImportKind
{
    /// <summary>People and organisations: CSV, XLSX, vCard.</summary>
    People,
    /// <summary>Mail: mbox, Maildir, .eml.</summary>
    Mail,
    /// <summary>Open tasks: CSV, XLSX, iCalendar.</summary>
    Tasks,
}

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>Uploaded; nobody has started it.</summary>
    Draft,
    /// <summary>Waits for its turn.</summary>
    Waiting,
    /// <summary>Goes on, or was killed and goes on when somebody takes it up.</summary>
    Running,
    /// <summary>Somebody stopped it; it can go on.</summary>
    Stopped,
    /// <summary>All of it is in.</summary>
    Done,
    /// <summary>It cannot go on; see the problem.</summary>
    Failed,
    /// <summary>What it brought is being taken out again.</summary>
    Undoing,
    /// <summary>What it brought was taken out again.</summary>
    Undone,
}

/// <summary>What became of the rows or mails so far.</summary>
/// <param name="Read">How many were read.</param>
/// <param name="Created">Made somebody or something new.</param>
/// <param name="Changed">Changed what was here.</param>
/// <param name="Skipped">Said nothing that is not here already.</param>
/// <param name="Failed">Could not be used at all.</param>
/// <param name="Flawed">Were used but for a part.</param>
/// <param name="Conversations">Conversations that began with mails.</param>
/// <param name="People">People met for the first time in mails.</param>
public sealed record ImportCounts(int Read = 0, int Created = 0, int Changed = 0, int Skipped = 0, int Failed = 0, int Flawed = 0, int Conversations = 0, int People = 0)
{
    /// <summary>Both together.</summary>
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) =>
        new(a.Read + b.Read, a.Created + b.Created, a.Changed + b.Changed, a.Skipped + b.Skipped, a.Failed + b.Failed, a.Flawed + b.Flawed, a.Conversations + b.Conversations, a.People + b.People);

    /// <summary>Both together, for languages without operators.</summary>
    public static ImportCounts Add(ImportCounts left, ImportCounts right) => left + right;
}

/// <summary>A file to import.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="Stamp">Its length and when it was written, where it may change: an interrupted import goes on only with the same content.</param>
public sealed record ImportFile(string Path, string Name, string? Stamp = null)
{
    /// <summary>A file or folder where somebody has it.</summary>
    public static ImportFile At(string path)
    {
        var file = new FileInfo(System.IO.Path.GetFullPath(path));
        return new(file.FullName, System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(file.FullName)), file.Exists ? $"{file.Length}/{file.LastWriteTimeUtc.Ticks}" : null);
    }
}

/// <summary>What somebody chose for an import.</summary>
/// <param name="Ours">Mail domains, or single addresses, that are ours.</param>
/// <param name="Mailbox">The name of the mailbox that mail goes into.</param>
/// <param name="Shared">Everybody may see the mail at once.</param>
/// <param name="Mapping">What the columns hold; null to guess.</param>
public sealed record ImportOptions(IReadOnlyList<string>? Ours = null, string? Mailbox = null, bool Shared = false, PeopleMapping? Mapping = null);

/// <summary>One import of files, from its upload until it is done or taken back. Its position and counts are saved with each batch, so a killed one goes on where it stopped.</summary>
public sealed class ImportRun
{
    /// <summary>How long whoever runs it is believed to be alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Its id.</summary>
    public ImportId Id { get; init; }
    /// <summary>What is imported.</summary>
    public ImportKind Kind { get; init; }
    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ImportFile> Files { get; init; } = [];
    /// <summary>The files were uploaded and lie in our own folder; else they are read where they are.</summary>
    public bool Uploaded { get; init; }
    /// <summary>What was chosen.</summary>
    public ImportOptions Options { get; set; } = new();
    /// <summary>Whose import it is.</summary>
    public MemberId By { get; init; }
    /// <summary>What they are called, for the journal.</summary>
    public string ByName { get; init; } = "";
    /// <summary>What they may do.</summary>
    public Roles ByRoles { get; init; }
    /// <summary>When it was asked for.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>Where it stands.</summary>
    public ImportState State { get; set; }
    /// <summary>What became of the rows so far.</summary>
    public ImportCounts Counts { get; set; } = new();
    /// <summary>What the importer goes on from; null at the beginning.</summary>
    public string? Position { get; set; }
    /// <summary>The heads over the cells of its problems.</summary>
    public IReadOnlyList<string> Heads { get; set; } = [];
    /// <summary>How far it is, of a thousand.</summary>
    public int PerMille { get; set; }
    /// <summary>When all of it was in.</summary>
    public DateTimeOffset? DoneAt { get; set; }
    /// <summary>Why it cannot go on, or what undoing it had to leave: sentences.</summary>
    public string? Problem { get; set; }
    /// <summary>Until when whoever runs it holds it; null when nobody does.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
    /// <summary>The program that holds it.</summary>
    public string? Holder { get; set; }
    /// <summary>Somebody asked it to stop after its present batch.</summary>
    public DateTimeOffset? StopAskedAt { get; set; }

    /// <summary>Who does what it does.</summary>
    public Actor Actor => new(By, ByName, ByRoles);

    /// <summary>The names of its files.</summary>
    public string Name => string.Join(", ", Files.Select(f => f.Name));

    /// <summary>Whether it can be started or go on.</summary>
    public bool CanGoOn => State is ImportState.Draft or ImportState.Waiting or ImportState.Running or ImportState.Stopped or ImportState.Failed;

    /// <summary>Whether it stands so that something of it can be taken back.</summary>
    public bool CanBeUndone => State is ImportState.Done or ImportState.Stopped or ImportState.Failed && Position is not null;

    /// <summary>Whether it is too long ago to be taken back (C4).</summary>
    public bool IsTooOldToUndo(DateTimeOffset now) => At < now - UndoImport.Within;
}

internal sealed class ImportRunTable : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("imports");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Files).HasConversion(AsJson.Of<IReadOnlyList<ImportFile>>());
        builder.Property(r => r.Options).HasConversion(AsJson.Of<ImportOptions>());
        builder.Property(r => r.Counts).HasConversion(AsJson.Of<ImportCounts>());
        builder.Property(r => r.Heads).HasConversion(AsJson.Of<IReadOnlyList<string>>());
        builder.Property(r => r.ByRoles).HasConversion<int>();
        builder.Ignore(r => r.Actor).Ignore(r => r.Name).Ignore(r => r.CanGoOn).Ignore(r => r.CanBeUndone);
        builder.Property(r => r.Holder).HasMaxLength(200);
        builder.HasIndex(r => new { r.State, r.Id });
    }
}
