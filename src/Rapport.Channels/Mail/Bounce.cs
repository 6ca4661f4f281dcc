using System.Text.Json.Serialization;
using Rapport.Customers;

namespace Rapport.Channels.Mail;

/// <summary>Why a mail did not reach a recipient (V7).</summary>
public enum BounceKind
{
    /// <summary>Nobody is there, or nobody is any more: writing again is in vain.</summary>
    Hard,

    /// <summary>Somebody is there, who could not be reached this time: a full mailbox, a server that was away.</summary>
    Soft,

    /// <summary>What we sent was refused, or from where: the recipient has no part in it.</summary>
    Policy,

    /// <summary>Not there yet, and still tried: no failure.</summary>
    Delayed,

    /// <summary>It came back, and nothing says why.</summary>
    Unknown,
}

/// <summary>Bounces as news of an address.</summary>
public static class BounceNews
{
    /// <summary>What it tells of the address.</summary>
    public static AddressNews News(this BounceKind kind) => kind switch
    {
        BounceKind.Hard => AddressNews.Hard,
        BounceKind.Soft => AddressNews.Soft,
        BounceKind.Policy => AddressNews.Policy,
        BounceKind.Delayed => AddressNews.Delayed,
        BounceKind.Unknown => AddressNews.Unknown,
    };
}

/// <summary>One recipient that a mail did not reach.</summary>
/// <param name="Recipient">The address it was sent to, as the report gives it.</param>
/// <param name="Status">The enhanced status code (RFC 3463); empty when the report has none.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Diagnostic">What the other side said, on one line; empty when it said nothing.</param>
public sealed record Bounce(string Recipient, string Status, BounceKind Kind, string Diagnostic);

/// <summary>Somebody, or a program of theirs, complained of a mail (RFC 5965).</summary>
/// <param name="Type">Of what (RFC 5965): abuse, fraud, virus, opt-out, not-spam, auth-failure, other, in lower case.</param>
/// <param name="Recipient">To whom the mail had gone; empty when the report conceals it.</param>
public sealed record Complaint(string Type, string Recipient)
{
    /// <summary>Somebody does not want such mail. What a server says of seals that did not match, or a person of mail that is welcome after all, is no complaint of us.</summary>
    [JsonIgnore]
    public bool IsOfAbuse => Type is "abuse" or "fraud" or "virus" or "opt-out" or "opt-out-list";
}

/// <summary>What a mail reports on another one.</summary>
/// <param name="Bounces">One for each recipient, as the report orders them.</param>
/// <param name="Arrived">Recipients whom it reached, where that is reported as well.</param>
/// <param name="Complaint">A complaint of it, or null.</param>
/// <param name="About">The Message-ID of the mail that it is about, without brackets; null when the report does not say.</param>
internal sealed record MailReport(IReadOnlyList<Bounce> Bounces, IReadOnlyList<string> Arrived, Complaint? Complaint, string? About)
{
    public static readonly MailReport None = new([], [], null, null);
}
