using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>A word by which conversations about the same kind of matter are found again. The words are common to all members.</summary>
public sealed class Tag
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 40;

    /// <summary>The name as it is compared and stands in addresses: folded.</summary>
    public string Key { get; init; } = "";
    /// <summary>As it was first written.</summary>
    public string Name { get; init; } = "";

    /// <summary>The key of a name, or why it is none.</summary>
    internal static Result<string> KeyOf(string? name)
    {
        name = name?.Trim() ?? "";
        return name.Length is 0 or > LongestName || name.Any(c => char.IsControl(c) || c == ',')
            ? Refusal.Invalid("tag.name", $"Write a tag of at most {LongestName} characters, without a comma.", "tag")
            : TextFold.Fold(name);
    }
}

/// <summary>A tag as it is listed.</summary>
/// <param name="Key">The name as it is compared and stands in addresses: folded.</param>
/// <param name="Name">As it was first written.</param>
public sealed record TagRow(string Key, string Name);

/// <summary>That a conversation has a tag.</summary>
internal sealed class ConversationTag
{
    public ConversationId Conversation { get; init; }
    public string Tag { get; init; } = "";
}

internal sealed class TagTable : IEntityTypeConfiguration<Tag>, IEntityTypeConfiguration<ConversationTag>
{
    // Folding a name can make it longer than it was.
    private const int LongestKey = 4 * Conversations.Tag.LongestName;

    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("tags");
        builder.HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(LongestKey).Sortable();
        builder.Property(t => t.Name).HasMaxLength(Conversations.Tag.LongestName);
    }

    public void Configure(EntityTypeBuilder<ConversationTag> builder)
    {
        builder.ToTable("conversation_tags").IsShownLive(nameof(ConversationTag.Conversation));
        builder.HasKey(t => new { t.Conversation, t.Tag });
        builder.Property(t => t.Tag).HasMaxLength(LongestKey).Sortable();
        builder.HasIndex(t => new { t.Tag, t.Conversation });
    }
}

/// <summary>How to reach the tags.</summary>
public static class TagQueries
{
    private const int MostTags = 200;

    /// <summary>The tags there are, by name, for completing and choosing.</summary>
    public static Task<List<TagRow>> TagsAsync(this RapportDb db, CancellationToken ct) => db.Set<Tag>().OrderBy(t => t.Key).Take(MostTags).Select(t => new TagRow(t.Key, t.Name)).ToListAsync(ct);

    /// <summary>The tags of conversations.</summary>
    internal static async Task<ILookup<ConversationId, TagRow>> TagsOfAsync(this RapportDb db, IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        (await (from has in db.Set<ConversationTag>()
                where EF.Parameter(conversations).Contains(has.Conversation)
                join tag in db.Set<Tag>() on has.Tag equals tag.Key
                orderby tag.Key
                select new { has.Conversation, Tag = new TagRow(tag.Key, tag.Name) }).ToListAsync(ct)).ToLookup(t => t.Conversation, t => t.Tag);
}
