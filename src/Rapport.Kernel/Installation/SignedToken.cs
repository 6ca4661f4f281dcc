using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rapport.Kernel.Installation;

/// <summary>
/// Text for a link that works without an account: what it names and a keyed hash of that (HMAC-SHA-256, its first 16 bytes), in base64url.
/// Nobody makes one up for others, and one that was made for something else says nothing here.
/// </summary>
public static class SignedToken
{
    private const int Hashed = 16;

    /// <summary>The text.</summary>
    /// <param name="us">Whose key it is.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="named">What it names.</param>
    public static string Make(OurInstallation us, string purpose, ReadOnlySpan<byte> named) => Base64Url.EncodeToString([.. named, .. HashOf(us, purpose, named)]);

    /// <summary>What a text names, as many bytes as are asked for; false when it was not made here for this.</summary>
    public static bool TryRead(OurInstallation us, string purpose, string token, Span<byte> named)
    {
        var bytes = new byte[named.Length + Hashed];
        if (token.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token, bytes) != bytes.Length) return false;
        if (!CryptographicOperations.FixedTimeEquals(HashOf(us, purpose, bytes.AsSpan(0, named.Length)), bytes.AsSpan(named.Length))) return false;
        bytes.AsSpan(0, named.Length).CopyTo(named);
        return true;
    }

    private static byte[] HashOf(OurInstallation us, string purpose, ReadOnlySpan<byte> named) => HMACSHA256.HashData(us.SigningKey.AsSpan(), [.. Encoding.ASCII.GetBytes($"rapport {purpose} "), .. named])[..Hashed];
}
