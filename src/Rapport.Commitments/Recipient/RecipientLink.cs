using System.Buffers.Binary;
using Rapport.Customers;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>The link by which the one whom something was promised sees it and says whether it was kept, without an account: which promise, to whom, and until which day the link works.</summary>
internal sealed class RecipientLink(OurInstallation us)
{
    private const string Purpose = "promised";

    /// <summary>How long a link works after it was made.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(400);

    public string PathOf(CommitmentId commitment, PartyId recipient, DateTimeOffset now)
    {
        Span<byte> named = stackalloc byte[36];
        commitment.Value.TryWriteBytes(named, bigEndian: true, out _);
        recipient.Value.TryWriteBytes(named[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(named[32..], DayOf(now + Lasts));
        return $"/promised/{SignedToken.Make(us, Purpose, named)}";
    }

    /// <summary>What a token names; null when it was not made here, or has ended.</summary>
    public (CommitmentId Commitment, PartyId Recipient)? Read(string token, DateTimeOffset now)
    {
        Span<byte> named = stackalloc byte[36];
        if (!SignedToken.TryRead(us, Purpose, token, named) || BinaryPrimitives.ReadInt32BigEndian(named[32..]) < DayOf(now)) return null;
        return (new(new Guid(named[..16], bigEndian: true)), new(new Guid(named[16..32], bigEndian: true)));
    }

    private static int DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime).DayNumber;
}
