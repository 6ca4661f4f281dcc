using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rapport.Tests.Mailboxes;

/// <summary>A server on loopback that says what a test wants, right or wrong: what no honest server can be brought to do.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;

    public FakeServer(Func<Talk, Task> speak)
    {
        listener.Start();
        listening = ListenAsync(speak);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often somebody came.</summary>
    public int Visits { get; private set; }

    private async Task ListenAsync(Func<Talk, Task> speak)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Visits++;
                _ = AnswerAsync(client, speak);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, Func<Talk, Task> speak)
    {
        using (client)
        {
            try
            {
                using var talk = new Talk(client.GetStream(), stop.Token);
                await speak(talk);
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException)
            {
                // They went.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await listening;
        stop.Dispose();
    }

    /// <summary>One connection.</summary>
    internal sealed class Talk(NetworkStream stream, CancellationToken ct) : IDisposable
    {
        private readonly StreamReader reader = new(stream, Encoding.Latin1);

        /// <summary>What the command at hand is called, for its last answer.</summary>
        public string Tag { get; set; } = "";

        /// <summary>What they say next; null when they are gone.</summary>
        public async Task<string?> HearAsync() => await reader.ReadLineAsync(ct);

        public async Task SayAsync(string line) => await stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), ct);

        public async Task SayRawAsync(byte[] bytes) => await stream.WriteAsync(bytes, ct);

        /// <summary>Says nothing more, and does not go.</summary>
        public Task FallSilentAsync() => Task.Delay(Timeout.Infinite, ct);

        public void Dispose() => reader.Dispose();
    }
}

/// <summary>As much IMAP as our reader needs, with a way to be wrong at each command.</summary>
internal sealed class FakeImap
{
    private readonly string[] mails;

    public FakeImap(params string[] mails) => this.mails = mails;

    /// <summary>Before a command is answered: true when this did all that is to be done about it.</summary>
    public Func<string, FakeServer.Talk, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>What it says its mails measure; null for the truth.</summary>
    public Func<int, long>? Size { get; init; }

    /// <summary>The lines in which it says what it can.</summary>
    public string Capabilities { get; init; } = "IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS NAMESPACE";

    /// <summary>The commands it heard, of all connections.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>A server that speaks so.</summary>
    public FakeServer Serve() => new(SpeakAsync);

    private async Task SpeakAsync(FakeServer.Talk talk)
    {
        await talk.SayAsync($"* OK [CAPABILITY {Capabilities}] ready");
        while (await talk.HearAsync() is { } line)
        {
            var parts = line.Split(' ', 3);
            if (parts.Length < 2) continue;
            talk.Tag = parts[0];
            var command = parts[1].Equals("UID", StringComparison.OrdinalIgnoreCase) ? "UID " + parts[2].Split(' ')[0].ToUpperInvariant() : parts[1].ToUpperInvariant();
            lock (Heard) Heard.Add(command);
            if (await Instead($"{command} {(parts.Length > 2 ? parts[2] : "")}", talk)) continue;
            await AnswerAsync(talk, command, parts.Length > 2 ? parts[2] : "");
            await talk.SayAsync($"{parts[0]} OK {(command == "EXAMINE" ? "[READ-ONLY] " : "")}{command} done");
            if (command == "LOGOUT") return;
        }
    }

    private async Task AnswerAsync(FakeServer.Talk talk, string command, string rest)
    {
        switch (command)
        {
            case "CAPABILITY": await talk.SayAsync($"* CAPABILITY {Capabilities}"); break;
            case "NAMESPACE": await talk.SayAsync("* NAMESPACE ((\"\" \"/\")) NIL NIL"); break;
            case "LIST": await talk.SayAsync("* LIST (\\HasNoChildren) \"/\" INBOX"); break;
            case "EXAMINE":
                foreach (var said in new[] { "* FLAGS (\\Seen)", $"* {mails.Length} EXISTS", "* 0 RECENT", "* OK [UIDVALIDITY 7] ", $"* OK [UIDNEXT {mails.Length + 1}] " }) await talk.SayAsync(said);
                break;
            case "UID SEARCH": await talk.SayAsync("* SEARCH" + string.Concat(Enumerable.Range(1, rest.Contains("BEFORE", StringComparison.Ordinal) ? 0 : mails.Length).Select(uid => $" {uid}"))); break;
            case "UID FETCH": await FetchAsync(talk, rest); break;
            default: break;
        }
    }

    private async Task FetchAsync(FakeServer.Talk talk, string rest)
    {
        foreach (var uid in Uids(rest.Split(' ')[1]))
        {
            var mail = Encoding.Latin1.GetBytes(mails[uid - 1]);
            if (rest.Contains("BODY.PEEK[]", StringComparison.Ordinal))
            {
                await talk.SayRawAsync([.. Encoding.Latin1.GetBytes($"* {uid} FETCH (UID {uid} BODY[] {{{mail.Length}}}\r\n"), .. mail, .. ")\r\n"u8]);
                continue;
            }
            await talk.SayAsync($"* {uid} FETCH (UID {uid} RFC822.SIZE {Size?.Invoke(uid) ?? mail.Length} INTERNALDATE \"20-Nov-2026 10:00:00 +0000\")");
        }
    }

    // "3:1" is "1:3" (RFC 9051, 9).
    private IEnumerable<int> Uids(string set) => set.Split(',').SelectMany(part =>
    {
        var ends = part.Split(':').Select(end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }).Where(uid => uid <= mails.Length);
}

/// <summary>As much SMTP as signing in needs.</summary>
internal static class FakeSmtp
{
    public static FakeServer Serve(bool accepts = true) => new(async talk =>
    {
        await talk.SayAsync("220 ready");
        while (await talk.HearAsync() is { } line)
        {
            if (line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase)) await talk.SayAsync("250-hello\r\n250 AUTH PLAIN");
            else if (line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) await talk.SayAsync(accepts ? "235 welcome" : "535 5.7.8 no");
            else await talk.SayAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 ok");
        }
    });
}
