using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Blobs;

namespace Rapport.Tests.Conversations;

public sealed class TakeMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_first_mail_makes_a_person_an_organisation_and_a_conversation_that_waits()
    {
        var box = await MailboxAsync(Ada);
        var taken = await TakeAsync(box, Ada, new TestMail("first-1", "Mika Korhonen <mika@first-ferries.example>"));
        Assert.Equal((1, 1, 1, 1, 1), (taken.Stored, taken.Read, taken.Conversations, taken.People, taken.Organizations));

        var conversation = await ConversationOfAsync("first-1");
        Assert.Equal("The second crane", conversation.Subject);
        Assert.Equal(Ada.Id, conversation.Owner);
        Assert.Equal((ReaderId)Ada.Id, conversation.OnlyFor);
        Assert.Equal(RapportFixture.Monday.AddDays(-3), conversation.WaitingSince);
        var person = await Rapport.InDatabaseAsync(db => db.Set<Person>().SingleAsync(p => p.Name == "Mika Korhonen", Ct));
        Assert.Equal((Who.Unknown, 1, RapportFixture.Monday.AddDays(-3)), (person.Who, person.MessagesBeforeJudged, person.LastContactAt!.Value));
        var place = await Rapport.InDatabaseAsync(db => db.Set<Affiliation>().SingleAsync(a => a.Person == person.Id, Ct));
        Assert.True(place.Proposed);
        Assert.Equal(conversation.Customer, place.Organization);
    }

    [Fact]
    public async Task The_same_mail_again_changes_nothing()
    {
        var box = await MailboxAsync(Ada);
        var mail = new TestMail("again-1", "mika@northwind-ferries.example");
        Assert.Equal(1, (await TakeAsync(box, Ada, mail)).Read);
        Assert.Equal(new MailTaken { AlreadyHere = 1 }, await TakeAsync(box, Ada, mail));
        // By another way: other headers, same content.
        Assert.Equal(new MailTaken { Stored = 1, Duplicates = 1 }, await TakeAsync(box, Ada, mail with { More = ["X-Way: other"] }));
        Assert.Equal(1, (await ConversationOfAsync("again-1")).Count);
    }

    [Fact]
    public async Task The_same_message_id_with_another_content_is_kept_and_flagged()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("same-id", "mika@northwind-ferries.example"));
        Assert.Equal(1, (await TakeAsync(box, Ada, new TestMail("same-id", "mika@northwind-ferries.example") { Text = "Something else altogether." })).Read);
        var intakes = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Problem != null && i.Problem.Contains("same Message-ID")).ToListAsync(Ct));
        Assert.Single(intakes);
        Assert.Equal(2, await Rapport.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.MessageId == "same-id", Ct)));
    }

    [Fact]
    public async Task A_missing_message_id_is_made_the_same_each_time()
    {
        var (box, other) = (await MailboxAsync(Ada), await MailboxAsync(Ben));
        var mail = new TestMail("", "nobody@northwind-ferries.example") { Text = "This one has no Message-ID." };
        Assert.Equal(1, (await TakeAsync(box, Ada, mail)).Read);
        Assert.Equal(1, (await TakeAsync(other, Ben, mail)).Duplicates);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_and_does_not_block_what_comes_behind()
    {
        var box = await MailboxAsync(Ada);
        var result = await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box,
            [new("a", ReadOnlyMemory<byte>.Empty), new("b", new byte[] { 0, 1, 2, 255, 254, 10, 0 }), new TestMail("behind-1", "x@behind.example").Raw()], Ada, Ct));
        Assert.Equal((3, 1, 2), (result.Value.Stored, result.Value.Read, result.Value.Unreadable));
        var unreadable = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.State == IntakeState.Unreadable).ToListAsync(Ct));
        Assert.All(unreadable, i => Assert.False(string.IsNullOrEmpty(i.Problem)));
    }

    [Fact]
    public async Task What_fails_in_a_way_that_nobody_foresaw_is_set_aside_and_does_not_block_what_comes_behind()
    {
        var box = await MailboxAsync(Ada, "Rotten");
        await WithAsync<StoreMail, Result<MailStored>>(d => d.RunAsync(box, [new TestMail("rotten-1", "x@rotten.example").Raw(), new TestMail("rotten-2", "x@rotten.example").Raw(), new TestMail("rotten-3", "x@rotten.example").Raw()], Ada, Ct));
        var second = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Mailbox == box).OrderBy(i => i.Id).Skip(1).FirstAsync(Ct));
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => b.Hash == second.Raw).ExecuteUpdateAsync(s => s.SetProperty(b => b.Stored, new byte[] { 1, 2, 3 }).SetProperty(b => b.Compressed, true), Ct));

        var taken = await TakeAsync(box, Ada);
        Assert.Equal((2, 1), (taken.Read, taken.Unreadable));
        var aside = await Rapport.InDatabaseAsync(db => db.Set<Intake>().SingleAsync(i => i.Id == second.Id, Ct));
        Assert.Equal(IntakeState.Unreadable, aside.State);
        Assert.Contains(nameof(InvalidDataException), aside.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_whose_bytes_are_gone_is_set_aside_itself_and_no_other_is_blamed_for_it()
    {
        var box = await MailboxAsync(Ada, "Holed");
        await WithAsync<StoreMail, Result<MailStored>>(d => d.RunAsync(box, [new TestMail("holed-1", "x@holed.example").Raw(), new TestMail("holed-2", "x@holed.example").Raw(), new TestMail("holed-3", "x@holed.example").Raw()], Ada, Ct));
        var stored = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Mailbox == box).OrderBy(i => i.Id).ToListAsync(Ct));
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => b.Hash == stored[0].Raw).ExecuteDeleteAsync(Ct));
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => b.Hash == stored[1].Raw).ExecuteUpdateAsync(s => s.SetProperty(b => b.Stored, new byte[] { 1, 2, 3 }).SetProperty(b => b.Compressed, true), Ct));

        var taken = await TakeAsync(box, Ada);
        Assert.Equal((1, 2), (taken.Read, taken.Unreadable));
        var after = await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Mailbox == box).OrderBy(i => i.Id).Select(i => new { i.State, i.Problem }).ToListAsync(Ct));
        Assert.Equal([IntakeState.Unreadable, IntakeState.Unreadable, IntakeState.Read], after.Select(i => i.State));
        Assert.Contains("not in the database any more", after[0].Problem, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidDataException), after[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_bytes_in_any_header_are_no_reason_to_set_a_mail_aside()
    {
        var box = await MailboxAsync(Ada);
        const string Mail = "From: N\0ils <nils@nul\0l.example>\r\nTo: Ada\0 <ada@ours.example>\r\nCc: \0 <c\0@null.example>\r\nReply-To: R\0 <r\0@null.example>\r\nSubject: Nu\0ll\r\nMessage-ID: <null\0-1@null.example>\r\nIn-Reply-To: <in\0@null.example>\r\nReferences: <re\0f@null.example>\r\n"
            + "List-Id: <li\0st.null.example>\r\nDelivered-To: ada\0@ours.example\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nWor\0ds.\r\n"
            + "--b\r\nContent-Type: image/p\0ng; name=\"a\0.png\"\r\nContent-ID: <a\0b@null.example>\r\nContent-Disposition: inline; filename=\"a\0.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
            + "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u\0@null.example\r\nSUMMARY:S\0\r\nLOCATION:L\0\r\nDTSTART:20261201T100000Z\r\nORGANIZER;CN=\"O\0\":mailto:o\0@null.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n";
        const string Report = "From: MAILER-DAEMON@null.example\r\nTo: ada@ours.example\r\nSubject: Undelivered\r\nMessage-ID: <null-2@null.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
            + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; null.example\r\n\r\nFinal-Recipient: rfc822; x\0@null.example\r\nAction: failed\r\nStatus: 5.1.1\0\r\nDiagnostic-Code: smtp; 550 n\0o\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <o\0@ours.example>\r\nSubject: x\r\n\r\nx\r\n--b--\r\n";
        var result = await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new("n1", System.Text.Encoding.ASCII.GetBytes(Mail)), new("n2", System.Text.Encoding.ASCII.GetBytes(Report))], Ada, Ct));
        Assert.Equal((2, 0), (result.Value.Read, result.Value.Unreadable));
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Attachment>().CountAsync(a => a.ContentId != null && a.ContentId.Contains("null.example"), Ct)));
    }

    [Fact]
    public async Task What_was_stored_before_a_kill_is_read_by_the_next_run_and_by_the_job()
    {
        var (box, later) = (await MailboxAsync(Ada), await MailboxAsync(Ada, "Other"));
        await WithAsync<StoreMail, Result<MailStored>>(d => d.RunAsync(box, [new TestMail("killed-1", "k@killed.example").Raw()], Ada, Ct));
        Assert.Equal((0, 1), (await TakeAsync(box, Ada)) is var t ? (t.Stored, t.Read) : default);

        await WithAsync<StoreMail, Result<MailStored>>(d => d.RunAsync(later, [new TestMail("killed-2", "k@killed.example").Raw()], Ada, Ct));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(10));
        await Rapport.RunJobsAsync();
        Assert.Equal("killed-2", (await Rapport.InDatabaseAsync(db => db.Set<Interaction>().SingleAsync(i => i.MessageId == "killed-2", Ct))).MessageId);
    }

    [Fact]
    public async Task Robots_and_newsletters_make_no_people_and_never_wait()
    {
        var box = await MailboxAsync(Ada);
        var taken = await TakeAsync(box, Ada, new TestMail("robot-1", "News <news@shop.example>") { Text = "Would you like to save 20 %?", More = ["List-Unsubscribe: <https://shop.example/u>", "Precedence: bulk"] });
        Assert.Equal((1, 0, 0), (taken.Read, taken.People, taken.Organizations));
        var conversation = await ConversationOfAsync("robot-1");
        Assert.True(conversation.Automatic);
        Assert.Null(conversation.WaitingSince);
    }

    [Fact]
    public async Task Free_mail_addresses_get_no_organisation()
    {
        var box = await MailboxAsync(Ada);
        var taken = await TakeAsync(box, Ada, new TestMail("free-1", "Jun Park <jun.park.example@gmail.com>"));
        Assert.Equal((1, 0), (taken.People, taken.Organizations));
        Assert.Equal(await PersonAsync("jun.park.example@gmail.com"), (await ConversationOfAsync("free-1")).Customer);
    }

    [Fact]
    public async Task A_thousand_mails_of_one_second_get_ids_of_their_own()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Enumerable.Range(0, 1100).Select(i => new TestMail($"flood-{i}", "Flood <flood@flood.example>") { Subject = $"Line {i}", Text = $"Number {i}." }));
        var ids = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("flood-")).Select(i => i.Id).ToListAsync(Ct));
        Assert.Equal(1100, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True((Moments.At(id.Value) - RapportFixture.Monday.AddDays(-3)).Duration() < TimeSpan.FromMilliseconds(1)));
    }
}
