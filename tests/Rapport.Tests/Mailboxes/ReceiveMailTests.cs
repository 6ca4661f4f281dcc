using MailKit;
using MailKit.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Channels.Pages;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Mailboxes;

/// <summary>Mailboxes on a real IMAP server, read by the program as it runs.</summary>
public sealed class ReceiveMailTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private static int users;

    private Dovecot dovecot = null!;
    private MailNode node = null!;
    private Actor ada = null!;

    public async ValueTask InitializeAsync()
    {
        dovecot = await Dovecot.StartAsync();
        ada = await Rapport.ActorAsync(Roles.Owner);
        node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null) await node.DisposeAsync();
        if (dovecot is not null) await dovecot.DisposeAsync();
    }

    [Fact]
    public async Task What_lies_on_the_server_is_read_and_what_arrives_is_seen_within_two_seconds()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("old", 5, address));
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("old-", 5);
        await node.UntilAsync(box, s => s.Folders is [{ Role: FolderRole.Inbox, OnServer: 5, Stored: 5, Missing: 0 }, { Role: FolderRole.Sent, Path: "Out of here" }], "all of it is counted");

        await dovecot.DeliverAsync(user, Mails("new", 1, address));
        var delivered = TimeProvider.System.GetTimestamp();
        await node.UntilSeenAsync("new-", 1);
        var waited = TimeProvider.System.GetElapsedTime(delivered);
        Assert.True(waited < TimeSpan.FromSeconds(2), $"It was seen after {waited}.");
    }

    [Fact]
    public async Task What_is_answered_from_another_program_is_ours_and_nobody_waits_any_more()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, new TestMail("asked-1", "Lena Brandt <lena@hafenwerk.example>", address).Raw());
        await ConnectAsync(user, address);
        await node.UntilSeenAsync("asked-", 1);
        Assert.NotNull((await ConversationAsync("asked-1")).WaitingSince);

        // From an address that nobody knows to be ours.
        await dovecot.AppendAsync(user, "Out of here", null, new TestMail("answered-1", "Ada <ada@elsewhere.example>", "lena@hafenwerk.example") { InReplyTo = ["asked-1"], Subject = "Re: The second crane", Text = "Yes, week 50 is fine.", Date = RapportFixture.Monday.AddDays(-2) }.Raw());
        await node.UntilSeenAsync("answered-", 1);
        var conversation = await ConversationAsync("answered-1");
        Assert.Equal((await ConversationAsync("asked-1")).Id, conversation.Id);
        Assert.Null(conversation.WaitingSince);
        Assert.Equal(Direction.Outbound, await node.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "answered-1").Select(i => i.Direction).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_gone_back_to_by_itself_and_nothing_is_lost()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("before", 2, address));
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("before-", 2);
        await dovecot.StopAsync();
        await node.UntilAsync(box, s => s.Trouble is MailTroubleKind.Refused or MailTroubleKind.Dropped, "it is in trouble");
        await dovecot.StartAsync();
        await dovecot.DeliverAsync(user, Mails("after", 2, address));
        await node.UntilSeenAsync("after-", 2);
        await node.UntilAsync(box, s => s is { Trouble: null, TroubleSaid: null, RetryAt: null, Alarms: [] }, "the trouble is over");
        Assert.Equal(2, await node.SeenAsync("before-"));
    }

    [Fact]
    public async Task A_server_that_numbers_anew_is_read_anew_and_nothing_is_here_twice()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("numbered", 4, address));
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("numbered-", 4);
        await dovecot.StopAsync();
        dovecot.NumberAnew(user);
        await dovecot.StartAsync();
        await dovecot.DeliverAsync(user, Mails("renumbered", 1, address));
        await node.UntilSeenAsync("renumbered-", 1);
        await node.UntilAsync(box, s => s.Folders[0] is { RenumberedAt: not null, Stored: 5, AlreadyHere: 4, Missing: 0 }, "all of it was compared again");
        Assert.Equal(4, await node.SeenAsync("numbered-"));
        Assert.Equal(5, await node.InDatabaseAsync(db => db.Set<Intake>().CountAsync(i => i.Mailbox == box, Ct)));
    }

    [Fact]
    public async Task A_server_that_numbers_anew_while_we_are_there_is_read_anew_and_nothing_is_here_twice()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("live", 4, address));
        await dovecot.AppendAsync(user, "Out of here", null, Sent("livesent", 3, address));
        var box = await ConnectAsync(user, address);
        await node.UntilAsync(box, s => s.Folders is [{ Stored: 4 }, { Stored: 3 }], "all of it is here");

        // Of the folder that is not open the same session sees it; from the one that is open the server throws us out.
        foreach (var (validity, into) in new[] { (4_000_000_001, "Out of here"), (4_000_000_002, "INBOX") }) await dovecot.NumberAnewAsync(user, into, (uint)validity);
        await dovecot.DeliverAsync(user, Mails("liveafter", 1, address));
        await dovecot.AppendAsync(user, "Out of here", null, Sent("livesentafter", 1, address));
        await node.UntilAsync(box, s => s is { Trouble: null, Folders: [{ RenumberedAt: not null, Stored: 5, AlreadyHere: 4, Missing: 0 }, { RenumberedAt: not null, Stored: 4, AlreadyHere: 3, Missing: 0 }] }, "all of it was compared again");
        await node.UntilSeenAsync("liveafter-", 1);
        await node.UntilSeenAsync("livesentafter-", 1);
        Assert.Equal(9, await node.InDatabaseAsync(db => db.Set<Intake>().CountAsync(i => i.Mailbox == box, Ct)));
        Assert.Equal((4, 3, 1, 1), (await node.SeenAsync("live-"), await node.SeenAsync("livesent-"), await node.SeenAsync("liveafter-"), await node.SeenAsync("livesentafter-")));

        static IEnumerable<NewMail> Sent(string prefix, int count, string from) => Enumerable.Range(1, count).Select(i => new TestMail($"{prefix}-{i}", from, $"reader{i}@{prefix}.example") { Date = RapportFixture.Monday.AddMinutes(i - 5_000) }.Raw());
    }

    [Fact]
    public async Task Another_program_may_mark_and_move_mail_and_we_change_nothing_there()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("marked", 6, address));
        using var other = await dovecot.ClientAsync(user);
        await other.Inbox.OpenAsync(FolderAccess.ReadWrite, Ct);
        var uids = await other.Inbox.SearchAsync(SearchQuery.All, Ct);
        await other.Inbox.AddFlagsAsync([uids[0], uids[1]], MessageFlags.Seen, true, Ct);
        await other.Inbox.MoveToAsync(uids[5], await other.GetFolderAsync("Trash", Ct), Ct);
        await ConnectAsync(user, address);
        await node.UntilSeenAsync("marked-", 5);

        // While it is open to us: read what is new, move it, mark another.
        await dovecot.DeliverAsync(user, Mails("moved", 3, address));
        await other.NoOpAsync(Ct);
        var fresh = (await other.Inbox.SearchAsync(SearchQuery.All, Ct)).TakeLast(3).ToList();
        await other.Inbox.MoveToAsync(fresh[0], await other.GetFolderAsync("Trash", Ct), Ct);
        await other.Inbox.AddFlagsAsync(fresh[1], MessageFlags.Seen, true, Ct);
        await node.UntilSeenAsync("moved-", 2);
        await dovecot.DeliverAsync(user, Mails("later", 1, address));
        await node.UntilSeenAsync("later-", 1);

        await other.NoOpAsync(Ct);
        var seen = await other.Inbox.SearchAsync(SearchQuery.Seen, Ct);
        Assert.Equal([uids[0], uids[1], fresh[1]], seen);
    }

    [Fact]
    public async Task Old_and_large_mail_stays_there_is_counted_and_listed_and_comes_when_it_is_wanted()
    {
        await node.DisposeAsync();
        node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), largestMegabytes: 1);
        var (user, address) = Somebody();
        await dovecot.AppendAsync(user, "INBOX", TimeProvider.System.GetUtcNow().AddYears(-3), Mails("aged", 2, address));
        await dovecot.DeliverAsync(user, [.. Mails("fresh", 2, address), new TestMail("large-1", "Lena <lena@hafenwerk.example>", address) { Text = string.Join('\n', Enumerable.Repeat(new string('x', 70), 20_000)) }.Raw()]);
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("fresh-", 2);
        await node.UntilAsync(box, s => s.Folders[0] is { OnServer: 5, Older: 2, TooLarge: 1, Stored: 2, Missing: 0 }, "what is left is counted");
        var left = await node.WithAsync<MailboxStates, IReadOnlyList<LeftMail>>(d => d.LeftAsync(box, ada, Ct));
        Assert.Equal("It is larger than 1 MB.", Assert.Single(left).Why);

        Assert.Null(await node.WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new(address, dovecot.Reading(user, password: null), null, Everything: true), ada, Ct)));
        await node.UntilSeenAsync("aged-", 2);
        await node.DisposeAsync();
        node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
        Assert.Null(await node.WithAsync<TryMailboxAgain, Refusal?>(d => d.RunAsync(box, ada, Ct)));
        await node.UntilSeenAsync("large-", 1);
        await node.UntilAsync(box, s => s.Folders[0] is { OnServer: 5, Older: 0, TooLarge: 0, Stored: 5 }, "nothing is left");
    }

    [Fact]
    public async Task A_wrong_password_is_said_at_once_and_the_right_one_is_enough_to_go_on()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("locked", 1, address));
        var box = await node.ConnectAsync(ada, $"Mail of {user}", new(address, dovecot.Reading(user, password: "wrong")));
        await node.UntilAsync(box, s => s.Trouble == MailTroubleKind.SignInRefused, "the sign-in is refused");
        var state = await node.StateAsync(box);
        Assert.Contains("does not accept the user", Assert.Single(state.Alarms).Sentence, StringComparison.Ordinal);
        Assert.Equal(box, Assert.Single(await node.WithAsync<MailboxStates, IReadOnlyList<MailboxState>>(d => d.AlarmedAsync(ada, Ct))).Id);
        Assert.True(state.RetryAt > TimeProvider.System.GetUtcNow().AddSeconds(30), "It knocks again and again.");

        Assert.Null(await node.WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new(address, dovecot.Reading(user)), ada, Ct)));
        await node.UntilSeenAsync("locked-", 1);
    }

    [Fact]
    public async Task A_Sent_folder_that_cannot_be_read_keeps_nothing_back_that_arrives_and_is_read_again_when_it_can()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("lockedbefore", 1, address));
        await dovecot.AppendAsync(user, "Out of here", null, new TestMail("locked-1", address, "lena@unlocked.example") { Date = RapportFixture.Monday.AddDays(-2) }.Raw());
        await dovecot.LockAsync(user, "Out of here");
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("lockedbefore-", 1);
        await node.UntilAsync(box, s => s.Trouble == MailTroubleKind.SentFolder, "its page says so");
        var state = await node.StateAsync(box);
        Assert.StartsWith("Its Sent folder cannot be read", state.TroubleSaid, StringComparison.Ordinal);
        Assert.StartsWith("What arrives is read. Its Sent folder cannot be read", MailboxWords.Sentence(state), StringComparison.Ordinal);

        await dovecot.DeliverAsync(user, Mails("lockedafter", 1, address));
        await node.UntilSeenAsync("lockedafter-", 1);
        // The server says when it was asked.
        await node.UntilAsync(box, s => s.Trouble == MailTroubleKind.SentFolder && s.TroubleSaid != state.TroubleSaid, "it was tried again");
        Assert.Equal(state.TroubleSince, (await node.StateAsync(box)).TroubleSince);

        await dovecot.LockAsync(user, "Out of here", open: true);
        await node.UntilSeenAsync("locked-", 1);
        await node.UntilAsync(box, s => s.Trouble is null, "it is over");
    }

    [Fact]
    public async Task A_server_that_lets_us_in_and_gives_nothing_is_in_trouble_since_it_first_did_until_it_gives()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("shut", 1, address));
        await dovecot.LockInboxAsync(user);
        var box = await ConnectAsync(user, address);
        await node.UntilAsync(box, s => s.Trouble is not null, "it cannot be read");
        var since = (await node.StateAsync(box)).TroubleSince;
        var next = (await node.StateAsync(box)).RetryAt;
        await node.UntilAsync(box, s => s.RetryAt > next, "it was tried again");
        Assert.Equal(since, (await node.StateAsync(box)).TroubleSince);

        await dovecot.LockInboxAsync(user, open: true);
        await node.UntilSeenAsync("shut-", 1);
        await node.UntilAsync(box, s => s.Trouble is null, "it is over");
    }

    [Fact]
    public async Task A_paused_mailbox_rests_and_a_disconnected_one_leaves_its_mail_and_no_password()
    {
        var (user, address) = Somebody();
        await dovecot.DeliverAsync(user, Mails("kept", 1, address));
        var box = await ConnectAsync(user, address);
        await node.UntilSeenAsync("kept-", 1);
        Assert.Null(await node.WithAsync<PauseMailbox, Refusal?>(d => d.RunAsync(box, ada, Ct)));
        await Waiting.UntilAsync(async () => (await node.InDatabaseAsync(db => db.ConnectionAsync(box, Ct)))!.Holder is null, "nobody holds it");
        await dovecot.DeliverAsync(user, Mails("meanwhile", 1, address));
        Assert.Null(await node.WithAsync<PauseMailbox, Refusal?>(d => d.ResumeAsync(box, ada, Ct)));
        await node.UntilSeenAsync("meanwhile-", 1);

        Assert.Null(await node.WithAsync<DisconnectMailbox, Refusal?>(d => d.RunAsync(box, ada, Ct)));
        Assert.Equal((1, 1), (await node.SeenAsync("kept-"), await node.SeenAsync("meanwhile-")));
        Assert.False(await node.InDatabaseAsync(db => db.Set<MailServer>().AnyAsync(s => s.Mailbox == box, Ct)));
        Assert.False(await node.InDatabaseAsync(db => db.Set<FetchedMail>().AnyAsync(f => f.Mailbox == box, Ct)));
    }

    [Fact]
    public async Task Two_nodes_read_one_mailbox_once_and_one_takes_over_from_the_other()
    {
        await using var second = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
        var (user, address) = Somebody();
        var box = await ConnectAsync(user, address);
        await node.UntilAsync(box, s => s.ContactAt is not null, "somebody reads it");
        var holder = (await node.InDatabaseAsync(db => db.ConnectionAsync(box, Ct)))!.Holder;
        Assert.NotNull(holder);
        await dovecot.DeliverAsync(user, Mails("shared", 60, address));
        await second.UntilSeenAsync("shared-", 60);

        await node.DisposeAsync();
        await dovecot.DeliverAsync(user, Mails("taken", 3, address));
        await second.UntilSeenAsync("taken-", 3);
        node = second;
        Assert.Equal(63, await second.InDatabaseAsync(db => db.Set<Intake>().CountAsync(i => i.Mailbox == box, Ct)));
        Assert.Equal((60, 3), (await second.SeenAsync("shared-"), await second.SeenAsync("taken-")));
    }

    internal static IEnumerable<NewMail> Mails(string prefix, int count, string to) =>
        Enumerable.Range(1, count).Select(i => new TestMail($"{prefix}-{i}", $"Writer {i} <w{i}@{prefix}.example>", to) { Subject = $"Matter {prefix} {i}", Date = RapportFixture.Monday.AddMinutes(i - 5_000) }.Raw());

    private static (string User, string Address) Somebody()
    {
        var user = $"reader{Interlocked.Increment(ref users)}";
        return (user, $"{user}@harbourline.example");
    }

    private Task<MailboxId> ConnectAsync(string user, string address) => node.ConnectAsync(ada, $"Mail of {user}", new(address, dovecot.Reading(user)));

    private Task<Conversation> ConversationAsync(string messageId) => node.InDatabaseAsync(async db =>
    {
        var id = await db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Conversation).SingleAsync(Ct);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id, Ct);
    });
}
