using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

/// <summary>
/// The one database. A deed changes tracked records, says what happened and what is to be found,
/// and calls <see cref="SaveAsync"/>: all of it lands in one transaction, with the journal, or nothing does.
/// </summary>
public sealed class RapportDb(DbContextOptions<RapportDb> options, RapportModel model, TimeProvider clock, HappeningListeners listeners, WorkSignal signal)
    : DbContext(options)
{
    private readonly List<HappeningRow> happened = [];
    private readonly List<SearchDocument> toIndex = [];
    private readonly List<SearchKey> toForget = [];
    private readonly List<MessageText> messages = [];
    private readonly List<JournalDraft> noted = [];
    private readonly HashSet<Guid> changed = [], cameOrWent = [];
    private bool changedForAll;

    /// <summary>Where the two databases differ.</summary>
    public Dialect Dialect { get; } = Dialect.Of(options);

    /// <summary>Tells later floors, in the same transaction, that something happened.</summary>
    public void Happened<T>(T happening, Actor by) where T : class, IHappening => happened.Add(HappeningRow.Of(happening, by, clock));

    /// <summary>Makes something findable, or replaces how it is found, in the same transaction.</summary>
    public void Index(SearchDocument document) => toIndex.Add(document);

    /// <summary>Makes the words of a message findable in the same transaction.</summary>
    public void Index(MessageText message) => messages.Add(message);

    /// <summary>Makes something unfindable in the same transaction.</summary>
    public void Unindex(SearchKey key) => toForget.Add(key);

    /// <summary>Writes a line of the journal for what is not a tracked record: a bulk change, a sign-in.</summary>
    public void Note(string deed, string subject, object content) => noted.Add(JournalDraft.Of(deed, subject, content));

    /// <summary>Tells open pages, in the same transaction, that what they show of this is no longer right. Tracked records that are <see cref="ShownLive"/> tell it themselves.</summary>
    public void Changed(Guid about) => changed.Add(about);

    /// <summary>Tells every open page to look again, in the same transaction: who may see what was changed for everybody.</summary>
    public void ChangedForAll() => changedForAll = true;

    /// <summary>Tells open pages of this, in the same transaction, that somebody came to it or went.</summary>
    public void CameOrWent(Guid about) => cameOrWent.Add(about);

    /// <summary>Saves everything in one transaction. Refused as a conflict when another change came first.</summary>
    public async Task<Refusal?> SaveAsync(Actor by, CancellationToken ct)
    {
        // Looked for once: a batch of mails tracks thousands of records, and EF would compare them all at every step below.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
            entry.Property(e => e.Version).CurrentValue++;
        var drafts = JournalDraft.From(ChangeTracker).Concat(noted).ToList();
        changed.UnionWith(ShownLive.In(ChangeTracker));

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        try
        {
            await JournalWriter.AppendAsync(this, drafts, by, clock.GetUtcNow(), ct);
            foreach (var row in happened) row.AddTo(this, listeners);
            await TellAsync(clock.GetUtcNow(), ct);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
            if (toForget.Count > 0) await Dialect.UnindexAsync(this, toForget, ct);
            if (toIndex.Count > 0) await Dialect.IndexAsync(this, toIndex, ct);
            if (messages.Count > 0) await Dialect.IndexAsync(this, messages, ct);
            if (own is not null) await own.CommitAsync(ct);
        }
        // Who comes second meets a newer version, or the row that the first one wrote.
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || Dialect.IsTaken(failure))
        {
            return Refusal.Conflict("changed.meanwhile", "Somebody else changed this in the meantime. Look at it again, then repeat your change.");
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }

        if (happened.Count > 0) signal.Wake();
        Forget();
        return null;
    }

    /// <summary>Saves, where nobody is asked who could look again. Throws <see cref="InvalidOperationException"/> when another change came first, so that all of the work is done again.</summary>
    public async Task SaveOrThrowAsync(Actor by, CancellationToken ct)
    {
        if (await SaveAsync(by, ct) is { } refusal) throw new InvalidOperationException(refusal.Message);
    }

    // Whoever writes a change holds the journal until the commit: so a later position is never seen before an earlier one.
    private async Task TellAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<ChangeRow> rows = [.. ChangeRow.Of(ChangeKind.Changed, changed, now), .. ChangeRow.Of(ChangeKind.CameOrWent, cameOrWent, now)];
        if (changedForAll) rows.Add(new() { At = now });
        if (rows.Count == 0) return;
        await Dialect.LockJournalAsync(this, ct);
        AddRange(rows);
    }

    private void Forget()
    {
        changed.Clear();
        cameOrWent.Clear();
        changedForAll = false;
        happened.Clear();
        toIndex.Clear();
        toForget.Clear();
        messages.Clear();
        noted.Clear();
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder, model, Dialect is SqliteDialect);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in model.Assemblies) modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => typeof(IVersioned).IsAssignableFrom(t.ClrType) && t.BaseType is null))
            modelBuilder.Entity(type.ClrType).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
        if (Dialect is PostgresDialect) Conventions.SortAsSqliteDoes(modelBuilder.Model);
    }
}
