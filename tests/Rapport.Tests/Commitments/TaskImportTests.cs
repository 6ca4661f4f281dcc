using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Customers.Import;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Customers.Import;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>Open tasks of other programs become commitments.</summary>
public sealed class TaskImportTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task Open_tasks_of_a_table_become_promises_once_and_are_taken_back_but_for_what_has_a_story()
    {
        using var bench = new ImportBench(Rapport);
        await PersonAsync("Tessa Task", "tessa@task.example");
        await PersonAsync("Tessa Taskforce", "force@task.example");
        var mate = await Rapport.ActorAsync(Roles.Member);
        var file = bench.File($"""
            Task,Customer,Due date,Assignee email,Status,Notes
            Send drawings rev C,Tessa Task,2026-12-04,,open,
            Order the bearing,force@task.example,4 December 2026,{await EmailOfAsync(mate.Id)},,by courier
            Call about the invoice,Tessa Task,2026-11-02,,,
            Old thing,Tessa Task,2026-12-01,,Done,
            Send the map,Nobody Anywhere,2026-12-01,,,
            Send the hat,Tessa,2026-12-01,,,
            Think,,2026-12-01,,,
            Send drawings rev C,Tessa Task,2026-12-04,,,
            """, "tasks.csv");
        var run = await bench.RunAsync(file);
        Assert.Equal((ImportState.Done, ImportKind.Tasks, null), (run.State, run.Kind, run.Problem));
        Assert.Equal(new ImportCounts(8, 3, 0, 2, 3, 1), run.Counts);
        var me = await MeAsync();
        var made = await MadeAsync("Send drawings rev C", "Order the bearing", "Call about the invoice");
        Assert.Equal((me.Id, (MemberId?)null, new DateTimeOffset(2026, 12, 4, 16, 0, 0, TimeSpan.Zero)), (made[0].Owner, made[0].OfferedTo, made[0].DueEnd!.Value.ToUniversalTime()));
        // Nobody is made accountable without accepting.
        Assert.Equal((me.Id, mate.Id), (made[1].Owner, made[1].OfferedTo));
        // What has passed comes in to be agreed anew, and is not broken tomorrow.
        Assert.Null(made[2].DueEnd);
        Assert.Equal(
            ["Its date has passed", "Nobody is found by", "could be Tessa Task, Tessa Taskforce", "It does not say for whom it is"],
            (await bench.ProblemsAsync(run.Id)).Select(p => new[] { "Its date has passed", "Nobody is found by", "could be Tessa Task, Tessa Taskforce", "It does not say for whom it is" }.Single(w => p.Reason.Contains(w, StringComparison.Ordinal))));

        // The same file again, and a newer one: what is here is here.
        Assert.Equal((0, 5), ((await bench.RunAsync(file)).Counts.Created, (await bench.RunAsync(file)).Counts.Skipped));

        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(made[0].Id, Proof.OnMyWord, me, Ct)));
        var undone = await bench.UndoAsync(run.Id);
        Assert.Equal((ImportState.Undone, "“Send drawings rev C” has a story of its own by now and stays."), (undone.State, undone.Problem));
        Assert.Equal(["Send drawings rev C"], (await MadeAsync("Send drawings rev C", "Order the bearing", "Call about the invoice")).Select(c => c.Words));
        Assert.Equal(2, (await bench.RunAsync(file)).Counts.Created);
    }

    [Fact]
    public async Task To_dos_of_a_calendar_become_promises_and_appointments_do_not()
    {
        using var bench = new ImportBench(Rapport);
        await PersonAsync("Todd Todo", "todd@todo.example");
        var file = bench.File(string.Join("\r\n",
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Tasks//EN",
            "BEGIN:VTODO", "UID:1@todo.example", "DTSTAMP:20261101T100000Z", "SUMMARY:Send the manual\\, both parts", "DUE:20261204T130000Z", "CONTACT:Todd Todo", "END:VTODO",
            "BEGIN:VTODO", "UID:2@todo.example", "DTSTAMP:20261101T100000Z", "SUMMARY:Weigh the crate", "DUE;VALUE=DATE:20261204", "ATTENDEE;CN=Todd:mailto:todd@todo.example", "END:VTODO",
            "BEGIN:VTODO", "UID:3@todo.example", "DTSTAMP:20261101T100000Z", "SUMMARY:Done long ago", "STATUS:COMPLETED", "CONTACT:Todd Todo", "END:VTODO",
            "BEGIN:VEVENT", "UID:4@todo.example", "DTSTAMP:20261101T100000Z", "DTSTART:20261204T130000Z", "SUMMARY:Meet Todd", "END:VEVENT",
            "END:VCALENDAR", ""), "tasks.ics");
        var run = await bench.RunAsync(file);
        Assert.Equal((ImportState.Done, new ImportCounts(3, 2, 0, 1)), (run.State, run.Counts));
        var made = await MadeAsync("Send the manual, both parts", "Weigh the crate");
        Assert.Equal((new DateTimeOffset(2026, 12, 4, 13, 0, 0, TimeSpan.Zero), DuePrecision.Minute), (made[0].DueEnd!.Value.ToUniversalTime(), made[0].DuePrecision));
        Assert.Equal((new DateTimeOffset(2026, 12, 4, 16, 0, 0, TimeSpan.Zero), DuePrecision.Day), (made[1].DueEnd!.Value.ToUniversalTime(), made[1].DuePrecision));
        Assert.Null((await bench.UndoAsync(run.Id)).Problem);
        Assert.Empty(await MadeAsync("Send the manual, both parts", "Weigh the crate"));
    }

    private Task<string> EmailOfAsync(MemberId member) => Rapport.InDatabaseAsync(db => db.Set<Member>().Where(m => m.Id == member).Select(m => m.Email).SingleAsync(Ct));

    private async Task<List<Commitment>> MadeAsync(params string[] words)
    {
        var found = await Rapport.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().Where(c => EF.Parameter(words).Contains(c.Words)).ToListAsync(Ct));
        return [.. found.OrderBy(c => Array.IndexOf(words, c.Words))];
    }
}
