using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Commitments;

/// <summary>That a member was told what is due on a day, or that nothing was: once a day, over restarts and nodes.</summary>
public sealed class DailyReminder
{
    /// <summary>Who.</summary>
    public MemberId Member { get; init; }
    /// <summary>The day on their clock.</summary>
    public DateOnly Day { get; init; }
    /// <summary>When it was gathered.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>How many promises it spoke of.</summary>
    public int Promises { get; init; }
    /// <summary>The mail; null when there was nothing to say.</summary>
    public InteractionId? Interaction { get; init; }
}

/// <summary>How reminders are sent. One row.</summary>
public sealed class ReminderSettings : IVersioned
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;
    /// <summary>From which mailbox they come; null while none are sent by mail.</summary>
    public MailboxId? Mailbox { get; set; }
    /// <summary>Where members find us, for the links.</summary>
    public string Site { get; set; } = "";
    /// <inheritdoc/>
    public int Version { get; set; }
}

/// <summary>A member who wants no daily mail; what is due stands on their Today all the same.</summary>
public sealed class NoReminder
{
    /// <summary>Who.</summary>
    public MemberId Member { get; init; }
    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}

internal sealed class ReminderTable : IEntityTypeConfiguration<DailyReminder>, IEntityTypeConfiguration<ReminderSettings>, IEntityTypeConfiguration<NoReminder>
{
    public void Configure(EntityTypeBuilder<DailyReminder> builder)
    {
        builder.ToTable("daily_reminders");
        builder.HasKey(r => new { r.Member, r.Day });
    }

    public void Configure(EntityTypeBuilder<ReminderSettings> builder)
    {
        builder.ToTable("reminder_settings").Journaled();
        builder.Property(s => s.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<NoReminder> builder)
    {
        builder.ToTable("no_reminders").Journaled();
        builder.HasKey(n => n.Member);
    }
}
