using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>What a mail tells of an address (V7).</summary>
public enum AddressNews
{
    /// <summary>A mail came back for good: nobody is there, or nobody is any more.</summary>
    Hard,
    /// <summary>A mail came back this time: a full mailbox, a server that was away.</summary>
    Soft,
    /// <summary>A mail was refused for what it was or where it came from: the address may well be good.</summary>
    Policy,
    /// <summary>A mail is not there yet, and still tried: no failure.</summary>
    Delayed,
    /// <summary>A mail came back, and nothing says why; or a report that does not say of which mail says that nobody is there, which anybody may have written.</summary>
    Unknown,
    /// <summary>A mail arrived.</summary>
    Arrived,
    /// <summary>A human being wrote from there, after a mail to it had come back.</summary>
    Heard,
    /// <summary>An automatic answer from there says that they have left.</summary>
    Left,
    /// <summary>They, or a program of theirs, complained of a mail.</summary>
    Complaint,
    /// <summary>A report names it, and is about no mail that we sent there, or is a complaint that names none: anybody may have written that, and it counts for nothing.</summary>
    Unproven,
}

/// <summary>What one mail tells of one address. What counts is the newest of an address; it is never changed, but where an unproven one turns out to be about a mail of ours that came in later.</summary>
public sealed class AddressReport
{
    /// <summary>The longest that is kept of what the other side said.</summary>
    public const int LongestDiagnostic = 500;

    /// <summary>The address, as contact points compare it.</summary>
    public string Address { get; init; } = "";
    /// <summary>The mail that tells it, whose moment orders the reports of an address; the mail of ours itself where a server refused it at once.</summary>
    public InteractionId Interaction { get; init; }
    /// <summary>What it tells.</summary>
    public AddressNews News { get; set; }
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>The enhanced status code (RFC 3463); empty without one.</summary>
    public string Status { get; init; } = "";
    /// <summary>What the other side said; the kind of a complaint; the sentence that says they have left.</summary>
    public string Diagnostic { get; init; } = "";
    /// <summary>The Message-ID of the mail it is about; null when it does not say.</summary>
    public string? About { get; init; }

    /// <summary>The mail did not arrive, or not yet.</summary>
    public bool IsBounce => News is AddressNews.Hard or AddressNews.Soft or AddressNews.Policy or AddressNews.Delayed or AddressNews.Unknown;

    /// <summary>Why, for people: how a sentence goes on after "Not delivered to ada@example.com:".</summary>
    public string Reason => News switch
    {
        AddressNews.Hard when Status is "5.1.2" or "5.4.4" or "5.1.10" || Says("host", "domain") => "their domain takes no mail",
        AddressNews.Hard => "nobody is reached at this address",
        AddressNews.Soft when Status.EndsWith(".2.2", StringComparison.Ordinal) || Says("quota", "full") => "their mailbox is full",
        AddressNews.Soft when Status.EndsWith(".2.1", StringComparison.Ordinal) || Says("disabled", "suspended", "inactive") => "their mailbox is switched off",
        AddressNews.Soft => "their mail server could not take it this time",
        AddressNews.Policy => "their mail server refused what we sent; the address may well be good",
        AddressNews.Delayed => "it is not there yet, and still tried",
        AddressNews.Unknown when Status.StartsWith("5.1.", StringComparison.Ordinal) => "a report that does not say of which mail says that nobody is reached at this address",
        AddressNews.Unknown => "it came back without saying why",
        AddressNews.Arrived => "it arrived",
        AddressNews.Heard => "they wrote since",
        AddressNews.Left => "their automatic answer says that they have left",
        AddressNews.Complaint => $"they complained of it ({Diagnostic})",
        AddressNews.Unproven => "a report names this address, to which we did not send it: perhaps it was passed on there, perhaps somebody made it up",
    };

    private bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (Diagnostic.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

internal sealed class AddressReportTable : IEntityTypeConfiguration<AddressReport>
{
    public void Configure(EntityTypeBuilder<AddressReport> builder)
    {
        builder.ToTable("address_reports");
        builder.HasKey(r => new { r.Address, r.Interaction });
        builder.Property(r => r.Address).HasMaxLength(254);
        builder.Property(r => r.Status).HasMaxLength(20);
        builder.Property(r => r.Diagnostic).HasMaxLength(AddressReport.LongestDiagnostic);
        builder.Property(r => r.About).HasMaxLength(400);
        builder.HasIndex(r => r.Interaction);
        builder.HasIndex(r => r.At, "ix_address_reports_policy").HasFilter("news = 'Policy'");
        builder.HasIndex(r => r.About).HasFilter("about IS NOT NULL");
    }
}

/// <summary>How addresses stand by the newest report of each.</summary>
public static class AddressReports
{
    /// <summary>Of these addresses, those to which the last mail that we know of came back, with how.</summary>
    public static async Task<Dictionary<string, AddressReport>> CameBackAsync(this RapportDb db, IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        var newest = await db.Newest(addresses, [AddressNews.Hard, AddressNews.Soft, AddressNews.Policy, AddressNews.Unknown, AddressNews.Arrived, AddressNews.Heard]).ToListAsync(ct);
        return newest.Where(r => r.IsBounce).ToDictionary(r => r.Address);
    }

    /// <summary>What suggests that whoever has one of these addresses has left: their automatic answer, or mail that comes back for good, and no word of theirs since.</summary>
    public static async Task<List<AddressReport>> SignsOfLeavingAsync(this RapportDb db, IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        var said = await db.Newest(addresses, [AddressNews.Left, AddressNews.Heard]).ToListAsync(ct);
        var back = await db.CameBackAsync(addresses, ct);
        return [.. said.Where(r => r.News == AddressNews.Left).Concat(back.Values.Where(r => r.News == AddressNews.Hard)).OrderByDescending(r => r.Interaction)];
    }

    internal static IQueryable<AddressReport> Newest(this RapportDb db, IReadOnlyCollection<string> addresses, AddressNews[] of)
    {
        var all = db.Set<AddressReport>().AsNoTracking().Where(r => of.Contains(r.News));
        return all.Where(r => EF.Parameter(addresses).Contains(r.Address) && !all.Any(later => later.Address == r.Address && later.Interaction > r.Interaction));
    }
}
