namespace Rapport.Kernel.Database;

/// <summary>Folders for what is nobody's but ours.</summary>
public static class OwnFolder
{
    /// <summary>Makes it for its user alone, whatever their umask; one that is there already stays as it is. On Windows the folder above decides.</summary>
    public static string Make(string path) => (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
}
