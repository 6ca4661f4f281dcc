using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Rapport.Customers;
using Rapport.Kernel.Installation;

namespace Rapport.Updates;

/// <summary>The link by which a recipient unsubscribes: which notice and whom it went to, with a keyed hash, so that nobody makes one up for others. It needs no account and never expires: a mail may lie for years.</summary>
internal sealed class UnsubscribeLink(OurInstallation us)
{
    private const int Hashed = 16;

    public string PathOf(NoticeId notice, PartyId party)
    {
        Span<byte> token = stackalloc byte[48];
        notice.Value.TryWriteBytes(token, bigEndian: true, out _);
        party.Value.TryWriteBytes(token[16..], bigEndian: true, out _);
        HashOf(token[..32]).CopyTo(token[32..]);
        return $"/unsubscribe/{Base64Url.EncodeToString(token)}";
    }

    /// <summary>What a token names; null when it was not made here.</summary>
    public (NoticeId Notice, PartyId Party)? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[48];
        if (token.Length != 64 || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token, bytes) != 48 || !CryptographicOperations.FixedTimeEquals(HashOf(bytes[..32]), bytes[32..])) return null;
        return (new(new Guid(bytes[..16], bigEndian: true)), new(new Guid(bytes[16..32], bigEndian: true)));
    }

    private byte[] HashOf(ReadOnlySpan<byte> of) => HMACSHA256.HashData(us.SigningKey.AsSpan(), [.. Encoding.ASCII.GetBytes("rapport unsubscribe "), .. of])[..Hashed];
}
