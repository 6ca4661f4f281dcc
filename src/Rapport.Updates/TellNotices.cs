using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;

namespace Rapport.Updates;

/// <summary>
/// Tells what is to be told: finds out whom a word concerns and writes their mails into the ledger, some hundred in a transaction,
/// so that a kill at any line loses nothing and tells nobody twice, and nothing is held in memory for each of them.
/// </summary>
internal sealed partial class TellNotices(RapportDb db, ResolveAudience resolve, TellWord tell, WorkSignal signal, ILogger<TellNotices> log) : IJob
{
    // Other jobs wait for this one; what is left is told when they had their turn.
    private const int MostTransactions = 60;

    public async Task RunAsync(CancellationToken ct)
    {
        var left = MostTransactions;
        foreach (var (notice, place) in (await db.Set<NoticeWord>().Where(w => w.ToldAt == null).OrderBy(w => w.Notice).ThenBy(w => w.Place).Select(w => new { w.Notice, w.Place }).ToListAsync(ct)).Select(w => (w.Notice, w.Place)))
        {
            var more = true;
            while (more && left-- > 0) more = await resolve.SomeAsync(notice, place, ct);
            if (left <= 0) break;
            for (more = true; more && left-- > 0;)
            {
                var told = await tell.SomeAsync(notice, place, ct);
                if (told is null) LogNoWayOut(notice);
                more = told == true;
            }
        }
        if (left <= 0) signal.Wake();
    }

    [LoggerMessage(LogLevel.Warning, "Notice {Notice} waits: its mailbox has no way out, or whoever sends it is here no more")]
    private partial void LogNoWayOut(NoticeId notice);
}

/// <summary>
/// Keeps an all-clear true to who was told: whose beginning was in a server's hands when it was given, or turned out later to have arrived, is told that it is over as well;
/// and a beginning that a server put off is not sent any more.
/// </summary>
internal sealed class FollowAllClears(RapportDb db, TellWord tell, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Followed = TimeSpan.FromDays(30);
    private const int MostTransactions = 60;

    public async Task RunAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Followed;
        var over = await (from n in db.Set<Notice>() where n.OverAt != null && n.OverAt >= since join w in db.Set<NoticeWord>() on n.Id equals w.Notice where w.Kind == WordKind.AllClear && w.ToldAt != null select new { n.Id, w.Place }).ToListAsync(ct);
        foreach (var one in over)
            for (var left = MostTransactions; left > 0 && await tell.SomeAsync(one.Id, one.Place, ct) == true; left--) { }
    }
}
