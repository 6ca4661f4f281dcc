using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>Id of a saved text.</summary>
public readonly record struct SavedTextId(Guid Value) : IId<SavedTextId>
{
    /// <inheritdoc/>
    public static SavedTextId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Words that are written often: an answer, or a whole mail, with fields that are filled in. Common to all members.</summary>
public sealed class SavedText : IVersioned
{
    /// <summary>The most characters of each part.</summary>
    public const int LongestName = 100, LongestShortcut = 30, LongestText = 20_000;

    /// <summary>Its id.</summary>
    public SavedTextId Id { get; init; }
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";
    /// <summary>Typed behind a semicolon it stands for the text; empty when there is none.</summary>
    public string Shortcut { get; set; } = "";
    /// <summary>The subject of a mail that begins with it; empty to leave the subject alone.</summary>
    public string Subject { get; set; } = "";
    /// <summary>The words, with fields like <c>{{ person.given_name }}</c>.</summary>
    public string Text { get; set; } = "";
    /// <inheritdoc/>
    public int Version { get; set; }
}

internal sealed class SavedTextTable : IEntityTypeConfiguration<SavedText>
{
    public void Configure(EntityTypeBuilder<SavedText> builder)
    {
        builder.ToTable("saved_texts").Journaled();
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(SavedText.LongestName);
        builder.Property(t => t.Shortcut).HasMaxLength(SavedText.LongestShortcut);
        builder.Property(t => t.Subject).HasMaxLength(Conversation.LongestSubject);
        builder.HasIndex(t => t.Shortcut).IsUnique().HasFilter("shortcut <> ''");
    }
}

/// <summary>A saved text as it is listed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Shortcut">Typed behind a semicolon it stands for the text; empty when there is none.</param>
/// <param name="Subject">The subject of a mail that begins with it; empty to leave the subject alone.</param>
/// <param name="Text">The words, with fields like <c>{{ person.given_name }}</c>.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record SavedTextRow(SavedTextId Id, string Name, string Shortcut, string Subject, string Text, int Version)
{
    internal static SavedTextRow Of(SavedText text) => new(text.Id, text.Name, text.Shortcut, text.Subject, text.Text, text.Version);
}

/// <summary>A text as somebody writes it.</summary>
public sealed record NewText(string? Name, string? Shortcut, string? Subject, string? Text);

/// <summary>Keeps the texts that members share.</summary>
public sealed class SavedTexts(RapportDb db, TimeProvider clock)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SavedTextRow>> ListAsync(CancellationToken ct) => [.. (await db.Set<SavedText>().AsNoTracking().ToListAsync(ct)).ConvertAll(SavedTextRow.Of).OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>One of them, tracked; null when there is none.</summary>
    public Task<SavedText?> FindAsync(SavedTextId id, CancellationToken ct) => db.Set<SavedText>().SingleOrDefaultAsync(t => t.Id == id, ct);

    /// <summary>Keeps a new one, or another version of one. Refused when it cannot be read.</summary>
    public async Task<Result<SavedTextId>> KeepAsync(SavedTextId? id, NewText given, Actor by, CancellationToken ct)
    {
        var (name, shortcut) = (given.Name?.Trim() ?? "", given.Shortcut?.Trim().TrimStart(';').ToLowerInvariant() ?? "");
        if (name.Length is 0 or > SavedText.LongestName) return Refusal.Invalid("text.name", $"Give it a name of at most {SavedText.LongestName} characters.", "name");
        if (shortcut.Length > SavedText.LongestShortcut || !shortcut.All(c => char.IsLetterOrDigit(c) || c == '-')) return Refusal.Invalid("text.shortcut", $"A shortcut is one word of at most {SavedText.LongestShortcut} letters and digits.", "shortcut");
        if (string.IsNullOrWhiteSpace(given.Text)) return Refusal.Invalid("text.empty", "Write the text.", "text");
        if (given.Text.Length > SavedText.LongestText) return Refusal.Invalid("text.long", $"Write at most {SavedText.LongestText:N0} characters.", "text");
        if (given.Subject?.Length > Conversation.LongestSubject) return Refusal.Invalid("subject.long", $"Write at most {Conversation.LongestSubject} characters.", "subject");
        if (Template.Check(given.Text) is { } wrong) return Refusal.Invalid("text.unreadable", wrong, "text");
        if (Template.Check(given.Subject ?? "") is { } wrongSubject) return Refusal.Invalid("text.unreadable", wrongSubject, "subject");
        if (shortcut.Length > 0 && await db.Set<SavedText>().AnyAsync(t => t.Shortcut == shortcut && t.Id != id, ct)) return Refusal.Invalid("text.taken", $"Another text has the shortcut ;{shortcut} already.", "shortcut");

        var text = id is { } known ? await FindAsync(known, ct) : null;
        if (id is not null && text is null) return Refusal.Missing("text");
        if (text is null) db.Add(text = new SavedText { Id = Ids.New<SavedTextId>(clock) });
        (text.Name, text.Shortcut, text.Subject, text.Text) = (name, shortcut, given.Subject?.Trim() ?? "", given.Text.ReplaceLineEndings("\n").Trim());
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        return text.Id;
    }

    /// <summary>Throws one away.</summary>
    public async Task<Refusal?> DiscardAsync(SavedTextId id, Actor by, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } text) return Refusal.Missing("text");
        db.Remove(text);
        return await db.SaveAsync(by, ct);
    }
}
