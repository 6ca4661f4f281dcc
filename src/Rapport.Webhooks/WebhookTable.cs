using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Webhooks;

internal sealed class WebhookTable : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookEvent>, IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks").Journaled();
        builder.Property(w => w.Name).HasMaxLength(Webhook.LongestName);
        builder.Property(w => w.Url).HasMaxLength(Webhook.LongestUrl);
        builder.Property(w => w.Secret).Unjournaled();
        builder.Property(w => w.OldSecret).Unjournaled();
        builder.Property(w => w.FailingSince).Unjournaled();
        builder.Property(w => w.Holder).Unjournaled();
        builder.Property(w => w.HeldUntil).Unjournaled();
    }

    public void Configure(EntityTypeBuilder<WebhookEvent> builder)
    {
        builder.ToTable("webhook_events");
        builder.Property(e => e.Key).HasMaxLength(200);
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.HasIndex(e => e.Key).IsUnique();
        builder.HasIndex(e => e.At);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(d => new { d.Webhook, d.Event });
        builder.HasIndex(d => new { d.Webhook, d.DueAt }).HasFilter("state = 'Waiting'");
        builder.HasIndex(d => d.Event);
        builder.HasOne<Webhook>().WithMany().HasForeignKey(d => d.Webhook);
        builder.HasOne<WebhookEvent>().WithMany().HasForeignKey(d => d.Event);
    }

    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("webhook_attempts");
        builder.HasKey(a => new { a.Webhook, a.Event, a.Number });
        builder.Property(a => a.Said).HasMaxLength(WebhookAttempt.LongestSaid);
        builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(a => new { a.Webhook, a.Event });
    }
}

/// <summary>How to reach the endpoints.</summary>
internal static class WebhookSets
{
    /// <summary>The administrators' and the actor's own.</summary>
    public static IQueryable<Webhook> WebhooksFor(this RapportDb db, Actor by) =>
        db.Set<Webhook>().Where(w => by.May(Roles.Administrator) && (w.Owner == null || w.Owner == by.Id));

    /// <summary>One of those, tracked.</summary>
    public static Task<Webhook?> WebhookAsync(this RapportDb db, WebhookId id, Actor by, CancellationToken ct) => db.WebhooksFor(by).SingleOrDefaultAsync(w => w.Id == id, ct);
}
