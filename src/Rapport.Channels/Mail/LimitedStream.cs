namespace Rapport.Channels.Mail;

/// <summary>Passes on at most <paramref name="most"/> bytes and swallows the rest.</summary>
internal sealed class LimitedStream(Stream inner, long most) : Stream
{
    private long written;

    public bool Overflowed { get; private set; }
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => written;
    public override long Position { get => written; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var room = (int)Math.Min(buffer.Length, most - written);
        Overflowed |= room < buffer.Length;
        inner.Write(buffer[..room]);
        written += room;
    }

    public override void Flush() => inner.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
