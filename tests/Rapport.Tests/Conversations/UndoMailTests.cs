using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Search;
using Rapport.Tests.Customers.Import;

namespace Rapport.Tests.Conversations;

public sealed class UndoMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static readonly string[] Tables =
        ["parties", "contact_points", "affiliations", "mail_domains", "conversations", "interactions", "participants", "attachments", "intakes", "mailboxes", "message_ids", "conversation_viewers", "interaction_viewers", "search_entries", "address_reports"];

    private readonly ImportBench bench = new(rapport);
    private int files;

    public override ValueTask DisposeAsync()
    {
        bench.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Undo_of_mail_restores_what_was_there_to_the_letter()
    {
        await ImportAsync(Roles.Owner, new TestMail("letter-1", "Mika Korhonen <mika@letter.example>"), new TestMail("letter-3", "Ada Berg <ada@ours.example>", "mika@letter.example") { InReplyTo = ["letter-1", "letter-2"], Date = Day(8), Text = "Yes." });
        await Rapport.RunJobsAsync();
        var (before, blobs) = (await PictureAsync(), await BlobsAsync());

        TestMail[] mails =
        [
            new("letter-2", "Mika Korhonen <mika@letter.example>", "ada@ours.example, Ola New <ola@new.example>") { InReplyTo = ["letter-1"], Date = Day(7) },
            new("letter-4", "Una Else <una@letter.example>") { InReplyTo = ["letter-3"], Date = Day(9), Subject = "Another matter", More = ["MIME-Version: 1.0"] },
            new("letter-5", "una.else.example@gmail.com") { Date = Day(5), Text = "Could you call me?" },
            new("letter-1", "Mika Korhonen <mika@letter.example>") { More = ["X-Way: other"] },
            new("letter-b", "Mail Delivery System <MAILER-DAEMON@relay.example>") { Date = Day(10), Subject = "Undelivered Mail", Text = "Undeliverable:\n\n<mika@letter.example>: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <letter-3>\n" },
        ];
        var run = await ImportAsync(Roles.Owner, mails);
        await Rapport.RunJobsAsync();
        var after = await PictureAsync();
        Assert.NotEqual(before, after);

        var undone = await bench.UndoAsync(run.Id);
        Assert.Equal((ImportState.Undone, null), (undone.State, undone.Problem));
        Assert.Equal(before, await PictureAsync());
        Assert.Equal(blobs, await BlobsAsync());
        Assert.Empty(await FoundAsync("else"));

        var again = await ImportAsync(Roles.Owner, mails);
        Assert.Equal(run.Counts, again.Counts);
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("letter-") && i.MessageId != "letter-5").Select(i => i.Conversation).Distinct().CountAsync(Ct)));
        Assert.NotEmpty(await FoundAsync("else"));
        await bench.UndoAsync(again.Id);
    }

    [Fact]
    public async Task What_was_merged_by_hand_is_taken_back_with_what_it_was_merged_with()
    {
        var one = await ImportAsync(Roles.Owner, new TestMail("merged-1", "Kim Sand <kim@merged.example>") { Subject = "One" });
        var other = await ImportAsync(Roles.Owner, new TestMail("merged-2", "Kim Sand <kim@merged.example>") { Subject = "Other" });
        var (from, to) = ((await ConversationOfAsync("merged-1")).Id, (await ConversationOfAsync("merged-2")).Id);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var moved = await WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(from, to, owner, Ct));
        Assert.Null(moved.Refusal);

        Assert.Null((await bench.UndoAsync(other.Id)).Problem);
        Assert.Equal((to, 1, "One"), (await ConversationOfAsync("merged-1")) is var left ? (left.Id, left.Count, left.Subject) : default);
        Assert.Null((await bench.UndoAsync(one.Id)).Problem);
        Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.Set<Conversation>().CountAsync(c => c.Id == from || c.Id == to, Ct)));
        Assert.Equal("move.missing", (await WithAsync<UndoMove, Result<Moved>>(d => d.RunAsync(moved.Value!.Move, owner, Ct))).Refusal?.Code);
    }

    [Fact]
    public async Task A_stranger_s_answer_is_as_it_was_when_what_it_answers_is_taken_back()
    {
        await ImportAsync(Roles.Owner, new TestMail("odd-b", "Eve Odd <eve@odd-other.example>") { InReplyTo = ["odd-a"] });
        await Rapport.RunJobsAsync();
        var before = await PictureAsync();
        var run = await ImportAsync(Roles.Owner, new TestMail("odd-a", "Kim Odd <kim@odd.example>") { Date = Day(2) });
        await Rapport.RunJobsAsync();
        Assert.NotNull((await ConversationOfAsync("odd-b")).Related);
        Assert.Null((await bench.UndoAsync(run.Id)).Problem);
        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task What_was_promised_in_a_mail_stays_with_the_mail_and_the_person_and_is_named()
    {
        var run = await ImportAsync(Roles.Owner, new TestMail("held-1", "Rune Dahl <rune@held.example>") { Subject = "The quay plan" }, new TestMail("held-2", "Sif Lind <sif@held.example>") { Subject = "Something else" });
        var (rune, owner) = (await PersonAsync("rune@held.example"), await Rapport.ActorAsync(Roles.Owner));
        var said = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "held-1").Select(i => i.Id).SingleAsync(Ct));
        Assert.True((await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "We send the quay plan", rune, null, said), owner, Ct))).Succeeded(out _, out _));

        var undone = await bench.UndoAsync(run.Id);
        Assert.Equal(ImportState.Undone, undone.State);
        Assert.Contains("“The quay plan” of 2026-11-20 stays: something was promised, kept or judged by it.", undone.Problem);
        Assert.Contains("Rune Dahl has been used since and stays.", undone.Problem);
        Assert.Equal(["held-1"], await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("held-")).Select(i => i.MessageId!).ToListAsync(Ct)));
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Person>().AnyAsync(p => p.Name == "Sif Lind", Ct)));
        var intake = await Rapport.InDatabaseAsync(db => db.Set<Intake>().SingleAsync(i => i.Import == run.Id, Ct));
        Assert.NotNull(await Rapport.InDatabaseAsync(db => db.OpenBlobAsync(intake.Raw, Ct)));
    }

    [Fact]
    public async Task A_call_recorded_in_an_imported_conversation_stays_and_so_do_the_judged()
    {
        var run = await ImportAsync(Roles.Owner, new TestMail("called-1", "Tor Vik <tor@called.example>"), new TestMail("called-2", "Judged One <judged@called.example>") { Subject = "Judged" });
        var (tor, judged, owner) = (await PersonAsync("tor@called.example"), await PersonAsync("judged@called.example"), await Rapport.ActorAsync(Roles.Owner));
        var conversation = (await ConversationOfAsync("called-1")).Id;
        var call = await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "We move it on Monday.", [tor]) { Conversation = conversation }, owner, Ct));
        Assert.True((await WithAsync<SayWho, Result<WhoAnswered>>(d => d.RunAsync(judged, Who.Supplier, owner, Ct))).Succeeded(out _, out _));

        var undone = await bench.UndoAsync(run.Id);
        Assert.Contains("Tor Vik has been used since and stays.", undone.Problem);
        Assert.Contains("Judged One was changed since and stays as it is.", undone.Problem);
        var left = await Rapport.InDatabaseAsync(db => db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == conversation, Ct));
        Assert.Equal((1, call.Value.Interaction, null), (left.Count, left.First, left.WaitingSince));
        var last = await Rapport.InDatabaseAsync(db => db.Set<Person>().Where(p => p.Id == tor).Select(p => new { p.LastContactAt, p.MessagesBeforeJudged }).SingleAsync(Ct));
        Assert.Equal((Rapport.Clock.GetUtcNow(), 0), (last.LastContactAt!.Value, last.MessagesBeforeJudged));
    }

    [Fact]
    public async Task What_also_lies_in_another_mailbox_stays_for_those_who_have_it_there()
    {
        var (owner, manager) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Manager));
        var mail = new TestMail("both-1", "Vera Holm <vera@both.example>");
        var first = await ImportAsync(Roles.Owner, mail);
        await ImportAsync(Roles.Manager, mail);
        Assert.Equal((1, 1), (await SeenByAsync(owner, "both-1"), await SeenByAsync(manager, "both-1")));

        var undone = await bench.UndoAsync(first.Id);
        Assert.Equal("Vera Holm has been used since and stays.\nBoth has been used since and stays.", undone.Problem);
        Assert.Equal((0, 1), (await SeenByAsync(owner, "both-1"), await SeenByAsync(manager, "both-1")));
        Assert.Equal<ReaderId?>((ReaderId)manager.Id, (await ConversationOfAsync("both-1")).OnlyFor);
    }

    [Fact]
    public async Task An_undo_killed_after_any_batch_goes_on_to_its_end()
    {
        // Whatever those who joined set going has happened.
        await Rapport.RunJobsAsync();
        var before = await PictureAsync();
        var run = await ImportAsync(Roles.Owner, Enumerable.Range(0, 450).Select(i => new TestMail($"many-{i}", $"Writer {i} <w{i % 60}@many{i % 7}.example>") { Date = Day(1).AddMinutes(i), Subject = $"Matter {i % 90}" }).ToArray());
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await WithAsync<UndoImport, Refusal?>(d => d.RunAsync(run.Id, owner, Ct)));
        for (var i = 0; i < 3; i++)
            await Rapport.InScopeAsync(async services =>
            {
                await foreach (var _ in services.GetRequiredService<Importers>().Of(ImportKind.Mail).UndoAsync(run, new(), owner, Ct)) break;
            });
        Assert.InRange(await Rapport.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.MessageId!.StartsWith("many-"), Ct)), 0, 250);
        await Rapport.RunJobsAsync();
        Assert.Equal((ImportState.Undone, null), ((await bench.FindAsync(run.Id)).State, (await bench.FindAsync(run.Id)).Problem));
        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task Undo_of_people_leaves_those_that_something_is_about()
    {
        var run = await bench.RunAsync(bench.File("Name,E-mail\nPromised One,promised@about.example\nSpoken One,spoken@about.example\nPlain One,plain@about.example\n"));
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var (promised, spoken) = (await PersonAsync("promised@about.example"), await PersonAsync("spoken@about.example"));
        Assert.True((await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "We call back", promised, null), owner, Ct))).Succeeded(out _, out _));
        Assert.True((await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "Talked.", [spoken]), owner, Ct))).Succeeded(out _, out _));

        var undone = await bench.UndoAsync(run.Id);
        Assert.Equal("Spoken One has been used since and stays.\nPromised One has been used since and stays.", undone.Problem);
        Assert.Equal(["Promised One", "Spoken One"], await Rapport.InDatabaseAsync(db => db.Persons().Where(p => p.Name.EndsWith(" One") && (p.Id == promised || p.Id == spoken || p.Name == "Plain One")).Select(p => p.Name).OrderBy(n => n).ToListAsync(Ct)));
    }

    private async Task<ImportRun> ImportAsync(Roles roles, params TestMail[] mails)
    {
        var mbox = new StringBuilder();
        foreach (var mail in mails) mbox.Append("From x@example.com Mon Nov 16 09:00:00 2026\r\n").Append(Encoding.UTF8.GetString(mail.Raw().Bytes.Span)).Append("\r\n");
        var run = await bench.RunAsync(bench.File(mbox.ToString(), $"mail-{++files}-{roles}.mbox"), roles: roles);
        Assert.True(run.State == ImportState.Done, run.Problem);
        return run;
    }

    // Ids of blobs alone: what they hold is their name.
    private Task<List<string>> BlobsAsync() => Rapport.InDatabaseAsync(async db => (await db.Set<Blob>().Select(b => b.Hash).ToListAsync(Ct)).ConvertAll(Convert.ToHexString).Order(StringComparer.Ordinal).ToList());

    private Task<string> PictureAsync() => bench.PictureOfAsync(Tables, "version", "place", "last_taken_at");

    private async Task<IReadOnlyList<SearchHit>> FoundAsync(string words) =>
        await WithAsync<FindQueries, IReadOnlyList<SearchHit>>(async f => await f.FindAsync(SearchKind.Person, SearchQuery.Parse(words), await Rapport.ActorAsync(Roles.Owner), 5, Ct));

    private Task<int> SeenByAsync(Actor by, string messageId) => Rapport.InDatabaseAsync(db => db.InteractionsFor(by).CountAsync(i => i.MessageId == messageId, Ct));

    private static DateTimeOffset Day(int day) => RapportFixture.Monday.AddDays(day - 10);
}
