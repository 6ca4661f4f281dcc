using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Kernel;

/// <summary>What lies beside the database is read by its user alone.</summary>
public sealed class OwnFolderTests
{
    [Fact]
    public async Task The_data_folder_is_made_for_its_user_alone_and_one_that_is_there_stays_as_it_is()
    {
        if (OperatingSystem.IsWindows()) return;
        var above = Directory.CreateTempSubdirectory("rapport-own").FullName;
        var (data, theirs) = (Path.Combine(above, "data"), Directory.CreateDirectory(Path.Combine(above, "theirs"), Everybody).FullName);
        File.SetUnixFileMode(theirs, Everybody);
        foreach (var folder in new[] { data, theirs })
        {
            await using var services = new ServiceCollection().AddLogging().AddRapport(DatabaseAddress.Of(null, folder)).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: false, TestContext.Current.CancellationToken);
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
        Assert.Equal(Everybody, File.GetUnixFileMode(theirs));
        Directory.Delete(above, recursive: true);
    }

    [Fact]
    public void What_is_not_in_the_database_lies_in_the_data_folder_on_either_database()
    {
        Assert.Equal(Path.GetFullPath("/srv/rapport"), DatabaseAddress.Of(null, "/srv/rapport").Folder);
        Assert.Equal("/srv/rapport", DatabaseAddress.Of("Host=database.example;Database=rapport", "/srv/rapport").Folder);
    }

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
}
