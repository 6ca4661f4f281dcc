using Rapport.Channels;
using Rapport.Tests.Mailboxes;

namespace Rapport.Tests.Sending;

/// <summary>As much SMTP as our sender needs, with a way to be wrong at each command.</summary>
internal sealed class FakeOutgoing : IAsyncDisposable
{
    private readonly FakeServer server;

    public FakeOutgoing(string capabilities = "PIPELINING\r\n250 8BITMIME")
    {
        Capabilities = capabilities;
        server = new(SpeakAsync);
    }

    private string Capabilities { get; }

    /// <summary>Before a command is answered: true when this did all that is to be done about it. The end of a mail is the command ".".</summary>
    public Func<string, FakeServer.Talk, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The mails it took, as they came.</summary>
    public List<string> Taken { get; } = [];

    public NewMailServer Sending => new("127.0.0.1", server.Port, MailSecurity.None);

    public int Visits => server.Visits;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task SpeakAsync(FakeServer.Talk talk)
    {
        if (await Instead("", talk)) return;
        await talk.SayAsync("220 ready");
        while (await talk.HearAsync() is { } line)
        {
            if (await Instead(line, talk)) continue;
            if (line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase)) await talk.SayAsync($"250-hello\r\n250-{Capabilities}");
            else if (line == "DATA") await TakeAsync(talk);
            else await talk.SayAsync(line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") return;
        }
    }

    private async Task TakeAsync(FakeServer.Talk talk)
    {
        await talk.SayAsync("354 go on");
        var mail = new List<string>();
        while (await talk.HearAsync() is { } line && line != ".")
        {
            mail.Add(line);
            if (mail.Count == 40 && await Instead("halfway", talk)) return;
        }
        if (await Instead(".", talk)) return;
        lock (Taken) Taken.Add(string.Join('\n', mail));
        await talk.SayAsync("250 2.0.0 taken as 1234");
    }
}
