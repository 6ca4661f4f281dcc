using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>How soon we speak to customers of a tier, on a channel. Lengths of working time like <c>30m</c>, <c>4h</c>, <c>2d</c>; null sets no time.</summary>
/// <param name="Tier">Which customers.</param>
/// <param name="Channel">On which channel they spoke; null for every one of which nothing else is said.</param>
/// <param name="FirstAnswer">Until our first answer.</param>
/// <param name="NextAnswer">Until every further one.</param>
/// <param name="SpeakAgain">Until we speak again when nobody has, and the matter is not closed.</param>
public sealed record AnswerTime(Tier Tier, Channel? Channel, string? FirstAnswer, string? NextAnswer, string? SpeakAgain)
{
    internal string? Of(ClockKind kind) => kind switch { ClockKind.FirstAnswer => FirstAnswer, ClockKind.NextAnswer => NextAnswer, ClockKind.SpeakAgain => SpeakAgain };
}

/// <summary>How soon we speak to whom: one row, changed as a whole. What each conversation is due by is worked out anew when it changes.</summary>
public sealed class AnswerTimes : IVersioned
{
    /// <summary>What is promised to oneself where nobody said otherwise.</summary>
    public static IReadOnlyList<AnswerTime> Standard { get; } =
    [
        new(Tier.A, null, "4h", "4h", "5d"), new(Tier.B, null, "1d", "1d", "10d"), new(Tier.C, null, "2d", "2d", null), new(Tier.None, null, "3d", "3d", null),
        new(Tier.A, Channel.Chat, "30m", "30m", "5d"), new(Tier.B, Channel.Chat, "1h", "1h", "10d"), new(Tier.C, Channel.Chat, "2h", "2h", null), new(Tier.None, Channel.Chat, "4h", "4h", null),
    ];

    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;
    /// <summary>The times, as JSON.</summary>
    public string Written { get; private set; } = JsonSerializer.Serialize(Standard, Json.Options);
    /// <summary>How often all conversations were to be looked at anew, because the times or our hours changed.</summary>
    public int Rounds { get; private set; } = 1;
    /// <summary>How often that was done.</summary>
    public int RoundsDone { get; private set; }
    /// <summary>How far the round at hand has come.</summary>
    public ConversationId? LookedAt { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The times.</summary>
    public IReadOnlyList<AnswerTime> All => JsonSerializer.Deserialize<IReadOnlyList<AnswerTime>>(Written, Json.Options)!;

    internal void Change(IReadOnlyList<AnswerTime> all)
    {
        Written = JsonSerializer.Serialize(all, Json.Options);
        (Rounds, LookedAt) = (Rounds + 1, null);
    }

    /// <summary>The time there is for something; null when none is set. What is said of the channel counts before what is said of every one.</summary>
    internal static WorkingSpan? Of(IReadOnlyList<AnswerTime> all, Tier tier, Channel channel, ClockKind kind) =>
        WorkingSpan.Parse((all.FirstOrDefault(t => t.Tier == tier && t.Channel == channel) ?? all.FirstOrDefault(t => t.Tier == tier && t.Channel is null))?.Of(kind));
}

internal sealed class AnswerTimesTable : IEntityTypeConfiguration<AnswerTimes>
{
    public void Configure(EntityTypeBuilder<AnswerTimes> builder)
    {
        builder.ToTable("answer_times").Journaled();
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Rounds).Unjournaled();
        builder.Property(t => t.RoundsDone).Unjournaled();
        builder.Property(t => t.LookedAt).Unjournaled();
        builder.Ignore(t => t.All);
    }
}

/// <summary>How to reach the times.</summary>
public static class AnswerTimesSets
{
    /// <summary>The times, tracked; what is usual where nobody said otherwise.</summary>
    public static async Task<AnswerTimes> AnswerTimesAsync(this RapportDb db, CancellationToken ct)
    {
        if ((db.Set<AnswerTimes>().Local.SingleOrDefault() ?? await db.Set<AnswerTimes>().SingleOrDefaultAsync(ct)) is { } there) return there;
        var standard = new AnswerTimes();
        db.Add(standard);
        return standard;
    }
}
