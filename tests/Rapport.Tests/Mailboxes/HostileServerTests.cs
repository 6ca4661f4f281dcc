using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Tests.Conversations;
using System.Text;

namespace Rapport.Tests.Mailboxes;

/// <summary>Servers that break off, lie, talk without end or fall silent: what they hold is read as far as it can be, and said where it cannot.</summary>
public sealed class HostileServerTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private static int boxes;

    private MailNode node = null!;
    private Actor ada = null!;

    public async ValueTask InitializeAsync()
    {
        ada = await Rapport.ActorAsync(Roles.Owner);
        node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Theory]
    [InlineData("NAMESPACE")]
    [InlineData("LIST")]
    [InlineData("EXAMINE")]
    [InlineData("UID SEARCH")]
    [InlineData("UID FETCH")]
    [InlineData("BODY")]
    public async Task A_server_that_breaks_off_once_at_any_command_loses_nothing(string at)
    {
        var broke = false;
        var prefix = $"broke-{at.Replace(' ', '-')}";
        var fake = new FakeImap(Mails(prefix, 3))
        {
            Instead = (said, _) =>
            {
                if (broke || !(at == "BODY" ? said.Contains("BODY.PEEK", StringComparison.Ordinal) : said.StartsWith(at, StringComparison.Ordinal))) return Task.FromResult(false);
                broke = true;
                throw new IOException("broken off");
            },
        };
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilSeenAsync(prefix, 3);
        Assert.True(broke);
        await node.UntilAsync(box, s => s is { Trouble: null, Folders: [{ Stored: 3, Missing: 0 }] }, "all is well again");
    }

    [Fact]
    public async Task A_mail_on_which_it_breaks_each_time_is_left_and_named_and_those_behind_it_come()
    {
        var fake = new FakeImap(Mails("stuck", 4)) { Instead = (said, _) => said.Contains("BODY.PEEK", StringComparison.Ordinal) && Names(said, 3) ? throw new IOException("broken off") : Task.FromResult(false) };
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilSeenAsync("stuck-", 3, seconds: 90);
        await node.UntilAsync(box, s => s.Folders is [{ Stored: 3, NotGiven: 1, Missing: 0 }] && s.Alarms.Any(a => a.Kind == MailboxAlarmKind.Missing), "what is left is named");
        Assert.Contains("breaks", Assert.Single(await node.WithAsync<MailboxStates, IReadOnlyList<LeftMail>>(d => d.LeftAsync(box, ada, Ct))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_moved_between_two_questions_is_no_trouble()
    {
        var asked = 0;
        var fake = new FakeImap(Mails("vanished", 3));
        fake.Instead = async (said, talk) =>
        {
            // Of the oldest it is asked first, then of all of them: by then the second is there no more.
            if (!said.StartsWith("UID FETCH", StringComparison.Ordinal) || said.Contains("BODY.PEEK", StringComparison.Ordinal) || asked++ == 0) return false;
            foreach (var uid in new[] { 1, 3 }) await talk.SayAsync($"* {uid} FETCH (UID {uid} RFC822.SIZE 500 INTERNALDATE \"20-Nov-2026 10:00:00 +0000\")");
            await talk.SayAsync($"{talk.Tag} OK done");
            return true;
        };
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilSeenAsync("vanished-", 2);
        await node.UntilAsync(box, s => s is { Alarms: [], Folders: [{ Stored: 2, NotGiven: 0, Missing: 0 }] }, "nothing is missed");
    }

    [Fact]
    public async Task A_mail_that_is_described_and_never_given_is_named()
    {
        var fake = new FakeImap(Mails("withheld", 2)) { Instead = async (said, talk) => { if (!said.Contains("BODY.PEEK", StringComparison.Ordinal) || !Names(said, 2)) return false; await talk.SayAsync($"{talk.Tag} OK done"); return true; } };
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilAsync(box, s => s.Folders is [{ NotGiven: >= 1, Missing: 0 }] && s.Alarms.Any(a => a.Kind == MailboxAlarmKind.Missing), "it is named");
    }

    [Fact]
    public async Task A_server_that_lies_about_sizes_is_read_all_the_same_and_one_that_never_ends_is_left()
    {
        var small = new FakeImap(Mails("understated", 2)) { Size = _ => 40 };
        await using var one = small.Serve();
        await ConnectAsync(one);
        await node.UntilSeenAsync("understated-", 2);

        var given = 0;
        var endless = new FakeImap(Mails("endless", 1))
        {
            Instead = async (said, talk) =>
            {
                if (!said.Contains("BODY.PEEK", StringComparison.Ordinal)) return false;
                await talk.SayAsync("* 1 FETCH (UID 1 BODY[] {4000000000}");
                var piece = new byte[1024 * 1024];
                for (var sent = 0; sent < 4_000; sent++)
                {
                    await talk.SayRawAsync(piece);
                    given = Math.Max(given, sent);
                }
                return true;
            },
        };
        await using var two = endless.Serve();
        var box = await ConnectAsync(two);
        await node.UntilAsync(box, s => s.Folders is [{ NotGiven: 1 }], "it is left", 90);
        var largest = Rapport.Services.GetRequiredService<ChannelsOptions>().LargestMailMegabytes;
        Assert.True(given < largest + 40, $"{given} MB were taken of it.");
    }

    [Fact]
    public async Task A_line_without_end_and_numbers_without_end_are_said_and_kept_out_of_memory()
    {
        var line = new FakeImap { Instead = async (said, talk) => { if (!said.StartsWith("EXAMINE", StringComparison.Ordinal)) return false; var piece = Encoding.Latin1.GetBytes(new string('x', 1024 * 1024)); for (var i = 0; i < 100; i++) await talk.SayRawAsync(piece); return true; } };
        await using var one = line.Serve();
        var box = await ConnectAsync(one);
        await node.UntilAsync(box, s => s.Trouble == MailTroubleKind.TooMuch, "it is said");

        var claims = new FakeImap(Mails("claimed", 1)) { Capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS ESEARCH", Instead = async (said, talk) => { if (!said.StartsWith("UID SEARCH", StringComparison.Ordinal)) return false; await talk.SayAsync("* ESEARCH (TAG \"x\") UID ALL 1:4294967295"); return false; } };
        await using var two = claims.Serve();
        await ConnectAsync(two);
        await Waiting.UntilAsync(() => Task.FromResult(two.Visits > 0), "somebody came");
    }

    [Theory]
    [InlineData("EXAMINE")]
    [InlineData("LIST")]
    public async Task A_server_that_falls_silent_in_the_middle_is_given_up(string at)
    {
        var fell = new TaskCompletionSource();
        var fake = new FakeImap { Instead = async (said, talk) => { if (!said.StartsWith(at, StringComparison.Ordinal)) return false; fell.TrySetResult(); await talk.FallSilentAsync(); return true; } };
        await using var server = fake.Serve();
        // By a clock that the test moves: the patience is a minute.
        var trying = Rapport.InScopeAsync(s => s.GetRequiredService<TryServers>().RunAsync(new("silent@harbourline.example", new("127.0.0.1", server.Port, MailSecurity.None, "ada", "secret")), null, ada, Ct));
        await fell.Task.WaitAsync(Ct);
        await Waiting.UntilAsync(() => { Rapport.Clock.Advance(TimeSpan.FromSeconds(10)); return Task.FromResult(trying.IsCompleted); }, "it is given up");
        Assert.Equal(MailTroubleKind.Timeout, (await trying).Value!.Reading.Trouble?.Kind);
    }

    [Fact]
    public async Task A_server_without_a_way_to_say_that_mail_arrives_is_asked_from_time_to_time()
    {
        var mails = Mails("polled", 2);
        var fake = new FakeImap([mails[0]]);
        await using var server = fake.Serve();
        await ConnectAsync(server);
        await node.UntilSeenAsync("polled-", 1);
        var asked = Count(fake, "UID SEARCH");
        await Waiting.UntilAsync(() => Task.FromResult(Count(fake, "UID SEARCH") > asked + 2), "it is asked again and again");
        Assert.DoesNotContain("IDLE", fake.Heard);
        Assert.Empty(fake.Heard.Except(["CAPABILITY", "AUTHENTICATE", "LOGIN", "NAMESPACE", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH", "NOOP", "LOGOUT"]));
    }

    [Fact]
    public async Task A_server_that_names_no_space_of_ours_is_read_all_the_same()
    {
        var fake = new FakeImap(Mails("spaceless", 1)) { Instead = async (said, talk) => { if (!said.StartsWith("NAMESPACE", StringComparison.Ordinal)) return false; await talk.SayAsync("* NAMESPACE NIL NIL NIL"); await talk.SayAsync($"{talk.Tag} OK done"); return true; } };
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilSeenAsync("spaceless-", 1);
        await node.UntilAsync(box, s => s is { Trouble: null, Folders: [{ Role: FolderRole.Inbox }] }, "there is no Sent folder");
    }

    [Fact]
    public async Task Another_account_that_numbers_its_mails_alike_is_read_from_the_beginning()
    {
        await using var first = new FakeImap(Mails("account-one", 3)).Serve();
        await using var second = new FakeImap(Mails("account-two", 2)).Serve();
        var box = await ConnectAsync(first);
        await node.UntilSeenAsync("account-one-", 3);
        await node.UntilAsync(box, s => s.Folders is [{ Stored: 3 }], "all are dealt with");
        var address = await node.InDatabaseAsync(db => db.Set<MailboxConnection>().Where(c => c.Mailbox == box).Select(c => c.Address).SingleAsync(Ct));
        Assert.Null(await node.WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new(address, new("127.0.0.1", second.Port, MailSecurity.None, "ben", "secret"), null, Everything: true), ada, Ct)));
        await node.UntilSeenAsync("account-two-", 2);
        await node.UntilAsync(box, s => s.Folders is [{ OnServer: 2, Stored: 2, Missing: 0 }], "what is counted is of this account");
    }

    [Fact]
    public async Task Mail_that_nobody_can_read_is_stored_and_listed_and_blocks_none()
    {
        var fake = new FakeImap("\0\u0001\u0002 no mail at all", Mails("readable", 1)[0], "", "From: x\r\n\r\n");
        await using var server = fake.Serve();
        var box = await ConnectAsync(server);
        await node.UntilSeenAsync("readable-", 1);
        await node.UntilAsync(box, s => s.Folders is [{ Missing: 0, Stored: >= 3 }], "all of them are dealt with");
    }

    private static string[] Mails(string prefix, int count) => [.. ReceiveMailTests.Mails(prefix, count, "ada@harbourline.example").Select(m => Encoding.UTF8.GetString(m.Bytes.Span))];

    private static int Count(FakeImap fake, string command)
    {
        lock (fake.Heard) return fake.Heard.Count(h => h == command);
    }

    private static bool Names(string fetch, int uid) => fetch.Split(' ')[3].Split(',').Any(part =>
    {
        var ends = part.Split(':').Select(end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        return ends[0] <= uid && uid <= ends[^1];
    });

    private Task<MailboxId> ConnectAsync(FakeServer server)
    {
        var number = Interlocked.Increment(ref boxes);
        return node.ConnectAsync(ada, $"Hostile {number}", new($"hostile{number}@harbourline.example", new("127.0.0.1", server.Port, MailSecurity.None, "ada", "secret"), null, Everything: true));
    }
}
