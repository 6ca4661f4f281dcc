using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Customers.Import;

/// <summary>What an import needs to know of us.</summary>
internal sealed class ImportContext
{
    private readonly Dictionary<string, MemberId> _members = [];

    public required OurInstallation? Installation { get; init; }
    public required DateOnly Today { get; init; }

    public string Region => Installation?.Country is { Length: 2 } country ? country : "ZZ";

    public static async Task<ImportContext> OfAsync(RapportDb db, TimeProvider clock, CancellationToken ct)
    {
        var context = new ImportContext { Installation = await db.InstallationAsync(ct), Today = await db.TodayAsync(clock, ct) };
        foreach (var member in await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null).OrderBy(m => m.Id).ToListAsync(ct))
        {
            context._members.TryAdd(member.EmailKey, member.Id);
            context._members.TryAdd(PersonNames.Read(member.Name).ComparisonKey, member.Id);
        }
        return context;
    }

    /// <summary>The member whom a cell names by address or name; null when there is none.</summary>
    public MemberId? Member(string said) =>
        _members.TryGetValue(EmailAddresses.Key(said) ?? PersonNames.Read(said).ComparisonKey, out var member) ? member : null;

    public bool IsOurs(ImportedContact contact) => contact.Kind == ContactKind.Email && Installation?.IsOurs(contact.Value) == true;
}
