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
        var (sender, recipients) = (false, false);
        while (await talk.HearAsync() is { } line)
        {
            var command = line.Split(' ')[0].ToUpperInvariant();
            // As every server says to what was sent ahead of the answer to MAIL, when that was refused.
            var early = command == "RCPT" && !sender ? "503 5.5.1 need MAIL command" : command == "DATA" && !recipients ? "503 5.5.1 need RCPT command" : null;
            if (early is not null)
            {
                await talk.SayAsync(early);
                continue;
            }
            if (await Instead(line, talk)) continue;
            (sender, recipients) = (command == "MAIL" || sender && command == "RCPT", command == "RCPT" || recipients && command == "NOOP");
            if (command == "DATA") await TakeAsync(talk);
            else await talk.SayAsync(command switch { "EHLO" => $"250-hello\r\n250-{Capabilities}", "QUIT" => "221 bye", _ => "250 ok" });
            if (command == "QUIT") return;
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
