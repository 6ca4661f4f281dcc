using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>Id of a provider.</summary>
public readonly record struct MailProviderId(Guid Value) : IId<MailProviderId>
{
    /// <inheritdoc/>
    public static MailProviderId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Where people sign in to give Rapport a mailbox without giving it a password, by OAuth2: Google, Microsoft, an identity server of one's own. There Rapport is registered once, as a program with an id and a secret.</summary>
public sealed class MailProvider : IVersioned
{
    internal const int LongestName = 100, LongestClientId = 300, LongestSecret = 1_000, LongestAddress = 500, LongestScopes = 1_000;

    /// <summary>Its id.</summary>
    public MailProviderId Id { get; init; }
    /// <summary>What it is called, as in "signed in at Google".</summary>
    public string Name { get; set; } = "";
    /// <summary>What Rapport is called there.</summary>
    public string ClientId { get; set; } = "";
    /// <summary>By what it is known to be Rapport, sealed by <see cref="MailSecrets"/> (A5); empty where it was registered without.</summary>
    public string Secret { get; set; } = "";
    /// <summary>Where people give permission; with whatever more it wants to be asked behind a question mark.</summary>
    public string AuthorizeAddress { get; set; } = "";
    /// <summary>Where tokens are had.</summary>
    public string TokenAddress { get; set; } = "";
    /// <summary>What permission is asked for, separated by spaces.</summary>
    public string Scopes { get; set; } = "";
    /// <summary>Where its mailboxes are read, like <c>tls://imap.example.com:993</c>; null when that is another matter for each.</summary>
    public string? ReadingServer { get; set; }
    /// <summary>Where its mailboxes send, like <c>starttls://smtp.example.com:587</c>; null when that is another matter for each.</summary>
    public string? SendingServer { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Its server for a use, where it names one.</summary>
    internal NewMailServer? Server(MailUse use) => NewMailServer.Parse(use == MailUse.Reading ? ReadingServer : SendingServer);
}

/// <summary>That somebody signed in at a provider for a mailbox, and what Rapport was given: by it the mailbox is read and sends.</summary>
public sealed class MailGrant
{
    /// <summary>For which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>Where.</summary>
    public MailProviderId Provider { get; set; }
    /// <summary>By whom.</summary>
    public MemberId GrantedBy { get; set; }
    /// <summary>When.</summary>
    public DateTimeOffset GrantedAt { get; set; }
    /// <summary>By what new access tokens are had, sealed (A5).</summary>
    public string RefreshToken { get; set; } = "";
    /// <summary>By what servers let us in, sealed (A5).</summary>
    public string AccessToken { get; set; } = "";
    /// <summary>Until when.</summary>
    public DateTimeOffset AccessUntil { get; set; }
    /// <summary>Since when the provider gives no more: the permission was taken back, or ran out. Null while it gives.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>Until when one node asks for a new access token, and the others wait.</summary>
    public DateTimeOffset? AskingUntil { get; set; }
}

internal sealed class MailProviderTable : IEntityTypeConfiguration<MailProvider>, IEntityTypeConfiguration<MailGrant>
{
    public void Configure(EntityTypeBuilder<MailProvider> builder)
    {
        builder.ToTable("mail_providers").Journaled();
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Name).HasMaxLength(MailProvider.LongestName);
        builder.Property(p => p.ClientId).HasMaxLength(MailProvider.LongestClientId);
        builder.Property(p => p.Secret).HasMaxLength(4_000).Unjournaled();
        builder.Property(p => p.AuthorizeAddress).HasMaxLength(MailProvider.LongestAddress);
        builder.Property(p => p.TokenAddress).HasMaxLength(MailProvider.LongestAddress);
        builder.Property(p => p.Scopes).HasMaxLength(MailProvider.LongestScopes);
        builder.Property(p => p.ReadingServer).HasMaxLength(300);
        builder.Property(p => p.SendingServer).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<MailGrant> builder)
    {
        builder.ToTable("mail_grants").Journaled();
        builder.HasKey(g => g.Mailbox);
        builder.HasIndex(g => g.Provider);
        builder.HasOne<MailboxConnection>().WithOne().HasForeignKey<MailGrant>(g => g.Mailbox);
        builder.Property(g => g.RefreshToken).Unjournaled();
        builder.Property(g => g.AccessToken).Unjournaled();
        builder.Property(g => g.AccessUntil).Unjournaled();
        builder.Property(g => g.AskingUntil).Unjournaled();
    }
}

/// <summary>How to reach providers and what they gave.</summary>
public static class MailProviderSets
{
    /// <summary>Those that are set up, by name.</summary>
    public static Task<List<MailProvider>> MailProvidersAsync(this RapportDb db, CancellationToken ct) => db.Set<MailProvider>().AsNoTracking().OrderBy(p => p.Name).ToListAsync(ct);

    /// <summary>One of them; null when there is none.</summary>
    public static Task<MailProvider?> MailProviderAsync(this RapportDb db, MailProviderId id, CancellationToken ct) => db.Set<MailProvider>().SingleOrDefaultAsync(p => p.Id == id, ct);
}
