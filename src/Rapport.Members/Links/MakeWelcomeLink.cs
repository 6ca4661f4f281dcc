using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Makes the link of the first run, each time the program starts while nobody owns it. The one made before stops working.</summary>
public sealed class MakeWelcomeLink(RapportDb db, TimeProvider clock)
{
    /// <summary>The path to open in a browser, once; null when there is an owner.</summary>
    public async Task<string?> RunAsync(CancellationToken ct)
    {
        if (await db.HasOwnerAsync(ct)) return null;
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.Kind == LinkKind.Welcome).ToListAsync(ct));
        var (link, token) = OneTimeLink.Make(LinkKind.Welcome, clock);
        db.Add(link);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        return OneTimeLink.Path(LinkKind.Welcome, token);
    }
}
