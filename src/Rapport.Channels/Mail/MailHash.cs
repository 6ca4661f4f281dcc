using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rapport.Channels.Mail;

/// <summary>The fingerprint of a mail's content: the same for the same mail by any way (other Received lines, other line ends).</summary>
internal static class MailHash
{
    public static string Of(Correspondent? from, DateTimeOffset? date, string subject, MailBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, from?.Address.ToLowerInvariant() ?? "");
        Add(hash, date?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "");
        Add(hash, subject);
        Add(hash, body.Text.Trim());
        foreach (var attachment in body.Attachments) Add(hash, attachment.Sha256);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}

/// <summary>A stream that keeps nothing but the length and SHA-256 of what is written to it.</summary>
internal sealed class HashingStream : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => length;
    public override long Position { get => length; set => throw new NotSupportedException(); }

    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        length += buffer.Length;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }
}
