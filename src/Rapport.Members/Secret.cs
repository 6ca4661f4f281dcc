using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rapport.Members;

/// <summary>A random secret that is shown once and kept as its hash: in links, cookies and tokens. 32 bytes, so that a plain SHA-256 is enough.</summary>
internal static class Secret
{
    /// <summary>A new one, as text that needs no escaping anywhere.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored, and looked up by.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
