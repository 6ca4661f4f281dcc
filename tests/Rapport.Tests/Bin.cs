using System.Diagnostics;

namespace Rapport.Tests;

/// <summary>The scripts in <c>bin/</c> that start real servers for tests.</summary>
internal static class Bin
{
    /// <summary>Runs one to its end, and fails with what it complained of.</summary>
    public static void Run(string script, params string[] args)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Rapport.slnx"))) root = root.Parent;
        using var run = Process.Start(new ProcessStartInfo(Path.Combine(root.FullName, "bin", script), args) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, said);
    }
}
