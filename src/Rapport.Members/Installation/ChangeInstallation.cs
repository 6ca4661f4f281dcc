using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>Changes what was said on the first run.</summary>
internal sealed class ChangeInstallation(RapportDb db, SessionCache cache)
{
    /// <summary>Everything that is wrong, a field each; empty when it is done.</summary>
    public async Task<IReadOnlyList<Refusal>> RunAsync(OurInstallation installation, NewInstallation wanted, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return [MemberRules.NotYours];
        if (wanted.Problems() is { Count: > 0 } problems) return problems;
        wanted.Apply(installation);
        db.Happened(new InstallationChanged(), by);
        if (await db.SaveAsync(by, ct) is { } refusal) return [refusal];
        cache.ForgetAll();
        return [];
    }
}
