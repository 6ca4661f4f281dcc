using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>That a member lets their browser load what lies elsewhere in the mails of a sender.</summary>
internal sealed class RemoteSender
{
    public MemberId Member { get; init; }
    /// <summary>As addresses are compared.</summary>
    public string Address { get; init; } = "";
    public DateTimeOffset At { get; init; }
}

internal sealed class RemoteSenderTable : IEntityTypeConfiguration<RemoteSender>
{
    public void Configure(EntityTypeBuilder<RemoteSender> builder)
    {
        builder.ToTable("remote_senders").Journaled();
        builder.HasKey(r => new { r.Member, r.Address });
        builder.Property(r => r.Address).HasMaxLength(254);
    }
}

internal sealed class RemoteSenders(RapportDb db)
{
    public async Task<bool> AreShownAsync(ReadMail mail, Actor by, CancellationToken ct) =>
        AddressOf(mail) is { } address && await db.Set<RemoteSender>().AnyAsync(r => r.Member == by.Id && r.Address == address, ct);

    public static string? AddressOf(ReadMail mail) => mail.From is { } from ? EmailAddresses.Key(from.Address) : null;
}

/// <summary>Says whether images that lie elsewhere are always loaded in the mails of a sender (V9). It is the member's own browser that tells the sender, so it is the member's own choice.</summary>
public sealed class ShowRemoteImages(RapportDb db, OriginalMails originals, TimeProvider clock)
{
    /// <summary>Always, for the sender of this mail; twice is no mistake. Gives the address.</summary>
    public Task<Result<string>> AlwaysAsync(InteractionId id, Actor by, CancellationToken ct) => SayAsync(id, always: true, by, ct);

    /// <summary>Only when asked, for the sender of this mail.</summary>
    public Task<Result<string>> WhenAskedAsync(InteractionId id, Actor by, CancellationToken ct) => SayAsync(id, always: false, by, ct);

    private async Task<Result<string>> SayAsync(InteractionId id, bool always, Actor by, CancellationToken ct)
    {
        if (await originals.FindAsync(id, remote: false, by, ct) is not { } original) return Refusal.Missing("interaction");
        if (RemoteSenders.AddressOf(original.Mail) is not { } address) return Refusal.Conflict("sender.none", "This mail names no sender whom one could know again.");
        var said = await db.Set<RemoteSender>().SingleOrDefaultAsync(r => r.Member == by.Id && r.Address == address, ct);
        if (always && said is null) db.Add(new RemoteSender { Member = by.Id, Address = address, At = clock.GetUtcNow() });
        if (!always && said is not null) db.Remove(said);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : address;
    }
}
