using System.Security.Cryptography;
using System.Text;

namespace Rapport.Kernel.Web;

/// <summary>
/// An answer that is kept to be repeated may hold a secret that is shown once, a token or a link. It is sealed with the key that the caller sent,
/// of which only a hash is kept: whoever reads the database cannot open it.
/// </summary>
internal sealed class SealedAnswer(string callersKey)
{
    private const int Nonce = 12, Tag = 16;
    private readonly byte[] root = SHA256.HashData(Encoding.UTF8.GetBytes(callersKey));

    /// <summary>What the answer is found by.</summary>
    public byte[] Name => Derive("name");

    /// <summary>The bytes to keep: nonce, tag, what was sealed.</summary>
    public byte[] Close(byte[] body)
    {
        var kept = new byte[Nonce + Tag + body.Length];
        RandomNumberGenerator.Fill(kept.AsSpan(0, Nonce));
        using var cipher = new AesGcm(Derive("seal"), Tag);
        cipher.Encrypt(kept.AsSpan(0, Nonce), body, kept.AsSpan(Nonce + Tag), kept.AsSpan(Nonce, Tag));
        return kept;
    }

    /// <summary>The bytes as they were sealed.</summary>
    public byte[] Open(byte[] kept)
    {
        var body = new byte[kept.Length - Nonce - Tag];
        using var cipher = new AesGcm(Derive("seal"), Tag);
        cipher.Decrypt(kept.AsSpan(0, Nonce), kept.AsSpan(Nonce + Tag), kept.AsSpan(Nonce, Tag), body);
        return body;
    }

    private byte[] Derive(string use) => HKDF.Expand(HashAlgorithmName.SHA256, root, 32, Encoding.UTF8.GetBytes(use));
}
