using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary>Whom a verb works for: the member named, else the owner.</summary>
internal static class WhichMember
{
    /// <summary>Who it is.</summary>
    /// <exception cref="CommandFailedException">Nobody has set Rapport up yet, or there is no such member.</exception>
    public static async Task<Actor> FindAsync(IServiceProvider services, string? email, CancellationToken ct)
    {
        var db = services.GetRequiredService<RapportDb>();
        // Whose the mail is and which country's numbers are meant, only the first-run page can say.
        if (await db.InstallationAsync(ct) is null) throw new CommandFailedException("Rapport does not know yet whose it is. Run 'rapport serve', open the link that it prints to create the owner, then try again.");
        if (email is not null) return (await MemberCommands.MemberAsync(services, email, ct)).Actor;
        var members = await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null).OrderBy(m => m.Id).ToListAsync(ct);
        return members.Find(m => m.Roles.HasFlag(Roles.Owner))?.Actor ?? throw new CommandFailedException("There is no owner; say whom it is for with --as.");
    }
}
