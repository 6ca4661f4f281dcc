using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rapport.Bench;

/// <summary>A mail server on loopback that takes every mail and delivers none: whoever sends to it is measured, not it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;
    private readonly TimeSpan answerAfter;
    private int taken;

    /// <param name="answerAfter">After what time it answers, as a server over a network does; zero for at once.</param>
    public SmtpSink(TimeSpan answerAfter)
    {
        this.answerAfter = answerAfter;
        listener.Start();
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many mails it took.</summary>
    public int Taken => Volatile.Read(ref taken);

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
                    // What comes behind MAIL comes in the same packet.
                    if (answerAfter > TimeSpan.Zero && !line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)) await Task.Delay(answerAfter, stop.Token);
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
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            // It keeps nothing.
        }
        if (answerAfter > TimeSpan.Zero) await Task.Delay(answerAfter, stop.Token);
        Interlocked.Increment(ref taken);
        return "250 taken";
    }

    private ValueTask SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), stop.Token);
}
