using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>An invitation: what they may do, and, where known, who it is for.</summary>
public sealed record NewInvitation(Roles Roles, string? Email = null, string? Name = null);

/// <summary>A link as it is shown once: its path holds the secret.</summary>
public sealed record MadeLink(LinkId Id, string Path, DateTimeOffset ExpiresAt);

/// <summary>An invitation that nobody has taken up yet.</summary>
public sealed record InvitationRow(LinkId Id, Roles Roles, string? Email, string? Name, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <summary>Makes a link by which somebody becomes a member.</summary>
public sealed class InviteMember(RapportDb db, TimeProvider clock)
{
    /// <summary>The link, which works once, for seven days.</summary>
    public async Task<Result<MadeLink>> RunAsync(NewInvitation invitation, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, Roles.None, invitation.Roles) is { } forbidden) return forbidden;
        if (invitation.Roles == Roles.None) return Refusal.Invalid("member.roles", "Choose at least one role.", "roles");
        var email = Trimmed(invitation.Email);
        if (email is not null)
        {
            if (Member.Join(Trimmed(invitation.Name) ?? email, email, invitation.Roles, clock).Refusal is { } wrong) return wrong;
            if (await db.MemberAsync(email, ct) is { } known) return Refusal.Conflict("member.known", known.IsHere ? $"{known.Name} is a member already." : $"{known.Name} was a member; let them return instead.");
        }
        var (link, token) = OneTimeLink.Make(LinkKind.Join, clock, roles: invitation.Roles, email: email, name: Trimmed(invitation.Name));
        db.Add(link);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new MadeLink(link.Id, OneTimeLink.Path(LinkKind.Join, token), link.ExpiresAt);
    }

    /// <summary>Those not taken up, the newest first.</summary>
    public Task<List<InvitationRow>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<OneTimeLink>().AsNoTracking().Where(l => l.Kind == LinkKind.Join && l.ExpiresAt > now).OrderByDescending(l => l.MadeAt).Take(200)
            .Select(l => new InvitationRow(l.Id, l.Roles, l.Email, l.Name, l.MadeAt, l.ExpiresAt)).ToListAsync(ct);
    }

    /// <summary>Takes one back.</summary>
    public async Task<Refusal?> WithdrawAsync(LinkId id, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return MemberRules.NotYours;
        if (await db.Set<OneTimeLink>().SingleOrDefaultAsync(l => l.Id == id && l.Kind == LinkKind.Join, ct) is not { } link) return Refusal.Missing("invitation");
        db.Remove(link);
        return await db.SaveAsync(by, ct);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
