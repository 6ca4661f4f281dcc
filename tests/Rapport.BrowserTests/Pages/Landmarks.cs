using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Demo;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests;

namespace Rapport.BrowserTests.Pages;

/// <summary>Things in an installation whose pages are looked at. Where there is no such thing, its page says so, and is looked at too.</summary>
internal static class Landmarks
{
    private const string Nothing = "00000000-0000-7000-8000-000000000000";

    /// <summary>The paths of all of them by their words.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Installation at) => await at.DoAsync<IServiceProvider, Dictionary<string, string>>(async services =>
    {
        var (db, by) = (services.GetRequiredService<RapportDb>(), at.Owner);
        var organization = await db.Organizations().Where(o => o.Tier == Tier.A && o.Pays).OrderBy(o => o.Id).Select(o => (PartyId?)o.Id).FirstOrDefaultAsync();
        var person = await db.Set<Affiliation>().Where(a => a.Organization == organization && a.Until == null).OrderBy(a => a.Id).Select(a => (PartyId?)a.Person).FirstOrDefaultAsync();
        var conversation = await db.ConversationsFor(by).Where(c => c.WaitingSince != null).OrderByDescending(c => c.Id).Select(c => (ConversationId?)c.Id).FirstOrDefaultAsync();
        var open = await db.CommitmentsFor(by).Where(c => c.State == CommitmentState.Open).OrderBy(c => c.Id).Select(c => (CommitmentId?)c.Id).FirstOrDefaultAsync();
        var settled = await db.CommitmentsFor(by).Where(c => c.State == CommitmentState.Kept).OrderBy(c => c.Id).Select(c => (CommitmentId?)c.Id).FirstOrDefaultAsync();
        var member = await db.Set<Member>().OrderByDescending(m => m.Id).FirstAsync();
        return new()
        {
            ["us"] = $"/parties/{OurOrganization.Id}",
            ["organization"] = $"/parties/{organization?.ToString() ?? Nothing}",
            ["person"] = $"/parties/{person?.ToString() ?? Nothing}",
            ["conversation"] = $"/conversations/{conversation?.ToString() ?? Nothing}",
            ["commitment"] = $"/commitments/{open?.ToString() ?? Nothing}",
            ["settled"] = $"/commitments/{settled?.ToString() ?? Nothing}",
            ["import"] = $"/import/{await DraftAsync(services, organization is not null, by)}",
            ["team"] = organization is null ? Nothing : (await services.GetRequiredService<FormTeam>().RunAsync(new("Night watch", [member.Id]), by, default).OrFailAsync()).ToString(),
            ["member"] = member.Id.ToString(),
            ["join"] = (await services.GetRequiredService<InviteMember>().RunAsync(new(Roles.Member), by, default).OrFailAsync()).Path,
            ["reset"] = (await services.GetRequiredService<MakeResetLink>().RunAsync(member, by, default).OrFailAsync()).Path,
        };
    });

    private static async Task<string> DraftAsync(IServiceProvider services, bool wanted, Actor by)
    {
        if (!wanted) return Nothing;
        // Prepared and looked at, so it must lie there as long as the installation does: beside its database.
        var file = Path.Combine(TestDatabase.Run, "looked-at.csv");
        Directory.CreateDirectory(TestDatabase.Run);
        await File.WriteAllTextAsync(file, "Name,E-mail,Company,Phone,Remark\nJunia Kelpford,junia@kelpford.example,Kelpford Yards,+49 40 1234567,Met at the fair\nNobody,not an address,,,\n");
        return (await services.GetRequiredService<PrepareImport>().RunAsync(Ids.New<ImportId>(services.GetRequiredService<TimeProvider>()), [new(file, "People at the fair.csv")], new(), uploaded: false, by, default).OrFailAsync()).Id.ToString();
    }
}
