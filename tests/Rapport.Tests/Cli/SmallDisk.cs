using System.Diagnostics;

namespace Rapport.Tests.Cli;

/// <summary>A disk of a few megabytes that can be filled and made read-only. Needs root on Linux; elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string filler;

    public SmallDisk(int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        Folder = Directory.CreateTempSubdirectory("rapport-disk-").FullName;
        filler = Path.Combine(Folder, "filler");
        var mounted = Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Folder);
        if (!mounted) Directory.Delete(Folder);
        Assert.SkipUnless(mounted, "This machine lets nobody mount a disk.");
    }

    public string Folder { get; }

    /// <summary>Leaves no byte.</summary>
    public void Fill()
    {
        try
        {
            using var file = File.OpenWrite(filler);
            var block = new byte[4096];
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as was wanted.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(filler);

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Folder), "The disk could not be made read-only.");

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] args)
    {
        using var run = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        run.WaitForExit();
        return run.ExitCode == 0;
    }
}
