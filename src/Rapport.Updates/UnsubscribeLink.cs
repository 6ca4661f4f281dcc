using Rapport.Customers;
using Rapport.Kernel.Installation;

namespace Rapport.Updates;

/// <summary>The link by which a recipient unsubscribes: which notice and whom it went to. It never expires: a mail may lie for years.</summary>
internal sealed class UnsubscribeLink(OurInstallation us)
{
    private const string Purpose = "unsubscribe";

    public string PathOf(NoticeId notice, PartyId party)
    {
        Span<byte> named = stackalloc byte[32];
        notice.Value.TryWriteBytes(named, bigEndian: true, out _);
        party.Value.TryWriteBytes(named[16..], bigEndian: true, out _);
        return $"/unsubscribe/{SignedToken.Make(us, Purpose, named)}";
    }

    /// <summary>What a token names; null when it was not made here.</summary>
    public (NoticeId Notice, PartyId Party)? Read(string token)
    {
        Span<byte> named = stackalloc byte[32];
        return SignedToken.TryRead(us, Purpose, token, named) ? (new(new Guid(named[..16], bigEndian: true)), new(new Guid(named[16..], bigEndian: true))) : null;
    }
}
