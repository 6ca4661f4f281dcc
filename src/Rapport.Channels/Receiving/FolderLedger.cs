using MailKit;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>What was dealt with in a folder, in one numbering of its server.</summary>
internal sealed class FolderLedger(MailboxId mailbox, FolderRole role, uint validity)
{
    public uint Validity => validity;

    /// <summary>Takes the folder up. Where the server numbers anew, or another folder has the part now, what was dealt with says nothing any more: all of it is compared again, and what is here already is not stored twice.</summary>
    public async Task BeginAsync(RapportDb db, string path, DateTimeOffset now, CancellationToken ct)
    {
        var row = await RowAsync(db, ct);
        // A session with the account before may have said what it dealt with after that was forgotten.
        if (row is null || row.Validity != validity || row.Path != Short(path)) await db.Set<FetchedMail>().Where(f => f.Mailbox == mailbox && f.Role == role).ExecuteDeleteAsync(ct);
        if (row is null) db.Add(row = new MailboxFolder { Mailbox = mailbox, Role = role, Path = Short(path), Validity = validity });
        if (row.Validity != validity || row.Path != Short(path))
        {
            (row.Path, row.Validity, row.RenumberedAt, row.AlreadyHere) = (Short(path), validity, now, 0);
        }
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    /// <summary>The numbers of all that was dealt with.</summary>
    public async Task<HashSet<uint>> KnownAsync(RapportDb db, CancellationToken ct)
    {
        var known = new HashSet<uint>();
        await foreach (var uid in db.Set<FetchedMail>().Where(f => f.Mailbox == mailbox && f.Role == role && f.Validity == validity).Select(f => f.Uid).AsAsyncEnumerable().WithCancellation(ct)) known.Add((uint)uid);
        return known;
    }

    /// <summary>The server was asked for everything. What was left there for a reason and is there no more is not listed any longer.</summary>
    public async Task ComparedAsync(RapportDb db, IList<UniqueId> onServer, int older, int missing, DateTimeOffset? oldest, DateTimeOffset now, CancellationToken ct)
    {
        if (await RowAsync(db, ct) is not { } row) return;
        (row.OnServer, row.Older, row.ComparedAt, row.OldestMissingAt) = (onServer.Count, older, now, oldest);
        Missing(row, missing, now);
        var left = await db.Set<FetchedMail>().Where(f => f.Mailbox == mailbox && f.Role == role && f.State != FetchedAs.Stored).ToListAsync(ct);
        if (left.Count > 0)
        {
            var there = onServer.Select(uid => (long)uid.Id).ToHashSet();
            db.RemoveRange(left.Where(f => !there.Contains(f.Uid)));
        }
        var since = now - UsualGap.Lately;
        var team = await db.Set<Mailbox>().Where(m => m.Id == mailbox).Select(m => m.Team).SingleAsync(ct);
        row.LongestGapMinutes = UsualGap.Minutes(await db.Set<FetchedMail>().Where(f => f.Mailbox == mailbox && f.Role == role && f.ArrivedAt > since).Select(f => f.ArrivedAt).ToListAsync(ct), (await db.CalendarsAsync(ct)).Of(team));
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    /// <summary>Some were stored, or left for a reason.</summary>
    public async Task DealtWithAsync(RapportDb db, IReadOnlyList<FetchedMail> mails, int alreadyHere, int missing, int onServer, DateTimeOffset now, CancellationToken ct)
    {
        db.AddRange(mails);
        if (await RowAsync(db, ct) is { } row)
        {
            (row.AlreadyHere, row.OnServer) = (row.AlreadyHere + alreadyHere, onServer);
            foreach (var mail in mails) row.LastArrivalAt = row.LastArrivalAt > mail.ArrivedAt ? row.LastArrivalAt : mail.ArrivedAt;
            Missing(row, missing, now);
        }
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    // Since when they are fewer no more.
    private static void Missing(MailboxFolder row, int missing, DateTimeOffset now)
    {
        if (missing == 0) (row.MissingSince, row.OldestMissingAt) = (null, null);
        else if (row.MissingSince is null || missing < row.Missing) row.MissingSince = now;
        row.Missing = missing;
    }

    private Task<MailboxFolder?> RowAsync(RapportDb db, CancellationToken ct) => db.Set<MailboxFolder>().SingleOrDefaultAsync(f => f.Mailbox == mailbox && f.Role == role, ct);

    private static string Short(string path) => path.Length > 400 ? path[..400] : path;
}
