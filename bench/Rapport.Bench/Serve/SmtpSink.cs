using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rapport.Bench;

/// <summary>A mail server on loopback that takes every mail at once and delivers none: whoever sends to it is measured, not it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;
    private ConcurrentQueue<(long At, string Mail)> taken = [];
    private TaskCompletionSource all = new();
    private int wanted = int.MaxValue;

    public SmtpSink()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Waits for so many mails; gives them as they came, with the ticks of the clock at which each was whole.</summary>
    public async Task<IReadOnlyList<(long At, string Mail)>> TakeAsync(int count, Func<Task> send, CancellationToken ct)
    {
        (taken, all, wanted) = ([], new(TaskCreationOptions.RunContinuationsAsynchronously), count);
        await send();
        await all.Task.WaitAsync(ct);
        return [.. taken];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await listening;
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was measured.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await SayAsync(stream, "220 ready");
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    await SayAsync(stream, line[..Math.Min(4, line.Length)].ToUpperInvariant() switch
                    {
                        "EHLO" => "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8",
                        "DATA" => await DataAsync(stream, reader),
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    });
                    if (line == "QUIT") return;
                }
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // They went.
            }
        }
    }

    private async Task<string> DataAsync(NetworkStream stream, StreamReader reader)
    {
        await SayAsync(stream, "354 go on");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") mail.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        taken.Enqueue((TimeProvider.System.GetTimestamp(), mail.ToString()));
        if (taken.Count >= wanted) all.TrySetResult();
        return "250 taken";
    }

    private ValueTask SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), stop.Token);
}
