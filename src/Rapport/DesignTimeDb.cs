using Microsoft.EntityFrameworkCore.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport;

/// <summary>Makes a context for <c>bin/migration</c>: SQLite, or PostgreSQL when <c>RAPPORT_DATABASE</c> says so. Connects to nothing.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<RapportDb>
{
    public RapportDb CreateDbContext(string[] args)
    {
        var address = DatabaseAddress.Of(Environment.GetEnvironmentVariable("RAPPORT_DATABASE"), Path.GetTempPath());
        return new ServiceCollection().AddRapport(address).BuildServiceProvider().GetRequiredService<RapportDb>();
    }
}
