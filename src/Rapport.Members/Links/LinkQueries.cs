using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>How to reach the links.</summary>
internal static class LinkQueries
{
    /// <summary>What one reads who has used, mistyped or kept a link for too long.</summary>
    public static readonly Refusal Gone = Refusal.Invalid("link.gone", "This link has been used, was replaced by a newer one, or is too old. Ask for a new one.");

    /// <summary>The link with this secret, while it works.</summary>
    public static Task<OneTimeLink?> LinkAsync(this RapportDb db, LinkKind kind, string token, TimeProvider clock, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(token), clock.GetUtcNow());
        return db.Set<OneTimeLink>().SingleOrDefaultAsync(l => l.Hash == hash && l.Kind == kind && l.ExpiresAt > now, ct);
    }
}
