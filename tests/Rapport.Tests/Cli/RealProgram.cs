using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Rapport.Tests.Cli;

/// <summary>The real program, as a shell runs it, with a data folder and settings of its own.</summary>
internal sealed class RealProgram : IDisposable
{
    private readonly List<Process> started = [];
    private readonly string own = Directory.CreateTempSubdirectory("rapport-cli-").FullName;

    public RealProgram() => Folder = own;

    /// <summary>What <c>RAPPORT_DATA</c> says.</summary>
    public string Folder { get; set; }

    /// <summary>The SQLite file.</summary>
    public string File => Path.Combine(Folder, "rapport.db");

    /// <summary>Settings beside the folder.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Runs a verb to its end.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var program = Start(args);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await output, await error);
    }

    /// <summary>Runs a verb that must be refused in one sentence, and gives the sentence.</summary>
    public async Task<string> RefusedAsync(int code, params string[] args)
    {
        var refused = await RunAsync(args);
        Assert.True(refused.Code == code, $"Exit code {refused.Code}: {refused.Output}{refused.Error}");
        OneSentence(refused.Error);
        Assert.DoesNotContain("   at ", refused.Output);
        return refused.Error.Trim();
    }

    /// <summary>Serves on a free port and waits until it listens; whoever disposes this stops it.</summary>
    public Task<(HttpClient Browser, IReadOnlyList<string> Said)> ServeAsync() => ServeAsync("--urls", "http://127.0.0.1:0");

    /// <summary>Serves with these options; none but an empty one leaves the address to the environment.</summary>
    public async Task<(HttpClient Browser, IReadOnlyList<string> Said)> ServeAsync(params string[] args)
    {
        var program = Start(["serve", .. args.Where(arg => arg.Length > 0)]);
        started.Add(program);
        var said = new List<string>();
        while (await program.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            said.Add(line);
            if (Regex.Match(line, "^Rapport listens on (http://\\S+)") is not { Success: true } listens) continue;
            if (await program.StandardOutput.ReadLineAsync(Ct) is { } link) said.Add(link);
            _ = program.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = program.StandardError.ReadToEndAsync(CancellationToken.None);
            return (new HttpClient(new KeepsCookies()) { BaseAddress = new(listens.Groups[1].Value), Timeout = TimeSpan.FromMinutes(2) }, said);
        }
        throw new InvalidOperationException($"It did not serve: {string.Join('\n', said)} {await program.StandardError.ReadToEndAsync(Ct)}");
    }

    public Process Start(params string[] args) => Start(args, input: false);

    /// <summary>Starts a verb; with <paramref name="input"/> whoever called it gives it what it reads.</summary>
    public Process Start(string[] args, bool input)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rapport.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = input, UseShellExecute = false };
        foreach (var name in new[] { "RAPPORT_DATABASE", "ASPNETCORE_URLS" }) start.Environment.Remove(name);
        start.Environment["RAPPORT_DATA"] = Folder;
        // Who is killed would leave the pipes of a debugger behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static void OneSentence(string error)
    {
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("That is a fault of Rapport", error);
    }

    /// <summary>The path of the link that was printed when it began to serve.</summary>
    public static string LinkIn(IReadOnlyList<string> said) => new Uri(said[^1][said[^1].IndexOf("http", StringComparison.Ordinal)..]).AbsolutePath;

    /// <summary>Sends the page of the first run.</summary>
    public static Task<HttpResponseMessage> SetUpAsync(HttpClient browser, string link, string name) =>
        browser.SubmitAsync(link, "welcome", ("Input.Name", "Ada Harbour"), ("Input.Email", "ada@harbourline.example"), ("Input.Password", SignedInClients.Password),
            ("Us.Organization", name), ("Us.Domains", "harbourline.example"), ("Us.Zone", "Europe/Berlin"), ("Us.Hours", "Mo-Fr 9:00-17:00"), ("Us.Country", "DE"));

    /// <summary>Asks whether it is ready until the answer is this one.</summary>
    public static async Task UntilAsync(HttpClient browser, HttpStatusCode status, string word)
    {
        var last = "";
        for (var tries = 0; tries < 600; tries++)
        {
            var answer = await browser.GetAsync("/health/ready", Ct);
            last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}";
            if (answer.StatusCode == status && last.Contains(word, StringComparison.Ordinal)) return;
            await Task.Delay(200, Ct);
        }
        Assert.Fail($"It never became {(int)status} {word}: {last}");
    }

    public void Dispose()
    {
        foreach (var program in started)
        {
            if (!program.HasExited) program.Kill(entireProcessTree: true);
            program.WaitForExit();
            program.Dispose();
        }
        Directory.Delete(own, recursive: true);
    }
}
