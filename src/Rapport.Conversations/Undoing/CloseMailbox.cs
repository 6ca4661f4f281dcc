using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Removes the mailbox that an undone import leaves empty.</summary>
internal sealed class CloseMailbox(RapportDb db)
{
    /// <summary>What the mailbox of an import is called.</summary>
    public static string NameOf(ImportRun run) => run.Options.Mailbox ?? (run.Name.Length > 200 ? run.Name[..200] : run.Name);

    public async Task RunAsync(ImportRun run, Actor by, CancellationToken ct)
    {
        var name = NameOf(run);
        var isNeeded = await db.Set<ImportRun>().AnyAsync(r => r.By == run.By && r.Kind == ImportKind.Mail && (r.State == ImportState.Waiting || r.State == ImportState.Running), ct);
        if (isNeeded || await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Owner == run.By && m.Name == name && !db.Set<Intake>().Any(i => i.Mailbox == m.Id) && !db.Set<MailboxConnection>().Any(c => c.Mailbox == m.Id), ct) is not { } empty) return;
        db.Remove(empty);
        await db.SaveOrThrowAsync(by, ct);
    }
}
