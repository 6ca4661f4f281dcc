using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Tests.Channels;

namespace Rapport.Tests.Conversations;

public sealed class BusinessMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_real_mailbox_gives_threads_people_and_who_waits_and_a_second_run_changes_nothing()
    {
        string[] mbox = [Path.Combine(Reference.Folder("mail"), "business.mbox")];
        Assert.Null(await WithAsync<ExtendOurs, Refusal?>(d => d.RunAsync(["linux.ie"], Actor.Rapport, Ct)));
        var box = await MailboxAsync(Ada, "business.mbox");
        var clock = Stopwatch.StartNew();
        var first = await RunAsync(box, mbox);
        var seconds = clock.Elapsed.TotalSeconds;
        var before = await CountAsync();
        var second = await RunAsync(box, mbox);

        TestContext.Current.SendDiagnosticMessage($"{first} in {seconds:F1} s; {before}");
        Assert.Equal(first.Stored, first.Read + first.Duplicates + first.Unreadable);
        Assert.Equal(first.Stored + first.AlreadyHere, second.AlreadyHere);
        Assert.Equal((0, 0), (second.Stored, second.Read));
        Assert.Equal(before, await CountAsync());
        Assert.InRange(first.Conversations, 100, first.Read - 1);
        Assert.True(first.People > 100);
    }

    private async Task<MailTaken> RunAsync(MailboxId box, string[] paths)
    {
        var taken = new MailTaken();
        foreach (var batch in MailSource.Read(paths, null, Ct).Where(m => m.Bytes is not null).Chunk(100))
            taken += (await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [.. batch.Select(m => new NewMail(m.Source, m.Bytes!))], Ada, Ct))).Value;
        return taken;
    }

    private Task<string> CountAsync() => Rapport.InDatabaseAsync(async db =>
        $"{await db.Set<Interaction>().CountAsync(Ct)} interactions, {await db.Set<Conversation>().CountAsync(c => c.MergedInto == null, Ct)} conversations, {await db.Set<Conversation>().CountAsync(c => c.Unsure, Ct)} unsure, {await db.Set<Conversation>().CountAsync(c => c.Automatic, Ct)} automatic, {await db.Set<Conversation>().CountAsync(c => c.WaitingSince != null, Ct)} wait, {await db.Set<Person>().CountAsync(Ct)} people, {await db.Set<Organization>().CountAsync(Ct)} organisations, {await db.Set<Intake>().CountAsync(i => i.Problem != null, Ct)} with problems, {await db.Set<Intake>().CountAsync(i => i.State == IntakeState.Unreadable, Ct)} unreadable, largest {await db.Set<Conversation>().MaxAsync(c => c.Count, Ct)}");
}
