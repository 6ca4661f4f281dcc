using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Rapport.Tests.Cli;

/// <summary>The real program, as a shell runs it, in a data folder of its own.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rapport-cli-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_verb_it_helps_and_with_a_wrong_one_it_says_so_in_a_line()
    {
        var help = await RunAsync();
        Assert.Equal(0, help.Code);
        Assert.Contains("serve", help.Output);
        var wrong = await RunAsync("nonsense");
        Assert.Equal((2, "'rapport' does not know 'nonsense'. 'rapport --help' says more."), (wrong.Code, wrong.Error.Trim()));
        Assert.Equal(2, (await RunAsync("member", "add", "ben@harbourline.example", "--role", "king")).Code);
    }

    [Fact]
    public async Task Members_and_the_journal_are_worked_from_the_shell()
    {
        var invited = await RunAsync("member", "add", "ben@harbourline.example", "--role", "manager");
        Assert.Equal(0, invited.Code);
        Assert.Matches("/join/[\\w-]{43}", invited.Output);
        Assert.Equal((0, ""), ((await RunAsync("member", "list")).Code, (await RunAsync("member", "list")).Output));
        var nobody = await RunAsync("member", "reset", "nobody@harbourline.example");
        Assert.Equal(1, nobody.Code);
        OneSentence(nobody.Error);
        Assert.Contains("The journal is whole: 1 lines", (await RunAsync("journal", "verify")).Output);
        Assert.Equal(0, (await RunAsync("migrate", "--unlock")).Code);
    }

    [Theory]
    [InlineData("RAPPORT_DATABASE", "nonsense", 2)]
    [InlineData("RAPPORT_DATABASE", "Host=127.0.0.1;Port=1;Username=x;Timeout=2", 1)]
    public async Task A_wrong_address_is_one_sentence(string name, string value, int code)
    {
        var failed = await RunAsync((name, value), "member", "list");
        Assert.Equal(code, failed.Code);
        OneSentence(failed.Error);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_one_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "rapport.db"), new string('x', 9000), Ct);
        var failed = await RunAsync("serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, failed.Code);
        OneSentence(failed.Error);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var failed = await RunAsync("serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, failed.Code);
        Assert.Contains("listens on", failed.Error);
        OneSentence(failed.Error);
    }

    [Fact]
    public async Task Serving_prints_the_address_and_on_the_first_run_the_link()
    {
        using var program = Start(default, "serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var lines = new List<string>();
            while (lines.Count < 2 && await program.StandardOutput.ReadLineAsync(Ct) is { } line)
                if (line.StartsWith("Rapport listens", StringComparison.Ordinal) || line.StartsWith("Open this link", StringComparison.Ordinal)) lines.Add(line);
            var link = Regex.Match(lines[^1], "http://127.0.0.1:\\d+/welcome/[\\w-]{43}").Value;
            using var browser = new HttpClient(new KeepsCookies());
            Assert.Contains("Your organisation", await browser.GetStringAsync(link, Ct));
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(Ct);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void OneSentence(string error)
    {
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", error);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(default, args);

    private async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value) setting, params string[] args)
    {
        using var program = Start(setting, args);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await output, await error);
    }

    private Process Start((string Name, string Value) setting, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rapport.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["RAPPORT_DATA"] = folder;
        start.Environment.Remove("RAPPORT_DATABASE");
        if (setting.Name is not null) start.Environment[setting.Name] = setting.Value;
        return Process.Start(start)!;
    }
}
