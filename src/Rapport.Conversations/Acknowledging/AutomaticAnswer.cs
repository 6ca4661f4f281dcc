using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>That a mail was answered automatically, or would have been and the brake held. One row for each mail, so that none is answered twice.</summary>
internal sealed class AutomaticAnswer
{
    public const int LongestReason = 300;

    /// <summary>The mail it answers.</summary>
    public InteractionId Answers { get; init; }
    /// <summary>From which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>To whom, as addresses are compared.</summary>
    public string Address { get; init; } = "";
    public DateTimeOffset At { get; init; }
    /// <summary>What was said by it; null when it was held.</summary>
    public InteractionId? SentAs { get; init; }
    /// <summary>Why it was not sent, in a sentence; null when it was.</summary>
    public string? Held { get; init; }
}

internal sealed class AutomaticAnswerTable : IEntityTypeConfiguration<AutomaticAnswer>
{
    public void Configure(EntityTypeBuilder<AutomaticAnswer> builder)
    {
        builder.ToTable("automatic_answers");
        builder.HasKey(a => a.Answers);
        builder.Property(a => a.Answers).ValueGeneratedNever();
        builder.Property(a => a.Address).HasMaxLength(254);
        builder.Property(a => a.Held).HasMaxLength(AutomaticAnswer.LongestReason);
        builder.HasIndex(a => new { a.Address, a.At }).HasFilter("sent_as IS NOT NULL");
        builder.HasIndex(a => new { a.Mailbox, a.At }).HasFilter("held IS NOT NULL");
    }
}

/// <summary>A mail that would have been answered automatically.</summary>
/// <param name="Interaction">The mail.</param>
/// <param name="Address">Who wrote it.</param>
/// <param name="At">When it was held.</param>
/// <param name="Reason">Why.</param>
public sealed record HeldAnswer(InteractionId Interaction, string Address, DateTimeOffset At, string Reason);

/// <summary>The brake on automatic answers (V6): whatever answers us, and however it threads, two machines that write to each other come to rest.</summary>
internal sealed class Brake(RapportDb db, ChannelsOptions options, TimeProvider clock)
{
    /// <summary>The address as the brake counts it: what stands behind a plus differs with every ticket of a machine.</summary>
    public static string AddressOf(string key)
    {
        var (plus, at) = (key.IndexOf('+', StringComparison.Ordinal), key.LastIndexOf('@'));
        return plus > 0 && plus < at ? key[..plus] + key[at..] : key;
    }

    /// <summary>Why nothing more is answered automatically here, in a sentence; null when something may.</summary>
    public async Task<string?> HoldsAsync(string address, ConversationId conversation, CancellationToken ct)
    {
        var sent = db.Set<AutomaticAnswer>().Where(a => a.SentAs != null);
        if (await sent.AnyAsync(a => db.Set<Interaction>().Any(i => i.Id == a.Answers && i.Conversation == conversation), ct)) return "Not answered automatically: this conversation was answered so before, and once is enough.";
        var since = clock.GetUtcNow().AddHours(-options.AutomaticAnswerHours);
        return await sent.CountAsync(a => a.Address == address && a.At > since, ct) < options.AutomaticAnswersPerAddress ? null
            : $"Not answered automatically: {address} had {(options.AutomaticAnswersPerAddress == 1 ? "an automatic answer" : $"{options.AutomaticAnswersPerAddress} automatic answers")} in the last {options.AutomaticAnswerHours} hours. A machine may be answering us.";
    }
}

/// <summary>Reads where the brake held.</summary>
public sealed class HeldAnswers(RapportDb db)
{
    /// <summary>Of these mails, those that it held for.</summary>
    internal Task<Dictionary<InteractionId, string>> OfAsync(IReadOnlyCollection<InteractionId> mails, CancellationToken ct) =>
        db.Set<AutomaticAnswer>().Where(a => a.Held != null && EF.Parameter(mails).Contains(a.Answers)).ToDictionaryAsync(a => a.Answers, a => a.Held!, ct);

    /// <summary>The last ones in a mailbox, the newest first, of mails that the actor may read.</summary>
    public Task<List<HeldAnswer>> LastAsync(MailboxId mailbox, int most, Actor by, CancellationToken ct)
    {
        var visible = db.InteractionsFor(by);
        return db.Set<AutomaticAnswer>().Where(a => a.Mailbox == mailbox && a.Held != null && visible.Any(i => i.Id == a.Answers)).OrderByDescending(a => a.At).Take(most).Select(a => new HeldAnswer(a.Answers, a.Address, a.At, a.Held!)).ToListAsync(ct);
    }
}
