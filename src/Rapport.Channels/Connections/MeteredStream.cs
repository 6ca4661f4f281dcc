using System.Net.Sockets;

namespace Rapport.Channels;

/// <summary>The line to a mail server. Nobody on the other side makes us wait for ever or read without end: what is read is counted against what was agreed, and each piece must come in time.</summary>
internal sealed class MeteredStream(Stream line, TimeProvider clock) : Stream
{
    private long allowed = 1024 * 1024;

    /// <summary>How long the other side may be silent in the middle of something.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>From here on so many bytes may come.</summary>
    public void Allow(long bytes) => allowed = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var read = await line.ReadAsync(buffer, either.Token);
            return (allowed -= read) < 0 ? throw new MailTroubleException(new(MailTroubleKind.TooMuch, "The server sends far more than it said it would. Ask whoever runs it.")) : read;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The server fell silent.", new SocketException((int)SocketError.TimedOut));
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await line.WriteAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The server takes nothing.", new SocketException((int)SocketError.TimedOut));
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override Task FlushAsync(CancellationToken cancellationToken) => line.FlushAsync(cancellationToken);

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => line.Flush();
    public override int Read(byte[] buffer, int offset, int count) => line.Read(buffer, offset, count);
    public override void Write(byte[] buffer, int offset, int count) => line.Write(buffer, offset, count);
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) line.Dispose();
        base.Dispose(disposing);
    }
}
